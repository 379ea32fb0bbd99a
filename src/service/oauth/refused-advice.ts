import { clockAdvice, type Advice, type FailedClient } from './advice.js';

/** What to check if the issuer refuses with an OAuth error (RFC 6749 §5.2). */
export function refusedAdvice(
  oauthError: string,
  description: string,
  { role, options }: FailedClient,
): Advice {
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
