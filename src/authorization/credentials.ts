import { ChektConnectError } from '../partner-api/errors.js';
import { remaining, type Moment } from '../partner-api/moment.js';
import type { TokenResponse } from '../partner-api/token-response.js';
import { checkAccessToken } from './access-token.js';
import { isSamePerson, type Identity } from './identity.js';
import type { Redaction } from './redaction.js';

/** Milliseconds before its expiry in which a token is replaced rather than used. */
const EXPIRY_MARGIN = 15_000;

/** What a token was asked for. */
export interface HeldFor {
  readonly expiry?: Moment;
  readonly identity: Identity;
  /** Where the token may go; undefined in service mode, which needs none. */
  readonly apiBaseUrl?: string;
  /** The `generation` at which the source was asked. */
  readonly generation: number;
}

/** The one holder of the dealer's access token. */
export class Credentials {
  readonly #redaction: Redaction;
  #token?: string;
  /** The last token that got a 401; if the source returns it again, the dealer counts as signed out. */
  #rejected?: string;
  /** The `api-base-url` that was set when the token was asked for; it goes nowhere else. */
  #apiBaseUrl?: string;
  #expiry?: Moment;
  /** Whose authorization is held. */
  #identity?: Identity;
  /** The source has to be asked before anything is sent. */
  mustAsk = true;
  /** Incremented to discard the held token and every answer of the source that is still pending. */
  generation = 0;

  constructor(redaction: Redaction) {
    this.#redaction = redaction;
  }

  get isExpiring(): boolean {
    return remaining(this.#expiry) < EXPIRY_MARGIN;
  }

  /** Discards the held token: the source, or the `api-base-url` it was requested for, has changed. */
  invalidate(): void {
    this.#token = undefined;
    this.#identity = undefined;
    this.mustAsk = true;
    this.generation++;
  }

  /** What is held is forgotten, also what CHeKT refused. */
  forget(): void {
    this.#rejected = undefined;
    this.invalidate();
  }

  /** CHeKT does not accept the token, also after the source was asked again. */
  reject(): void {
    this.#rejected = this.#token ?? this.#rejected;
    this.invalidate();
  }

  /** The source says that nobody is signed in. */
  drop(): void {
    this.#token = undefined;
    this.#identity = undefined;
    this.mustAsk = true;
  }

  /** Whether what is held is the authorization of this person: nothing is sent with anybody else's. */
  isOf(displayed: Identity): boolean {
    return this.#identity !== undefined && isSamePerson(displayed, this.#identity);
  }

  /** Whether CHeKT has refused this very token already. */
  isRejected(response: TokenResponse): boolean {
    return response.access_token !== undefined && response.access_token === this.#rejected;
  }

  /**
   * Keeps what the source returned, unless the source was replaced meanwhile.
   * @throws {ChektConnectError} `configuration` when a token is needed and this is none
   */
  hold(response: TokenResponse, { expiry, identity, apiBaseUrl, generation }: HeldFor): void {
    const { access_token: token = '', token_type: type = 'Bearer', id_token, refresh_token } = response;
    for (const secret of [token, id_token, refresh_token]) this.#redaction.add(secret);
    if (apiBaseUrl !== undefined) checkAccessToken(token, type);
    if (generation !== this.generation) return;
    this.#token = apiBaseUrl === undefined ? undefined : token;
    this.#apiBaseUrl = apiBaseUrl;
    this.#expiry = expiry;
    this.#identity = identity;
    this.mustAsk = false;
  }

  /** The header of RFC 6750 §2.1, for the one API that the token was asked for. @throws {ChektConnectError} for another */
  bearer(apiBaseUrl: string): { readonly Authorization: string } {
    if (this.#token === undefined || this.#apiBaseUrl !== apiBaseUrl) {
      throw new ChektConnectError('unauthorized', 'No access token for this api-base-url.');
    }
    return { Authorization: `Bearer ${this.#token}` };
  }
}
