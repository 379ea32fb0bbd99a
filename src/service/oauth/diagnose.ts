import { AuthorizationResponseError, ClientError, ResponseBodyError } from 'openid-client';
import { echoes } from '../echo.js';
import type { OAuthClientOptions } from '../options.js';

export type OAuthRole = 'dealerSignIn' | 'platformClient';

/** Why an issuer gave no tokens, and which setting to look at. Holds no secret, and no text of the issuer's. */
export interface Diagnosis {
  /** RFC 6749's error code, where the issuer gave one. */
  readonly oauthError?: string;
  readonly status?: number;
  /** openid-client's own code, for answers that are no answers. */
  readonly code?: string;
  readonly requestId?: string;
  readonly setting: string;
  readonly fix: string;
  /** `refused`: the issuer's answer is no. `unavailable`: there was no answer to rely on. */
  readonly kind: 'refused' | 'unavailable';
}

export class OAuthFailure extends Error {
  override readonly name = 'OAuthFailure';
  readonly diagnosis: Diagnosis;

  constructor(diagnosis: Diagnosis) {
    super(diagnosis.oauthError ?? diagnosis.code ?? diagnosis.kind);
    this.diagnosis = diagnosis;
  }
}

type Client = {
  readonly role: OAuthRole;
  readonly options: OAuthClientOptions;
  /** The secrets in the request that a response answers. */
  readonly sentFor: (response: Response) => readonly string[];
};
type Advice = Pick<Diagnosis, 'setting' | 'fix'>;

/** Seconds by which two clocks may differ before it is worth a word. */
const CLOCK_TOLERANCE = 60;

export function diagnose(error: unknown, client: Client, now: number): Diagnosis {
  if (error instanceof AuthorizationResponseError) {
    const { error: oauthError } = error;
    const advice = adviceFor(oauthError, error.error_description ?? '', client);
    const others = [...error.cause].filter(([name]) => name !== 'error').map(([, value]) => value);
    return { oauthError: word(oauthError, others), ...advice, kind: 'refused' };
  }
  if (error instanceof ResponseBodyError) {
    const { error: oauthError, error_description: description = '', status, response } = error;
    // Auth0 says `access_denied` with a 401 where RFC 6749 says `invalid_client`.
    const refused = oauthError === 'access_denied' && status === 401 ? 'invalid_client' : oauthError;
    const advice =
      refused === 'invalid_client' && client.options.auth.kind === 'key' && clockIsOff(response, now)
        ? clockAdvice
        : adviceFor(refused, description, client);
    const sent = client.sentFor(response);
    return {
      oauthError: word(oauthError, sent),
      status,
      ...requestIdOf(response, sent),
      ...advice,
      kind: status >= 500 || status === 429 ? 'unavailable' : 'refused',
    };
  }
  return { ...ofClientError(error, client), kind: 'unavailable' };
}

function adviceFor(oauthError: string, description: string, { role, options }: Client): Advice {
  const at = (name: string, fix: string) => ({ setting: `${role}.${name}`, fix });
  if (namesAudience(oauthError, description)) {
    return at('audience', 'the issuer knows no API of this name.');
  }
  switch (oauthError) {
    case 'invalid_client':
      if (options.auth.kind === 'secret') {
        return at('auth', 'the client secret is wrong, or clientId does not belong to it.');
      }
      if (/\bkid\b|key id|no (applicable|matching) key/i.test(description)) {
        return at('auth.keyId', 'no public key is registered under this key id.');
      }
      if (/\b(exp|iat|nbf|expired)\b/i.test(description)) return clockAdvice;
      return at(
        'auth',
        'the key, its keyId or clientId is not the registered one, issuer is not the name the issuer expects as aud, or the clock is off.',
      );
    case 'unauthorized_client':
      return at('clientId', 'this client is not registered for the grant type.');
    case 'invalid_scope':
      return at('scope', 'the client may not ask for one of these scopes.');
    case 'invalid_request':
      return at('extraTokenParameters', 'the issuer does not take a parameter: this one, audience or scope.');
    case 'invalid_grant':
      return /redirect/i.test(description)
        ? { setting: 'origin and basePath', fix: 'the redirect URI is not the registered one.' }
        : at('scope', 'the authorization is over; the dealer signs in again.');
    case 'access_denied':
      return at('scope', 'the person, or a rule of the issuer, did not allow it.');
    default:
      return at('issuer', 'the issuer refuses the request.');
  }
}

/** Auth0 says `access_denied`, "Service not found" or "not enabled", for an audience it does not know. */
function namesAudience(oauthError: string, description: string): boolean {
  return (
    oauthError === 'invalid_target' ||
    /audience|service not (found|enabled)|resource server/i.test(description)
  );
}

const clockAdvice: Advice = {
  setting: 'the clock of this machine',
  fix: 'it differs from the clock of the issuer, which therefore refuses the signed assertion.',
};

function clockIsOff(response: Response, now: number): boolean {
  const date = Date.parse(response.headers.get('Date') ?? '');
  return Math.abs(date - now) > CLOCK_TOLERANCE * 1000;
}

function ofClientError(error: unknown, { role, options }: Client): Advice & { code?: string } {
  const issuer = (fix: string) => ({ setting: `${role}.issuer`, fix });
  if (!(error instanceof ClientError)) {
    if (error instanceof TypeError && /privateKey/.test(error.message)) {
      return { setting: `${role}.auth`, fix: error.message };
    }
    return { code: 'unreachable', ...issuer('it could not be reached.') };
  }
  const { code } = error;
  switch (code) {
    case 'OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED':
      return { code, ...issuer('its discovery document names another issuer.') };
    case 'OAUTH_JWT_CLAIM_COMPARISON_FAILED':
      return { code, ...claimAdvice(error, role) };
    case 'OAUTH_JWT_TIMESTAMP_CHECK_FAILED':
      return {
        code,
        setting: clockAdvice.setting,
        fix: 'the ID token is not valid at this time of the clock.',
      };
    case 'OAUTH_RESPONSE_IS_NOT_CONFORM':
    case 'OAUTH_RESPONSE_IS_NOT_JSON':
    case 'OAUTH_PARSE_ERROR':
    case 'OAUTH_MISSING_SERVER_METADATA':
    case 'OAUTH_INVALID_SERVER_METADATA':
      return {
        code,
        ...issuer(
          options.server
            ? 'the endpoints in server do not answer as OAuth does.'
            : 'no discovery document is there; give server.',
        ),
      };
    case 'OAUTH_TIMEOUT':
      return { code, ...issuer('it did not answer in time.') };
    default:
      return { ...(code === undefined ? {} : { code }), ...issuer('its answer cannot be used.') };
  }
}

function claimAdvice(error: ClientError, role: OAuthRole): Advice {
  const detail = error.cause instanceof Error ? error.cause.cause : undefined;
  const claim = typeof detail === 'object' && detail !== null && 'claim' in detail ? detail.claim : undefined;
  if (claim === 'aud') return { setting: `${role}.clientId`, fix: 'the ID token is for another client.' };
  if (claim === 'nonce') return { setting: `${role}.issuer`, fix: 'the ID token answers another sign-in.' };
  return { setting: `${role}.issuer`, fix: 'the ID token is from another issuer.' };
}

/** What a machine made, and no secret that was sent; anything else of an answer stays out of the log. */
function word(text: string, secrets: readonly string[]): string {
  return /^[\w.:-]{1,64}$/.test(text) && !echoes(text, secrets) ? text : 'unreadable';
}

function requestIdOf(response: Response, secrets: readonly string[]): { requestId?: string } {
  const id = response.headers.get('x-request-id') ?? response.headers.get('x-auth0-requestid') ?? '';
  const requestId = word(id, secrets);
  return requestId === 'unreadable' ? {} : { requestId };
}
