import { AuthorizationResponseError, ClientError, ResponseBodyError } from 'openid-client';
import { echoes } from '../echo.js';
import type { OAuthClientOptions } from '../options.js';

export type OAuthRole = 'dealerSignIn' | 'platformClient';

/**
 * Why an issuer gave no tokens, and which setting to check. It contains neither secrets nor the issuer's
 * texts.
 */
export interface Diagnosis {
  /** The RFC 6749 error code, if the issuer gave one. */
  readonly oauthError?: string;
  readonly status?: number;
  /** openid-client's error code, if there was no usable answer. */
  readonly code?: string;
  readonly requestId?: string;
  readonly setting: string;
  readonly fix: string;
  /** `refused`: the issuer refused. `unavailable`: there was no reliable answer. */
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

/** Seconds by which two clocks may differ before it is reported. */
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
    // Auth0 answers 401 `access_denied` where RFC 6749 has `invalid_client`.
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
  const response = answerIn(error);
  const said = response && { status: response.status, ...requestIdOf(response, client.sentFor(response)) };
  return { ...said, ...ofClientError(error, client, response), kind: 'unavailable' };
}

function adviceFor(oauthError: string, description: string, { role, options }: Client): Advice {
  const at = (name: string, fix: string) => ({ setting: `${role}.${name}`, fix });
  if (namesAudience(oauthError, description)) {
    return at(
      'audience',
      'The issuer knows no API by this name. Set the audience that CHeKT gave you for this client.',
    );
  }
  switch (oauthError) {
    case 'invalid_client':
      if (options.auth.kind === 'secret') {
        return at(
          'auth',
          'The client secret is wrong or belongs to another clientId. Compare both with what CHeKT gave you.',
        );
      }
      if (/\bkid\b|key id|no (applicable|matching) key/i.test(description)) {
        return at(
          'auth.keyId',
          'No public key is registered under this key id. Set the registered one, or register the key with CHeKT.',
        );
      }
      if (/\b(exp|iat|nbf|expired)\b/i.test(description)) return clockAdvice;
      return at(
        'auth',
        'Compare the key, keyId and clientId with what is registered, and issuer with the name that the issuer expects as aud; then check the clock.',
      );
    case 'unauthorized_client':
      return at('clientId', 'The client is not registered for this grant type. Have CHeKT enable it.');
    case 'invalid_scope':
      return at(
        'scope',
        'The client may not request one of these scopes. Remove it, or have CHeKT allow it.',
      );
    case 'invalid_request':
      return at(
        'extraTokenParameters',
        'The issuer does not accept one of the parameters. Check these, audience and scope.',
      );
    case 'invalid_grant':
      return /redirect/i.test(description)
        ? {
            setting: 'origin and basePath',
            fix: 'The redirect URI is not the registered one. Register {origin}{basePath}/callback with CHeKT.',
          }
        : at('scope', 'The authorization has ended. The dealer has to sign in again.');
    case 'access_denied':
      return at(
        'scope',
        'The person, or a rule of the issuer, denied access. If it happens to everybody, have CHeKT check the client.',
      );
    default:
      return at('issuer', 'The issuer refuses the request. Ask CHeKT why, with the error code.');
  }
}

/**
 * For an audience that it does not know, Auth0 answers `access_denied` with "Service not found" or "not
 * enabled".
 */
function namesAudience(oauthError: string, description: string): boolean {
  return (
    oauthError === 'invalid_target' ||
    /audience|service not (found|enabled)|resource server/i.test(description)
  );
}

const clockAdvice: Advice = {
  setting: 'the clock of this machine',
  fix: 'It differs from the clock of the issuer, which therefore refuses the signed assertion. Synchronize it with NTP.',
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
    `No discovery document is there: ${origin}${pathname} answers ${status}. Compare issuer with CHeKT's; if it publishes none, ` +
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
      return {
        code,
        ...issuer('Its discovery document names another issuer. Set issuer to exactly that name.'),
      };
    case 'OAUTH_JWT_CLAIM_COMPARISON_FAILED':
      return { code, ...claimAdvice(error, role) };
    case 'OAUTH_JWT_TIMESTAMP_CHECK_FAILED':
      return {
        code,
        setting: clockAdvice.setting,
        fix: 'The ID token is not valid at this time. Synchronize the clock with NTP.',
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
              ? 'The endpoints in server do not answer like OAuth endpoints. Check their URLs.'
              : 'It has no discovery document. Give its endpoints in server.',
        ),
      };
    case 'OAUTH_TIMEOUT':
      return { code, ...issuer('It did not answer in time. Try again; if it keeps happening, ask CHeKT.') };
    default:
      return {
        ...(code === undefined ? {} : { code }),
        ...issuer('Its answer cannot be used. Check that the URL is that of the issuer.'),
      };
  }
}

function claimAdvice(error: ClientError, role: OAuthRole): Advice {
  const detail = error.cause instanceof Error ? error.cause.cause : undefined;
  const claim = typeof detail === 'object' && detail !== null && 'claim' in detail ? detail.claim : undefined;
  if (claim === 'aud')
    return {
      setting: `${role}.clientId`,
      fix: 'The ID token is for another client. Set the clientId of the dealer sign-in.',
    };
  if (claim === 'nonce')
    return {
      setting: `${role}.issuer`,
      fix: 'The ID token belongs to another sign-in. Sign in again; if it keeps happening, ask CHeKT.',
    };
  return {
    setting: `${role}.issuer`,
    fix: 'The ID token is from another issuer. Set issuer to the `iss` of the ID token.',
  };
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
