import * as openid from 'openid-client';
import type { OAuthClientOptions } from '../options.js';
import type { Logger } from '../log.js';
import { isLoopback } from '../settings.js';
import { REQUEST_TIMEOUT } from '../../partner-api/retry.js';
import type { OAuthRole } from './advice.js';
import { diagnose, OAuthFailure, type Diagnosis } from './diagnose.js';

/** Milliseconds. Shorter than one request of the element, so that it gets our 502 rather than no answer. */
export const UPSTREAM_TIMEOUT = REQUEST_TIMEOUT - 2_000;

/** Parameters of a token request that anybody may know. */
const PUBLIC = [
  'grant_type',
  'redirect_uri',
  'client_id',
  'client_assertion_type',
  'scope',
  'audience',
  'resource',
];

/** What openid-client's token endpoint helpers give. */
export type TokenAnswer = openid.TokenEndpointResponse & openid.TokenEndpointResponseHelpers;

/** One OAuth client of the platform. openid-client implements the protocol; this class configures it. */
export class OAuthClient {
  readonly options: OAuthClientOptions;
  readonly role: OAuthRole;
  readonly #logger: Logger;
  readonly #clock: () => number;
  /** What was sent for an answer: it may echo it. */
  readonly #sent = new WeakMap<Response, readonly string[]>();
  #configuration: Promise<openid.Configuration> | undefined;

  constructor(options: OAuthClientOptions, role: OAuthRole, at: { logger: Logger; clock: () => number }) {
    this.options = options;
    this.role = role;
    this.#logger = at.logger;
    this.#clock = at.clock;
  }

  /** `resource` is RFC 8707's name, `audience` Auth0's; a server ignores the one it does not know. */
  get audience(): Record<string, string> {
    const { audience } = this.options;
    if (audience === undefined) return {};
    return URL.canParse(audience) ? { audience, resource: audience } : { audience };
  }

  extraParameters(dealerId: number | undefined): Readonly<Record<string, string>> {
    const { extraTokenParameters: extra } = this.options;
    return typeof extra === 'function' ? extra(dealerId) : (extra ?? {});
  }

  /** Discovered once, on first use, so that the platform can start while CHeKT is down. */
  configuration(): Promise<openid.Configuration> {
    this.#configuration ??= this.#configure();
    this.#configuration.catch(() => (this.#configuration = undefined));
    return this.#configuration;
  }

  /**
   * Sends a request to the issuer, and logs a refusal once, with the setting to check.
   * @param isExpected whether a refusal is not the set-up's fault, and so is not logged
   * @throws {OAuthFailure} and nothing else
   */
  async ask<T>(
    what: string,
    request: (configuration: openid.Configuration) => T | Promise<T>,
    isExpected: (diagnosis: Diagnosis) => boolean = () => false,
  ): Promise<T> {
    try {
      return await request(await this.configuration());
    } catch (error) {
      const failure = new OAuthFailure(diagnose(error, this, this.#clock()));
      const { setting, fix, ...fields } = failure.diagnosis;
      if (!isExpected(failure.diagnosis)) {
        const message = `${what} failed. ${fix} (setting: ${setting})`;
        this.#logger.warn({ client: this.role, issuer: this.options.issuer, setting, ...fields }, message);
      }
      throw failure;
    }
  }

  sentFor(response: Response): readonly string[] {
    return this.#sent.get(response) ?? [];
  }

  readonly #fetch: openid.CustomFetch = async (url, options) => {
    const response = await fetch(url, options as RequestInit);
    const { body } = options;
    // All of the form but what is no secret by its name: the code, the verifier, tokens, the client's secret or assertion.
    const form = body instanceof URLSearchParams ? [...body] : [];
    this.#sent.set(
      response,
      form.filter(([name]) => !PUBLIC.includes(name)).map(([, value]) => value),
    );
    return response;
  };

  async #configure(): Promise<openid.Configuration> {
    const { issuer, server, clientId, auth } = this.options;
    const authentication = await auth.prepare();
    const insecure = isLoopback(issuer) ? [openid.allowInsecureRequests] : [];
    if (!server) {
      return openid.discovery(new URL(issuer), clientId, undefined, authentication, {
        timeout: UPSTREAM_TIMEOUT / 1000,
        execute: insecure,
        [openid.customFetch]: this.#fetch,
      });
    }
    const configuration = new openid.Configuration(
      { issuer, ...server },
      clientId,
      undefined,
      authentication,
    );
    configuration.timeout = UPSTREAM_TIMEOUT / 1000;
    configuration[openid.customFetch] = this.#fetch;
    for (const allow of insecure) allow(configuration);
    return configuration;
  }
}
