import type { Config } from '../config.js';
import { ChektConnectError } from '../errors.js';
import type { Deadline } from '../http/wait.js';
import { readAuthorization, type Authorization } from './authorization.js';
import { isSamePerson, type Identity } from './identity.js';
import type { Secrets } from '../secrets.js';
import { askSource, type TokenRequest } from './token-source.js';

/** Milliseconds before its expiry in which a token is replaced rather than used. */
const EXPIRY_MARGIN = 15_000;
/** RFC 6750 §2.1; checked before any header is made, because browsers quote a refused header. */
const BEARER = /^[\w.~+/-]+=*$/;
const LONGEST_TOKEN = 8192;

/** What a source said: what may be shown, and whether it is of the person who was shown before. */
export interface SignIn {
  readonly authorization: Authorization;
  readonly isSame: boolean;
}

/** The one holder of the dealer's access token. */
export class DealerAuthorization {
  /** Who has authorized, as far as that is known. It outlives the authorization: the next one may be of the same person. */
  identity: Identity = {};
  /** Counts the people: another number, another person (or nobody in between). */
  person = 0;
  /** What the source said last; null: nobody. */
  shown: Authorization | null = null;
  /** The last change of person was one only because nothing could be compared. */
  isVague = false;
  readonly #secrets: Secrets;
  #hasAnswered = false;
  #token?: string;
  /** The last token that got a 401; if the host returns it again, the dealer counts as signed out. */
  #rejected?: string;
  #expiresAt = Infinity;
  /** How often what is held went out of date, and how often it had when the host was asked for it. */
  #changes = 0;
  #answered = 0;

  constructor(secrets: Secrets) {
    this.#secrets = secrets;
  }

  /** The source has to be asked before anything is sent. */
  get isOutdated(): boolean {
    return this.#answered < this.#changes;
  }

  /** By the wall clock, which may jump. */
  get isExpiring(): boolean {
    return Date.now() > this.#expiresAt - EXPIRY_MARGIN;
  }

  /** What a request carries: in service mode which sign-in was displayed, else the bearer (RFC 6750 §2.1). */
  headers({ serviceMode }: Config): Record<string, string> {
    const { signInId } = this.identity;
    if (serviceMode) return signInId ? { 'Chekt-Sign-In': signInId } : {};
    return this.#token ? { Authorization: `Bearer ${this.#token}` } : {};
  }

  outdate(): void {
    this.#changes++;
  }

  forget(): void {
    this.#token = this.#rejected = undefined;
  }

  /** It was asked for something else. What CHeKT has refused stays refused. */
  drop(): void {
    this.#token = undefined;
  }

  /** CHeKT does not accept it, also when asked twice. */
  reject(): void {
    this.#rejected = this.#token;
    this.#token = undefined;
  }

  /**
   * Asks the host. What was held before is kept when the host fails, and dropped when it says that there is none.
   * @param deadline ends when nobody waits for the answer any more, or after the longest time that anybody does
   * @returns null when the dealer has not authorized
   * @throws {ChektConnectError} also when the host has not answered until then
   */
  async ask(config: Config, reason: TokenRequest['reason'], deadline: Deadline): Promise<SignIn | null> {
    const { source, fetch, timeout: limit, serviceMode, externalDealerId } = config;
    const changes = this.#changes;
    try {
      const response =
        source &&
        (await deadline.settle(() =>
          askSource({ source, reason, externalDealerId, fetch, limit, deadline }),
        ));
      const { access_token: token = '', token_type: type = 'Bearer' } = response ?? {};
      this.#secrets.hold(token, response?.id_token, response?.refresh_token);
      if (!response || (token && token === this.#rejected)) {
        this.#token = undefined;
        this.shown = null;
        this.person++;
        this.#answered = changes;
        return null;
      }
      if (!serviceMode && !(token.length <= LONGEST_TOKEN && BEARER.test(token) && /^bearer$/i.test(type))) {
        throw new ChektConnectError(
          'configuration',
          'The access token is no b64token (RFC 6750) of at most 8 kB.',
        );
      }
      const read = readAuthorization(response, this.#secrets);
      this.#token = serviceMode ? undefined : token;
      this.#expiresAt = read.shown.expiresAt ?? Infinity;
      this.#answered = changes;
      return this.#show(read.shown, read.identity);
    } catch (error) {
      throw error instanceof ChektConnectError
        ? error
        : new ChektConnectError('timeout', 'Nobody said in time who has authorized.');
    }
  }

  #show(newer: Authorization, identity: Identity): SignIn {
    const displayed = this.identity;
    const isSame = !this.#hasAnswered || isSamePerson(displayed, identity);
    this.#hasAnswered = true;
    if (!isSame) {
      this.person++;
      this.isVague = isVague(displayed, identity);
      this.identity = identity;
    } else this.identity = { ...displayed, ...known(identity) };
    // what the newer answer of the same person omits keeps its displayed value
    const { name, email, companyName, dealerId } = (isSame && this.shown) || {};
    this.shown = Object.freeze({ name, email, companyName, dealerId, ...known(newer) });
    return { authorization: this.shown, isSame };
  }
}

function known<T extends object>(fields: T): Partial<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<T>;
}

/** They count as two people only because nothing of them can be compared: an equal name would have made them one. */
function isVague(displayed: Identity, newer: Identity): boolean {
  const isNamed = displayed.name !== undefined && newer.name !== undefined;
  return !isNamed && isSamePerson({ ...displayed, name: '' }, { ...newer, name: '' });
}
