import { ChektConnectError } from '../errors.js';
import { Deadline, settledBefore } from '../http/wait.js';
import { describeAuthorization, type Authorization } from './authorization.js';
import { askSource, type TokenRequest } from './token-source.js';
import type { Config } from '../config.js';

/** Milliseconds before its expiry in which a token is replaced rather than used. */
const EXPIRY_MARGIN = 15_000;
/** RFC 6750 §2.1; checked before any header is made, because browsers quote a refused header in their error. */
const B64TOKEN = /^[\w.~+/-]+=*$/;
const LONGEST_TOKEN = 8 * 1024;

/** The one holder of the dealer's access token. */
export class DealerAuthorization {
  #token?: string;
  #shown: Authorization | null = null;

  /** What may be shown; null when the dealer has not authorized, or was not asked yet. */
  get shown(): Authorization | null {
    return this.#shown;
  }

  /** What no answer may bring back. */
  get secret(): string | undefined {
    return this.#token;
  }

  /** By the wall clock, which may jump. */
  get isExpiring(): boolean {
    return Date.now() > (this.#shown?.expiresAt ?? Infinity) - EXPIRY_MARGIN;
  }

  /** The header of RFC 6750 §2.1; none in service mode. */
  get header(): Record<string, string> {
    return this.#token ? { Authorization: `Bearer ${this.#token}` } : {};
  }

  forget(): void {
    this.#token = undefined;
    this.#shown = null;
  }

  /**
   * Asks the host. What was held before is kept when the host fails, and dropped when it says that there is none.
   * @throws {ChektConnectError} also when the host never answers
   */
  async ask(
    config: Config,
    reason: TokenRequest['reason'],
    signal?: AbortSignal,
  ): Promise<Authorization | null> {
    const deadline = new Deadline(config.timeout, signal);
    try {
      const { source, fetch, timeout } = config;
      const response =
        source &&
        (await settledBefore(deadline.signal, () =>
          askSource(source, { reason, signal: deadline.signal }, fetch, timeout),
        ));
      if (!response) {
        this.forget();
        return null;
      }
      const token = response.access_token;
      if (!config.serviceMode && !isBearer(response.token_type, token)) {
        throw new ChektConnectError(
          'configuration',
          'The access token is missing or is not a bearer token (RFC 6750: b64token, here of at most 8 kB).',
        );
      }
      const shown = describeAuthorization(response);
      this.#token = config.serviceMode ? undefined : token;
      return (this.#shown = shown);
    } catch (error) {
      if (error instanceof ChektConnectError) throw error;
      throw new ChektConnectError('timeout', 'The source of authorization did not answer in time.');
    } finally {
      deadline.clear();
    }
  }
}

function isBearer(type: string | undefined, token: string | undefined): token is string {
  return (
    !!token &&
    token.length <= LONGEST_TOKEN &&
    B64TOKEN.test(token) &&
    (!type || type.toLowerCase() === 'bearer')
  );
}
