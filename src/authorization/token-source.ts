import { ChektConnectError, codeOfStatus } from '../errors.js';
import { exchange } from '../http/exchange.js';
import type { Deadline } from '../http/wait.js';
import { parseError, parseTokenResponse } from '../partner-api/schemas.js';
import type { TokenResponse } from '../token-response.js';

/** Why the authorization is asked for: `rejected` means that CHeKT answered 401 to the one given before. */
export interface TokenRequest {
  readonly reason: 'initial' | 'expired' | 'rejected';
  /** Aborts when nobody waits for the answer any more; may also abort later, with the operation that needed it. */
  readonly signal: AbortSignal;
}

/** The host's function that hands over the dealer's authorization; `null`: the dealer has not authorized. */
export type GetAccessToken = (request: TokenRequest) => Promise<string | TokenResponse | null>;

/** Asks the host's function. Its own error is never passed on: it may quote the token. */
async function askFunction(
  getAccessToken: GetAccessToken,
  reason: TokenRequest['reason'],
  deadline: Deadline,
): Promise<TokenResponse | null> {
  let response: TokenResponse | undefined;
  try {
    const given = await getAccessToken({
      reason,
      get signal() {
        return deadline.signal;
      },
    });
    if (given === null) return null;
    response = parseTokenResponse(typeof given === 'string' ? { access_token: given } : given);
  } catch {
    throw new ChektConnectError('network', 'getAccessToken failed.');
  }
  if (response) return response;
  throw new ChektConnectError(
    'configuration',
    'getAccessToken must give a string, a token response or null.',
  );
}

/** Asks the platform's own endpoint. */
async function askUrl(
  url: URL,
  reason: TokenRequest['reason'],
  deadline: Deadline,
  fetch: typeof globalThis.fetch,
  limit: number,
): Promise<TokenResponse | null> {
  const address = new URL(url);
  address.searchParams.set('reason', reason);
  const answer = await exchange(
    fetch,
    address.href,
    { headers: { Accept: 'application/json' } },
    deadline,
    limit,
  );
  if (typeof answer === 'string')
    throw new ChektConnectError(answer, `token-url gave no answer (${answer}).`);
  const { status, body } = answer;
  const { apiCode } = parseError(body);
  const response = status === 200 && !apiCode ? parseTokenResponse(body) : undefined;
  if (response || status === 204) return response ?? null;
  const fail = (code: ChektConnectError['code'], detail?: string) => {
    throw new ChektConnectError(code, `token-url answered ${status || 'a redirect'}.`, {
      status,
      apiCode: detail,
    });
  };
  // of the platform's own session
  if (status === 401) fail('unauthorized', 'login_required');
  if (apiCode === 'access_denied') fail('forbidden', apiCode);
  if (status === 404) fail('configuration');
  return fail(status < 400 ? 'invalid-response' : codeOfStatus(status)) ?? null;
}

/**
 * Asks whichever source the host gave.
 * @param limit milliseconds
 * @returns `null` when the dealer has not authorized
 * @throws {ChektConnectError}
 */
export function askSource(
  source: GetAccessToken | URL,
  reason: TokenRequest['reason'],
  deadline: Deadline,
  fetch: typeof globalThis.fetch,
  limit: number,
): Promise<TokenResponse | null> {
  return source instanceof URL
    ? askUrl(source, reason, deadline, fetch, limit)
    : askFunction(source, reason, deadline);
}
