import * as openid from 'openid-client';
import { digest } from '../digest.js';
import type { Sealing } from '../sealing.js';
import type { Store } from '../store/store.js';
import type { OAuthClient } from './oauth-client.js';

export interface PlatformToken {
  readonly accessToken: string;
  /** The granted scope; if the issuer does not state it, the requested one (RFC 6749 §5.1). */
  readonly scope: readonly string[];
  readonly expiresAt: number;
}

interface Cached {
  readonly token: Promise<PlatformToken>;
  readonly usableUntil: () => number;
}

/** Milliseconds before its expiry at which a token is no longer used. */
const SAFETY = 30_000;
const MOST_CACHED = 1_000;

interface Dependencies {
  readonly store: Store;
  readonly sealing: Sealing;
  readonly clock: () => number;
}

/**
 * The platform's own tokens, by client credentials. They are cached until shortly before they expire, in this
 * process and (sealed) in the store for all others. That makes one request an hour instead of one per call.
 */
export class PlatformClient {
  readonly #client: OAuthClient;
  readonly #deps: Dependencies;
  readonly #cache = new Map<string, Cached>();

  constructor(client: OAuthClient, deps: Dependencies) {
    this.#client = client;
    this.#deps = deps;
  }

  /** @param dealerId for an issuer whose tokens name the dealer. @throws {OAuthFailure} */
  token(dealerId: number | undefined): Promise<PlatformToken> {
    const extra = this.#client.extraParameters(dealerId);
    const key = keyOf(extra);
    const cached = this.#cache.get(key);
    if (cached && this.#deps.clock() < cached.usableUntil()) return cached.token;

    const token = this.#shared(extra);
    let expiresAt = Infinity; // until the answer arrives, concurrent callers share this request
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

  /**
   * Drops a token that CHeKT refused (revoked, or the clocks differ), so that the next call requests a new
   * one.
   */
  async forget(dealerId: number | undefined, refused: PlatformToken): Promise<void> {
    const extra = this.#client.extraParameters(dealerId);
    const key = keyOf(extra);
    const cached = this.#cache.get(key);
    if (cached && (await cached.token.catch(() => undefined)) === refused) this.#cache.delete(key);
    const { store, clock } = this.#deps;
    const name = await this.#nameOf(extra);
    const kept = await store.findPlatformToken({ name, now: clock() });
    const isRefused = kept && (await this.#open(kept.name, kept.sealed))?.accessToken === refused.accessToken;
    if (isRefused) await store.dropPlatformToken({ name, sealed: kept.sealed });
  }

  /** Requests a new token, bypassing the cache. @throws {OAuthFailure} */
  request(dealerId?: number): Promise<PlatformToken> {
    return this.#request(this.#client.extraParameters(dealerId));
  }

  /** Uses a token that another process has requested, if there is one. */
  async #shared(extra: Readonly<Record<string, string>>): Promise<PlatformToken> {
    const { store, sealing, clock } = this.#deps;
    const name = await this.#nameOf(extra);
    const kept = await store.findPlatformToken({ name, now: clock() + SAFETY });
    const token = kept && (await this.#open(name, kept.sealed));
    if (token) return token;
    const granted = await this.#request(extra);
    const sealed = await sealing.seal(granted, recordOf(name));
    await store.writePlatformToken({ name, sealed, expiresAt: granted.expiresAt });
    return granted;
  }

  async #open(name: string, sealed: string): Promise<PlatformToken | undefined> {
    return (await this.#deps.sealing.open(sealed, recordOf(name))) as PlatformToken | undefined;
  }

  #nameOf(extra: Readonly<Record<string, string>>): Promise<string> {
    const { issuer, clientId, audience, scope } = this.#client.options;
    return digest('platform-token', issuer, clientId, audience, scope, keyOf(extra));
  }

  #request(extra: Readonly<Record<string, string>>): Promise<PlatformToken> {
    const asked = this.#client.options.scope;
    const parameters = {
      ...(asked === undefined ? {} : { scope: asked }),
      ...this.#client.audience,
      ...extra,
    };
    return this.#client.ask("The platform's own sign-in (client credentials)", async (configuration) => {
      const answer = await openid.clientCredentialsGrant(configuration, parameters);
      return {
        accessToken: answer.access_token,
        scope: (answer.scope ?? asked ?? '').split(' ').filter(Boolean),
        expiresAt: this.#deps.clock() + (answer.expiresIn() ?? 3600) * 1000,
      };
    });
  }
}

function recordOf(name: string): string {
  return `platform-token:${name}`;
}

function keyOf(parameters: Readonly<Record<string, string>>): string {
  return JSON.stringify(Object.entries(parameters).sort(([a], [b]) => (a < b ? -1 : 1)));
}
