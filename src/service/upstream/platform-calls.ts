import type { Limits, Purpose } from '../limits.js';
import type { Logger } from '../log.js';
import type { PlatformClient, PlatformToken } from '../oauth/platform-client.js';
import { UpstreamError, type Answer, type Call, type PartnerApi } from './partner-api.js';
import { parseError } from './wire.js';

export interface PlatformCall extends Omit<Call, 'token'> {
  readonly dealerId: number;
  readonly purpose: Purpose;
}

export interface PlatformAnswer {
  readonly answer: Answer;
  /** The token that CHeKT accepted. Its scope decides what a refusal means. */
  readonly token: PlatformToken;
}

/**
 * Makes calls with the platform's own credentials, which reach a dealer only while that dealer is connected.
 */
export class PlatformCalls {
  readonly #deps: { api: PartnerApi; client: PlatformClient; limits: Limits; logger: Logger };

  constructor(deps: { api: PartnerApi; client: PlatformClient; limits: Limits; logger: Logger }) {
    this.#deps = deps;
  }

  /**
   * @throws {UpstreamError} also for a 401, which a page would take for a refused dealer sign-in;
   * {OAuthFailure}, {LimitReached}
   */
  async call(method: 'GET' | 'PUT', path: string, call: PlatformCall): Promise<PlatformAnswer> {
    const first = await this.#once(method, path, call);
    if (first.answer.status !== 401) return first;
    await this.#deps.client.forget(call.dealerId, first.token); // revoked, or the clocks differ: retry once with a new token
    const second = await this.#once(method, path, call);
    if (second.answer.status !== 401) return second;
    const { code, requestId } = parseError(second.answer.body);
    this.#deps.logger.warn(
      { status: 401, code, requestId, setting: 'platformClient.audience' },
      "CHeKT refuses the platform's own token. Look at platformClient (issuer, audience) and partnerApi.baseUrl: they must belong to the same environment.",
    );
    throw new UpstreamError("CHeKT refuses the platform's own credentials.");
  }

  async #once(method: 'GET' | 'PUT', path: string, call: PlatformCall): Promise<PlatformAnswer> {
    const { api, client, limits } = this.#deps;
    const { dealerId, purpose, ...rest } = call;
    const token = await client.token(dealerId);
    await limits.spendPlatform(purpose);
    const answer = await api.call(method, path, { ...rest, token: token.accessToken });
    await limits.applyHeaders(answer);
    return { answer, token };
  }
}
