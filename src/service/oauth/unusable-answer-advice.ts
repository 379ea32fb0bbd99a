import { ClientError } from 'openid-client';
import { clockAdvice, type Advice, type FailedClient, type OAuthRole } from './advice.js';

/** The code of a failure before anything was sent. */
export const UNUSABLE_KEY = 'unusable_key';

/** What to check if there was no answer, or none that OAuth or OpenID Connect allows. */
export function unusableAnswerAdvice(
  error: unknown,
  client: FailedClient,
  response: Response | undefined,
): Advice & { code?: string } {
  const { role, options } = client;
  const issuer = (fix: string) => ({ setting: `${role}.issuer`, fix });
  if (!(error instanceof ClientError)) {
    if (error instanceof TypeError && /privateKey/.test(error.message)) {
      return { code: UNUSABLE_KEY, setting: `${role}.auth`, fix: error.message };
    }
    const { host } = new URL(options.issuer);
    const why = networkCode(error) ?? 'no answer';
    const fix = `The host ${host} could not be reached (${why}). Compare it with what CHeKT gave you, and let this machine reach it.`;
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

/** What an answer says that is none of OAuth: first whether it can be mended here at all. */
function adviceForAnswer({ status, url }: Response, { role }: FailedClient): string {
  if (status >= 500 || status === 429) {
    return `The issuer has a problem now (status ${status}). Nothing to change: try again later.`;
  }
  const isDiscovery = url.includes('/.well-known/');
  if (!isDiscovery)
    return `Its endpoint does not answer like an OAuth endpoint (status ${status}). Check its URL.`;
  const { origin, pathname } = new URL(url);
  return (
    `No discovery document is there: ${origin}${pathname} answers ${status}. Compare issuer with CHeKT's; if it publishes none, ` +
    `set ${role}.server.`
  );
}

/** ENOTFOUND, ECONNREFUSED and the like, which fetch hangs on its error as the cause. */
function networkCode(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  return 'code' in error && /^E[A-Z_]{3,30}$/.test(String(error.code))
    ? String(error.code)
    : networkCode(error.cause);
}
