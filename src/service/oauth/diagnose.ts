import { AuthorizationResponseError, ClientError, ResponseBodyError } from 'openid-client';
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

type Client = { readonly role: OAuthRole; readonly options: OAuthClientOptions };
type Advice = Pick<Diagnosis, 'setting' | 'fix'>;

/** Seconds by which two clocks may differ before it is worth a word. */
const CLOCK_TOLERANCE = 60;

export function diagnose(error: unknown, client: Client, now: number): Diagnosis {
  if (error instanceof AuthorizationResponseError) {
    const { error: oauthError } = error;
    const advice = adviceFor(oauthError, error.error_description ?? '', client);
    return { oauthError: word(oauthError), ...advice, kind: 'refused' };
  }
  if (error instanceof ResponseBodyError) {
    const { error: oauthError, error_description: description = '', status, response } = error;
    // Auth0 says `access_denied` with a 401 where RFC 6749 says `invalid_client`.
    const refused = oauthError === 'access_denied' && status === 401 ? 'invalid_client' : oauthError;
    const advice =
      refused === 'invalid_client' && client.options.auth.kind === 'key' && clockIsOff(response, now)
        ? clockAdvice
        : adviceFor(refused, description, client);
    return {
      oauthError: word(oauthError),
      status,
      ...requestIdOf(response),
      ...advice,
      kind: status >= 500 || status === 429 ? 'unavailable' : 'refused',
    };
  }
  const response = answerIn(error);
  const said = response && { status: response.status, ...requestIdOf(response) };
  return { ...said, ...ofClientError(error, client, response), kind: 'unavailable' };
}

function adviceFor(oauthError: string, description: string, { role, options }: Client): Advice {
  const at = (name: string, fix: string) => ({ setting: `${role}.${name}`, fix });
  if (namesAudience(oauthError, description)) {
    return at('audience', 'the issuer knows no API of this name.');
  }
  switch (oauthError) {
    case 'invalid_client':
      if (options.auth.kind === 'secret') {
        return at(
          'auth',
          'the client secret is wrong, or clientId does not belong to it. Compare both with what CHeKT gave you.',
        );
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

/** The answer that openid-client could not use. It hangs it, or an error of its own with it, on its errors as the cause. */
function answerIn(error: unknown): Response | undefined {
  if (error instanceof Response) return error;
  return error instanceof Error && error !== error.cause ? answerIn(error.cause) : undefined;
}

/** ENOTFOUND, ECONNREFUSED and the like, which fetch hangs on its error as the cause. */
function networkCode(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  return 'code' in error && /^E[A-Z_]{3,30}$/.test(String(error.code))
    ? String(error.code)
    : networkCode(error.cause);
}

/** What an answer says that is none of OAuth: first whether it can be mended here at all. */
function adviceForAnswer({ status, url }: Response, { role }: Client): string {
  if (status >= 500 || status === 429) {
    return `it has a problem now (status ${status}). There is nothing to change: try again.`;
  }
  const isDiscovery = url.includes('/.well-known/');
  if (!isDiscovery) return `its endpoint does not answer as OAuth does (status ${status}).`;
  const { origin, pathname } = new URL(url);
  return (
    `no discovery document is there: ${origin}${pathname} answers ${status}. Compare issuer with CHeKT's; if it publishes none, ` +
    `set ${role}.server.`
  );
}

function ofClientError(
  error: unknown,
  client: Client,
  response: Response | undefined,
): Advice & { code?: string } {
  const { role, options } = client;
  const issuer = (fix: string) => ({ setting: `${role}.issuer`, fix });
  if (!(error instanceof ClientError)) {
    if (error instanceof TypeError && /privateKey/.test(error.message)) {
      return { setting: `${role}.auth`, fix: error.message };
    }
    const { host } = new URL(options.issuer);
    const why = networkCode(error) ?? 'no answer';
    const fix = `${host} could not be reached (${why}). Compare it with what CHeKT gave you, and let this machine reach it.`;
    return { code: 'unreachable', ...issuer(fix) };
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
          response
            ? adviceForAnswer(response, client)
            : options.server
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

/** What a machine made; anything else of an answer stays out of the log. */
function word(text: string): string {
  return /^[\w.:-]{1,64}$/.test(text) ? text : 'unreadable';
}

function requestIdOf(response: Response): { requestId?: string } {
  const id = response.headers.get('x-request-id') ?? response.headers.get('x-auth0-requestid') ?? '';
  return /^[\w.:-]{1,64}$/.test(id) ? { requestId: id } : {};
}
