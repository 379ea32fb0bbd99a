import { UpstreamError } from './errors.js';
import type { OAuthClient } from './oauth-client.js';
import { errorCode, parseObject, type Answer, type PartnerApi } from './partner-api.js';

/**
 * Whose the dealer is, as CHeKT says: this account's, another account's of this platform, or nobody's. `unclear`: CHeKT lets us not
 * see it, and a missing scope or a wrong environment looks just the same.
 */
export type Standing =
  | { readonly of: 'account'; readonly dealer: Record<string, unknown> }
  | { readonly of: 'other-account' }
  | { readonly of: 'nobody' }
  | { readonly of: 'unclear' };

/** CHeKT's own words for: there is no such binding (any more). Any other refusal says nothing of the dealer. */
const GONE = ['dealer_not_connected', 'connection_not_found', 'binding_not_found'];

export function saysGone(answer: Answer): boolean {
  return answer.status === 404 && GONE.includes(errorCode(answer) ?? '');
}

/** Calls with the platform's own credentials. They reach a dealer only while that dealer is connected. */
export class PlatformCalls {
  readonly #api: PartnerApi;
  readonly #oauth: OAuthClient;
  #token: Promise<string> | undefined;
  #expiresAt = 0;

  constructor(api: PartnerApi, oauth: OAuthClient) {
    this.#api = api;
    this.#oauth = oauth;
  }

  async call(method: 'GET' | 'PUT', path: string, headers?: Record<string, string>): Promise<Answer> {
    const used = this.#ownToken();
    const first = await this.#api.call(method, path, { token: await used, headers });
    if (first.status !== 401) return first;
    if (this.#token === used) this.#token = undefined; // revoked, or the clocks differ: once more with a new one
    const second = await this.#api.call(method, path, { token: await this.#ownToken(), headers });
    // A 401 of our own must not reach the page: there it would mean that the dealer has to sign in again.
    if (second.status === 401) throw new UpstreamError("CHeKT refuses the platform's own credentials.");
    return second;
  }

  /**
   * The one question everything rests on. A page can claim any id; only CHeKT knows which dealer admin connected
   * which dealer to which account, so it is asked before anything is stored or disconnected.
   */
  async standing(dealerId: number, externalDealerId: string): Promise<Standing> {
    const answer = await this.call('GET', `/partner/v1/dealers/${dealerId}`);
    const code = errorCode(answer);
    if (saysGone(answer)) return { of: 'nobody' };
    const notFound = answer.status === 404 && code !== undefined;
    if (notFound || (answer.status === 403 && code === 'permission_denied')) return { of: 'unclear' };
    const dealer = answer.status === 200 ? parseObject(answer.body) : null;
    if (!dealer) throw new UpstreamError(`CHeKT answered ${answer.status} about dealer ${dealerId}.`);
    return dealer.external_dealer_id === externalDealerId
      ? { of: 'account', dealer }
      : { of: 'other-account' };
  }

  /** Kept until shortly before it expires: one request an hour, not one a call. */
  #ownToken(): Promise<string> {
    if (!this.#token || Date.now() > this.#expiresAt - 30_000) {
      this.#expiresAt = Infinity; // until the answer says when: whoever asks meanwhile waits for the same one
      this.#token = this.#oauth.clientCredentials().then(({ token, expiresAt }) => {
        this.#expiresAt = expiresAt;
        return token;
      });
      this.#token.catch(() => (this.#token = undefined));
    }
    return this.#token;
  }
}
