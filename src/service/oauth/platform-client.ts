import * as openid from 'openid-client';
import type { OAuthClient } from './oauth-client.js';

export interface PlatformToken {
  readonly accessToken: string;
  /** What the issuer granted; where it does not say, what was asked for (RFC 6749 §5.1). */
  readonly scope: readonly string[];
  readonly expiresAt: number;
}

interface Cached {
  readonly token: Promise<PlatformToken>;
  readonly usableUntil: () => number;
}

/** Milliseconds before its end at which a token is no longer used. */
const SAFETY = 30_000;
const MOST_CACHED = 1_000;

/** The platform itself, by client credentials. Keeps its tokens until shortly before they expire: one request an hour, not one a call. */
export class PlatformClient {
  readonly #client: OAuthClient;
  readonly #clock: () => number;
  readonly #cache = new Map<string, Cached>();

  constructor(client: OAuthClient, clock: () => number) {
    this.#client = client;
    this.#clock = clock;
  }

  /** @param dealerId for an issuer that wants to know for which dealer. @throws {OAuthFailure} */
  token(dealerId: number | undefined): Promise<PlatformToken> {
    const extra = this.#client.extraParameters(dealerId);
    const key = keyOf(extra);
    const cached = this.#cache.get(key);
    if (cached && this.#clock() < cached.usableUntil()) return cached.token;

    const token = this.#request(extra);
    let expiresAt = Infinity; // until the answer says when: whoever asks meanwhile waits for the same one
    const entry: Cached = { token, usableUntil: () => expiresAt - SAFETY };
    this.#cache.delete(key);
    this.#cache.set(key, entry);
    const [oldest] = this.#cache.keys();
    if (this.#cache.size > MOST_CACHED && oldest !== undefined) this.#cache.delete(oldest);
    token.then(
      (granted) => (expiresAt = granted.expiresAt),
      () => this.#cache.get(key) === entry && this.#cache.delete(key),
    );
    return token;
  }

  /** CHeKT did not take it: revoked, or the clocks differ. The next call asks for a new one. */
  async forget(dealerId: number | undefined, refused: PlatformToken): Promise<void> {
    const key = keyOf(this.#client.extraParameters(dealerId));
    const cached = this.#cache.get(key);
    if (cached && (await cached.token.catch(() => undefined)) === refused) this.#cache.delete(key);
  }

  #request(extra: Readonly<Record<string, string>>): Promise<PlatformToken> {
    const asked = this.#client.options.scope;
    const parameters = { ...(asked === undefined ? {} : { scope: asked }), ...this.#client.audience, ...extra };
    return this.#client.ask("The platform's own sign-in (client credentials)", async (configuration) => {
      const answer = await openid.clientCredentialsGrant(configuration, parameters);
      return {
        accessToken: answer.access_token,
        scope: (answer.scope ?? asked ?? '').split(' ').filter(Boolean),
        expiresAt: this.#clock() + (answer.expiresIn() ?? 3600) * 1000,
      };
    });
  }
}

function keyOf(parameters: Readonly<Record<string, string>>): string {
  return JSON.stringify(Object.entries(parameters).sort(([a], [b]) => (a < b ? -1 : 1)));
}
