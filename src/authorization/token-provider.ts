import { parseTokenResponse, type TokenResponse } from './token-response.js';
import { isTimeout, withTimeout } from '../partner-api/timeout.js';
import { SIGN_IN_REQUIRED_ERRORS, parseWireError } from '../partner-api/wire-error.js';
import { askService, failed, refused, type Failed } from './platform-service.js';

/** What `getAccessToken` is called with. */
export interface TokenRequest {
  /** `rejected`: CHeKT answered 401 to the token given before. */
  readonly reason: 'initial' | 'expired' | 'rejected';
  /** The platform's id of the account to connect. */
  readonly externalDealerId: string;
  /** Aborted when the answer is no longer needed. */
  readonly signal: AbortSignal;
}

/** The host's function that returns the dealer's authorization; `null`: the dealer has not authorized. */
export type GetAccessToken = (request: TokenRequest) => Promise<string | TokenResponse | null>;

/** The host's function, or the endpoint of the platform's service. */
export type TokenSource = GetAccessToken | URL;

/** Compares by `typeof`, because `instanceof` can throw: the host's function may be a proxy. */
export function isSameSource(one?: TokenSource, other?: TokenSource): boolean {
  return one === other || (typeof one === 'object' && typeof other === 'object' && one.href === other.href);
}

/** The answer of a source. */
export type SourceAnswer =
  | { readonly type: 'authorized'; readonly response: TokenResponse }
  | { readonly type: 'unauthorized' }
  | Failed;

/** The OAuth and OpenID Connect errors that mean "nobody is signed in". */
const SIGNED_OUT = [...SIGN_IN_REQUIRED_ERRORS, 'invalid_grant', 'missing_refresh_token'];

export interface SourceRequest {
  readonly source: TokenSource;
  readonly reason: TokenRequest['reason'];
  readonly externalDealerId: string;
  readonly fetch: typeof fetch;
  /** Milliseconds. */
  readonly timeout: number;
  readonly signal: AbortSignal;
}

/** Asks the source for the authorization. @throws the reason of the signal once it is aborted */
export async function askSource(asked: SourceRequest): Promise<SourceAnswer> {
  const { source, externalDealerId } = asked;
  const answer =
    typeof source === 'function' ? await askFunction(source, asked) : await askEndpoint(source, asked);
  if (answer.type !== 'authorized') return answer;
  const { external_dealer_id: account = externalDealerId } = answer.response;
  return account === externalDealerId
    ? answer
    : failed('forbidden', 'The source answered other_account.', { apiCode: 'other_account' });
}

async function askFunction(
  getAccessToken: GetAccessToken,
  { reason, externalDealerId, timeout, signal: parent }: SourceRequest,
): Promise<SourceAnswer> {
  let asked: AbortSignal | undefined;
  try {
    const given: unknown = await withTimeout(timeout, parent, (signal) => {
      asked = signal;
      return getAccessToken({ reason, externalDealerId, signal });
    });
    if (given === null) return { type: 'unauthorized' };
    // some clients resolve with the OAuth error instead of rejecting
    const apiCode = Object(given).access_token === undefined ? errorCodeOf(given) : undefined;
    if (apiCode !== undefined) return explain(apiCode) ?? sourceFailed();
    const response = parseTokenResponse(typeof given === 'string' ? { access_token: given } : given);
    return response
      ? { type: 'authorized', response }
      : failed('configuration', 'getAccessToken must return a string, a token response or null.');
  } catch (error) {
    if (parent.aborted) throw parent.reason;
    if (isTimeout(asked?.reason)) return failed('timeout', 'getAccessToken timed out.');
    // never pass on the host's own error: it may quote the token
    return explain(errorCodeOf(error)) ?? sourceFailed();
  }
}

const sourceFailed = () => failed('network', 'getAccessToken failed. Return null if nobody has signed in.');

/** The `error` of RFC 6749 in an error of an OAuth client, or its `errorCode` (MSAL, Okta). Guarded, because the host's object may throw. */
function errorCodeOf(error: unknown): string | undefined {
  try {
    return parseWireError(error).apiCode ?? parseWireError({ error: Object(error).errorCode }).apiCode;
  } catch {
    return undefined;
  }
}

async function askEndpoint(endpoint: URL, asked: SourceRequest): Promise<SourceAnswer> {
  const url = new URL(endpoint);
  url.searchParams.set('reason', asked.reason);
  url.searchParams.set('external_dealer_id', asked.externalDealerId);
  const answer = await askService('token-url', url, asked, asked.signal);
  if ('error' in answer) return answer;
  const { status, body } = answer;
  if (status === 204) return { type: 'unauthorized' };
  const { apiCode } = parseWireError(body);
  const explained = status === 401 ? undefined : explain(apiCode, status);
  if (explained) return explained;
  const response = status === 200 && apiCode === undefined ? parseTokenResponse(body) : undefined;
  return response ? { type: 'authorized', response } : refused('token-url', status);
}

/** The meaning of the error codes that a `token-url` and a `getAccessToken` have in common. */
function explain(apiCode: string | undefined, status?: number): SourceAnswer | undefined {
  if (apiCode === undefined) return undefined;
  if (SIGNED_OUT.includes(apiCode)) return { type: 'unauthorized' };
  if (apiCode !== 'access_denied' && apiCode !== 'other_account') return undefined;
  return failed('forbidden', `The source answered ${apiCode}.`, { status, apiCode });
}
