import type { Logger } from '../log.js';
import type { PlatformToken } from '../oauth/platform-client.js';
import type { NotConnected } from '../options.js';
import { isSameEnvironment } from '../store/environment.js';
import type { Environment, Store } from '../store/store.js';
import { UpstreamError, type Answer } from './partner-api.js';
import { isTransient } from './transient.js';
import type { PlatformCalls } from './platform-calls.js';
import { isJsonObject, parseDealer, parseError, type Dealer } from './wire.js';

/** Which account a dealer is connected to, according to CHeKT. */
export type Standing =
  | { readonly is: 'account'; readonly dealer: Dealer; readonly answer: Answer }
  | { readonly is: 'other-account' }
  /** CHeKT states that it is not connected. */
  | { readonly is: 'not-connected' }
  /** A 403, or a 404 that does not say why. `token` is the one that the request used. */
  | { readonly is: 'ambiguous'; readonly token: PlatformToken };

interface Dependencies {
  readonly calls: PlatformCalls;
  readonly store: Store;
  readonly environment: Environment;
  readonly notConnected: readonly NotConnected[];
  readonly logger: Logger;
  readonly clock: () => number;
}

interface Reached {
  readonly dealerId: number;
  readonly at: number;
}

/** Milliseconds for which a successful read proves that the access works. */
const CONTROL_LIFE = 60_000;
const CONTROL_CANDIDATES = 5;

/** Asks CHeKT about single dealers with the platform's own credentials. */
export class Standings {
  readonly #deps: Dependencies;
  /** For each token, the two dealers that it has reached last, and when: one of them is another than the one in question. */
  readonly #reached = new WeakMap<PlatformToken, readonly Reached[]>();

  constructor(deps: Dependencies) {
    this.#deps = deps;
  }

  /** @throws {UpstreamError} if CHeKT gives no reliable answer; {OAuthFailure}, {LimitReached} */
  async of(dealerId: number, account: string): Promise<Standing> {
    const { calls, notConnected, logger, clock } = this.#deps;
    const { answer, token } = await calls.call('GET', `/partner/v1/dealers/${dealerId}`, {
      dealerId,
      purpose: 'other',
    });
    const { status, body } = answer;
    if (status === 200) {
      const dealer = parseDealer(body);
      if (dealer?.externalDealerId === undefined)
        throw new UpstreamError('CHeKT does not say whose the dealer is.');
      this.#note(token, dealerId, clock());
      return dealer.externalDealerId === account
        ? { is: 'account', dealer, answer }
        : { is: 'other-account' };
    }
    const { code, requestId } = parseError(body);
    if (notConnected.some((says) => says.status === status && says.code === code))
      return { is: 'not-connected' };
    // A gateway's page is not CHeKT's answer, whatever its status.
    if ((status !== 403 && status !== 404) || !isJsonObject(body)) {
      throw new UpstreamError(`CHeKT answered ${status} about dealer ${dealerId}.`);
    }
    const setting = status === 404 && code === undefined ? 'partnerApi.baseUrl' : 'platformClient.scope';
    logger.warn(
      { status, code, requestId, dealerId, externalDealerId: account, setting },
      'CHeKT does not let the platform see this dealer. It may have been disconnected there, platformClient.scope may lack read:dealer, or partnerApi.baseUrl may belong to another environment.',
    );
    return { is: 'ambiguous', token };
  }

  /**
   * Whether the platform's access works in general, so that a refusal is about this one dealer: the token has
   * read:dealer, or it has reached another binding within a minute. False if that cannot be found out now.
   */
  async isControlled(token: PlatformToken, dealerId: number): Promise<boolean> {
    if (token.scope.includes('read:dealer')) return true;
    if (this.#hasReachedAnother(token, dealerId)) return true;
    const { store, calls, environment } = this.#deps;
    const { items } = await store.listBindings({ limit: CONTROL_CANDIDATES });
    const other = items.find(
      (stored) =>
        stored.binding.dealerId !== dealerId &&
        stored.status === 'connected' &&
        isSameEnvironment(stored, environment),
    );
    if (!other) return false;
    const { dealerId: id } = other.binding;
    try {
      const { answer, token: used } = await calls.call('GET', `/partner/v1/dealers/${id}`, {
        dealerId: id,
        purpose: 'other',
      });
      if (answer.status === 200) this.#note(used, id, this.#deps.clock());
      return used === token && answer.status === 200; // another token may have another scope
    } catch (error) {
      if (isTransient(error)) return false;
      throw error;
    }
  }

  #hasReachedAnother(token: PlatformToken, dealerId: number): boolean {
    const since = this.#deps.clock() - CONTROL_LIFE;
    return (
      this.#reached.get(token)?.some((other) => other.dealerId !== dealerId && other.at >= since) ?? false
    );
  }

  #note(token: PlatformToken, dealerId: number, at: number): void {
    const other = this.#reached.get(token)?.find((earlier) => earlier.dealerId !== dealerId);
    this.#reached.set(token, [{ dealerId, at }, ...(other ? [other] : [])]);
  }
}
