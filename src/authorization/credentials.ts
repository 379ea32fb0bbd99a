import { ChektConnectError } from '../partner-api/errors.js';
import { remaining, type Moment } from '../partner-api/moment.js';
import type { TokenResponse } from './token-response.js';
import { checkAccessToken } from './access-token.js';
import { isSamePerson, type Identity } from './identity.js';
import type { Redaction } from './redaction.js';

/** Milliseconds: a token that expires sooner than this is replaced before it is used. */
const EXPIRY_MARGIN = 15_000;

/** What is kept with a token. */
export interface HeldFor {
  readonly expiry?: Moment;
  readonly identity: Identity;
  /** The only API that the token may be sent to; undefined in service mode, which needs no token. */
  readonly apiBaseUrl?: string;
  /** The `generation` at which the source was asked. */
  readonly generation: number;
}

/** The one holder of the dealer's access token. */
export class Credentials {
  readonly #redaction: Redaction;
  #token?: string;
  /** The last token that got a 401. If the source returns it again, the dealer counts as signed out. */
  #rejected?: string;
  /** The `api-base-url` that was set when the token was asked for. The token is sent nowhere else. */
  #apiBaseUrl?: string;
  #expiry?: Moment;
  /** The person whose authorization is held. */
  #identity?: Identity;
  #isStale = true;
  /** Incremented to discard the held token and every pending answer of the source. */
  generation = 0;

  constructor(redaction: Redaction) {
    this.#redaction = redaction;
  }

  /** Whether the source has to be asked before anything is sent. */
  get isStale(): boolean {
    return this.#isStale;
  }

  /** What is held may be out of date: the source is asked before anything is sent. */
  markStale(): void {
    this.#isStale = true;
  }

  get isExpiring(): boolean {
    return remaining(this.#expiry) < EXPIRY_MARGIN;
  }

  /** Discards the held token: the source, or the `api-base-url` it was requested for, has changed. */
  invalidate(): void {
    this.drop();
    this.generation++;
  }

  /** Discards everything, including which token CHeKT refused. */
  forget(): void {
    this.#rejected = undefined;
    this.invalidate();
  }

  /** CHeKT refused the token, and the one that the source returned after that. */
  reject(): void {
    this.#rejected = this.#token ?? this.#rejected;
    this.invalidate();
  }

  /** The source says that nobody is signed in. Unlike `invalidate`, keeps the answers that are still pending. */
  drop(): void {
    this.#token = undefined;
    this.#identity = undefined;
    this.#isStale = true;
  }

  /** Whether the held authorization is this person's. Nothing is sent with anybody else's. */
  isOf(displayed: Identity): boolean {
    return this.#identity !== undefined && !!isSamePerson(displayed, this.#identity);
  }

  /** Whether CHeKT has already refused this token. */
  isRejected(response: TokenResponse): boolean {
    return response.access_token !== undefined && response.access_token === this.#rejected;
  }

  /**
   * Keeps what the source returned, unless the source has been replaced since it was asked.
   * @throws {ChektConnectError} `configuration` if a token is needed and this is not a valid one
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
    this.#isStale = false;
  }

  /** The header of RFC 6750 §2.1. @throws {ChektConnectError} unless the token was asked for this `api-base-url` */
  bearer(apiBaseUrl: string): { readonly Authorization: string } {
    if (this.#token === undefined || this.#apiBaseUrl !== apiBaseUrl) {
      throw new ChektConnectError('unauthorized', 'No access token for this api-base-url.');
    }
    return { Authorization: `Bearer ${this.#token}` };
  }
}
