import { ChektConnectError, codeOfStatus } from '../errors.js';
import { exchange } from '../http/exchange.js';
import { parseError, parseTokenResponse } from '../partner-api/schemas.js';
import type { TokenResponse } from '../token-response.js';

/** Why the authorization is asked for: `rejected` means that CHeKT answered 401 to the one given before. */
export interface TokenRequest {
  readonly reason: 'initial' | 'expired' | 'rejected';
  /** Aborts when nobody waits for the answer any more. */
  readonly signal: AbortSignal;
}

/** The host's function that hands over the dealer's authorization; `null`: the dealer has not authorized. */
export type GetAccessToken = (request: TokenRequest) => Promise<string | TokenResponse | null>;

/** Asks the host's function. Its own error is never passed on: it may quote the token. */
async function fromFunction(
  getAccessToken: GetAccessToken,
  request: TokenRequest,
): Promise<TokenResponse | null> {
  let given: string | TokenResponse | null;
  try {
    given = await getAccessToken(request);
  } catch {
    throw new ChektConnectError(
      'network',
      'getAccessToken failed. Look at its own error; it is not repeated here.',
    );
  }
  if (given === null) return null;
  const response = parseTokenResponse(typeof given === 'string' ? { access_token: given } : given);
  if (response) return response;
  throw new ChektConnectError(
    'configuration',
    'getAccessToken must give a string, a token response or null.',
  );
}

/** Asks the platform's own endpoint. */
async function fromUrl(
  url: URL,
  { reason, signal }: TokenRequest,
  fetch: typeof globalThis.fetch,
  limit: number,
) {
  const address = new URL(url);
  address.searchParams.set('reason', reason);
  const { status, body } = await exchange({
    fetch,
    url: address.href,
    init: { headers: { Accept: 'application/json' } },
    signal,
    limit,
  }).catch((failure: 'timeout' | 'network') => {
    throw new ChektConnectError(failure, `token-url gave no answer (${failure}).`);
  });
  if (status === 204) return null;
  const response = status === 200 && parseTokenResponse(body);
  if (response) return response;
  if (status === 401) {
    throw new ChektConnectError('unauthorized', "The platform's own session has ended.", {
      status,
      apiCode: 'login_required',
    });
  }
  const { apiCode } = parseError(body);
  if (apiCode === 'access_denied') {
    throw new ChektConnectError('forbidden', 'The person did not allow access.', { status, apiCode });
  }
  if (status === 404) {
    throw new ChektConnectError(
      'configuration',
      'token-url answered 404. Point it to the endpoint of your service.',
      {
        status,
      },
    );
  }
  throw new ChektConnectError(
    status < 400 ? 'invalid-response' : codeOfStatus(status),
    `token-url answered ${status || 'a redirect'} and no token response.`,
    { status },
  );
}

/**
 * Asks whichever source the host gave.
 * @returns `null` when the dealer has not authorized
 * @throws {ChektConnectError}
 */
export function askSource(
  source: GetAccessToken | URL,
  request: TokenRequest,
  fetch: typeof globalThis.fetch,
  limit: number,
): Promise<TokenResponse | null> {
  return source instanceof URL ? fromUrl(source, request, fetch, limit) : fromFunction(source, request);
}
