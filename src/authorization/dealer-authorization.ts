import type { Config } from '../config.js';
import { ChektConnectError } from '../errors.js';
import type { Deadline } from '../http/wait.js';
import { readAuthorization, type Authorization } from './authorization.js';
import { askSource, type TokenRequest } from './token-source.js';

/** Milliseconds before its expiry in which a token is replaced rather than used. */
const EXPIRY_MARGIN = 15_000;
/** RFC 6750 §2.1; checked before any header is made, because browsers quote a refused header. */
const BEARER = /^[\w.~+/-]+=*$/;
const LONGEST_TOKEN = 8192;

/** The one holder of the dealer's access token. */
export class DealerAuthorization {
  /** Every token it was ever given: what no answer may bring back. */
  readonly secrets = new Set<string>();
  /** What is known of who has authorized. */
  person: readonly unknown[] = [];
  #token?: string;
  /** What CHeKT refused: the same again is no authorization. */
  #rejected?: string;
  #expiresAt = Infinity;
  /** How often what is held went out of date, and how often it had when the host was asked for it. */
  #changes = 0;
  #answered = 0;

  /** The source, or who is signed in there, is another one now: what is held may be of somebody else. */
  get isOutdated(): boolean {
    return this.#answered < this.#changes;
  }

  /** By the wall clock, which may jump. */
  get isExpiring(): boolean {
    return Date.now() > this.#expiresAt - EXPIRY_MARGIN;
  }

  /** The header of RFC 6750 §2.1; none for what was given in service mode. */
  get header(): Record<string, string> {
    return this.#token ? { Authorization: `Bearer ${this.#token}` } : {};
  }

  outdate(): void {
    this.#changes++;
  }

  forget(): void {
    this.#token = this.#rejected = undefined;
  }

  /** CHeKT does not accept it, also when asked twice. */
  reject(): void {
    this.#rejected = this.#token;
    this.#token = undefined;
  }

  /**
   * Asks the host. What was held before is kept when the host fails, and dropped when it says that there is none.
   * @param deadline ends when nobody waits for the answer any more, or after the longest time that anybody does
   * @returns what may be shown; null when the dealer has not authorized
   * @throws {ChektConnectError} also when the host has not answered until then
   */
  async ask(
    config: Config,
    reason: TokenRequest['reason'],
    deadline: Deadline,
  ): Promise<Authorization | null> {
    const { source, fetch, timeout, serviceMode } = config;
    const changes = this.#changes;
    try {
      const response =
        source && (await deadline.settle(() => askSource(source, reason, deadline, fetch, timeout)));
      const { access_token: token = '', token_type: type = 'Bearer' } = response ?? {};
      if (!response || (token && token === this.#rejected)) {
        this.#token = undefined;
        this.#answered = changes;
        return null;
      }
      if (!serviceMode && !(token.length <= LONGEST_TOKEN && BEARER.test(token) && /^bearer$/i.test(type))) {
        throw new ChektConnectError(
          'configuration',
          'The access token is no b64token (RFC 6750) of at most 8 kB.',
        );
      }
      this.secrets.add(token);
      const { shown, person } = readAuthorization(response, this.secrets);
      this.#token = serviceMode ? undefined : token;
      this.#expiresAt = shown.expiresAt ?? Infinity;
      this.#answered = changes;
      this.person = person;
      return shown;
    } catch (error) {
      throw error instanceof ChektConnectError
        ? error
        : new ChektConnectError('timeout', 'Nobody said in time who has authorized.');
    }
  }
}
