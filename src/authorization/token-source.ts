import { ChektConnectError, codeOfStatus } from '../errors.js';
import { exchange, type Answer } from '../http/exchange.js';
import type { Deadline } from '../http/wait.js';
import { parseError, parseTokenResponse } from '../partner-api/schemas.js';
import type { TokenResponse } from '../token-response.js';

/** Why the authorization is asked for: `rejected` means that CHeKT answered 401 to the one given before. */
export interface TokenRequest {
  readonly reason: 'initial' | 'expired' | 'rejected';
  /** The platform's id of the dealer that the answer has to be for. */
  readonly externalDealerId: string;
  /** Aborts when nobody waits for the answer any more; may also abort later, with the operation that needed it. */
  readonly signal: AbortSignal;
}

/** The host's function that hands over the dealer's authorization; `null`: the dealer has not authorized. */
export type GetAccessToken = (request: TokenRequest) => Promise<string | TokenResponse | null>;

/** One question to whichever source the host gave. */
export interface Question {
  readonly source: GetAccessToken | URL;
  readonly reason: TokenRequest['reason'];
  readonly externalDealerId: string;
  readonly fetch: typeof globalThis.fetch;
  /** Milliseconds. */
  readonly limit: number;
  readonly deadline: Deadline;
}

/** OAuth 2.0 and OpenID Connect errors that mean: nobody is signed in to CHeKT here. */
const NOBODY = [
  'login_required',
  'consent_required',
  'interaction_required',
  'account_selection_required',
  'invalid_grant',
  'missing_refresh_token',
];

/**
 * What an error code of the source says, in either error shape.
 * @returns true when it says that nobody is signed in
 * @throws {ChektConnectError} when it says why there is no authorization
 */
function isNobody(apiCode: string | undefined, status?: number): boolean {
  if (apiCode === 'access_denied' || apiCode === 'other_account')
    throw new ChektConnectError('forbidden', `The source says ${apiCode}.`, { status, apiCode });
  return NOBODY.includes(apiCode!);
}

/** Asks the host's function. Its own error is never passed on: it may quote the token. */
async function askFunction(
  getAccessToken: GetAccessToken,
  { reason, externalDealerId, deadline }: Question,
): Promise<TokenResponse | null> {
  let response: TokenResponse | undefined;
  try {
    const given = await getAccessToken({
      reason,
      externalDealerId,
      get signal() {
        return deadline.signal;
      },
    });
    if (given === null) return null;
    response = parseTokenResponse(typeof given === 'string' ? { access_token: given } : given);
  } catch (error) {
    if (isNobody(codeOf(error))) return null;
    throw new ChektConnectError('network', 'getAccessToken failed.');
  }
  if (response) return response;
  throw new ChektConnectError(
    'configuration',
    'getAccessToken must give a string, a token response or null.',
  );
}

function codeOf(error: unknown): string | undefined {
  try {
    return parseError(error).apiCode;
  } catch {
    return undefined; // a host's error may throw when it is read
  }
}

/**
 * Why an endpoint of the platform gave nothing that can be used.
 * @throws {ChektConnectError}
 */
export function refuseAnswer(name: string, { status, body }: Answer): never {
  const fail = (code: ChektConnectError['code'], apiCode?: string): never => {
    throw new ChektConnectError(code, `${name} answered ${status || 'a redirect'}.`, { status, apiCode });
  };
  // of the platform's own session, whatever the body
  if (status === 401) fail('unauthorized', 'login_required');
  if (parseError(body).apiCode === 'other_account') fail('forbidden', 'other_account');
  if (status === 404) fail('configuration');
  return fail(status < 400 ? 'invalid-response' : codeOfStatus(status));
}

/** Asks an endpoint of the platform. @throws {ChektConnectError} when there is no answer */
export async function askEndpoint(
  name: string,
  address: URL,
  { fetch, deadline, limit }: Pick<Question, 'fetch' | 'deadline' | 'limit'>,
): Promise<Answer> {
  const init = { headers: { Accept: 'application/json' } };
  const answer = await exchange(fetch, address.href, init, deadline, limit);
  if (typeof answer === 'string') throw new ChektConnectError(answer, `${name} gave no answer (${answer}).`);
  return answer;
}

async function askUrl(url: URL, question: Question): Promise<TokenResponse | null> {
  const address = new URL(url);
  address.searchParams.set('reason', question.reason);
  address.searchParams.set('external_dealer_id', question.externalDealerId);
  const answer = await askEndpoint('token-url', address, question);
  const { status, body } = answer;
  if (status === 401) refuseAnswer('token-url', answer);
  const { apiCode } = parseError(body);
  if (status === 204 || isNobody(apiCode, status)) return null;
  const response = status === 200 && !apiCode ? parseTokenResponse(body) : undefined;
  return response ?? refuseAnswer('token-url', answer);
}

/**
 * Asks the source.
 * @returns `null` when the dealer has not authorized
 * @throws {ChektConnectError}
 */
export async function askSource(question: Question): Promise<TokenResponse | null> {
  const { source, externalDealerId } = question;
  const response = await (source instanceof URL ? askUrl(source, question) : askFunction(source, question));
  const account = response?.external_dealer_id;
  if (account !== undefined && account !== externalDealerId) isNobody('other_account');
  return response;
}
