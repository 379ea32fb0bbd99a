import { genericGrantRequest } from 'openid-client';
import type { Finding } from '../check.js';
import type { Composed } from '../compose.js';
import { DealerSignIn } from '../oauth/dealer-sign-in.js';
import { OAuthFailure } from '../oauth/diagnose.js';
import { UPSTREAM_TIMEOUT } from '../oauth/oauth-client.js';
import { UNUSABLE_KEY } from '../oauth/unusable-answer-advice.js';
import { clockFinding } from './clock.js';

/**
 * Checks that the issuers are reachable, accept the clients, know the audiences and have the redirect URI
 * registered.
 */
export async function checkIssuers(parts: Composed): Promise<readonly Finding[]> {
  const found = await Promise.all([
    checkDealerClient(parts),
    checkAuthorization(parts),
    checkPlatformClient(parts),
    checkPlatformClock(parts),
  ]);
  return found.flat();
}

/** Exchanges a made-up code: an issuer that accepts the client answers `invalid_grant`. */
async function checkDealerClient({ dealerOAuth, settings }: Composed): Promise<readonly Finding[]> {
  const redirect_uri = `${settings.origin}${settings.basePath}/callback`;
  const { codeVerifier } = DealerSignIn.newChecks();
  const parameters = { code: 'chekt-connect-check', redirect_uri, code_verifier: codeVerifier };
  try {
    await dealerOAuth.ask(
      'The check of the dealer sign-in',
      (configuration) => genericGrantRequest(configuration, 'authorization_code', parameters),
      ({ oauthError }) => oauthError === 'invalid_grant',
    );
    return [];
  } catch (error) {
    if (error instanceof OAuthFailure && error.diagnosis.oauthError === 'invalid_grant') return [];
    return [findingOf(error)];
  }
}

/**
 * With `prompt=none` an issuer redirects straight back, unless it does not know the redirect URI, the client
 * or the audience.
 */
async function checkAuthorization({ signIn, settings }: Composed): Promise<readonly Finding[]> {
  const redirectUri = `${settings.origin}${settings.basePath}/callback`;
  let response: Response;
  try {
    const url = await signIn.authorizationUrl(DealerSignIn.newChecks(), 'none');
    response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(UPSTREAM_TIMEOUT) });
  } catch {
    return []; // unreachable, which the check of the client reports
  }
  const page = await response.text().catch(() => '');
  const clock = clockFinding(response.headers.get('Date'), settings.clock(), 'dealerSignIn.issuer');
  const location = response.headers.get('Location') ?? '';
  if (location.startsWith(redirectUri)) {
    const query = new URL(location).searchParams;
    const error = query.get('error') ?? '';
    const description = query.get('error_description') ?? '';
    const isAboutPeople = /^(login|consent|interaction|account_selection)_required$/.test(error);
    return [...clock, ...(error === '' || isAboutPeople ? [] : [refusalFinding(error, description)])];
  }
  if (response.status < 400) return clock; // its sign-in page, so it knows everything in the request
  if (/redirect.?uri|callback/i.test(page)) {
    const message = `dealerSignIn.issuer does not know the redirect URI ${redirectUri}.`;
    return [
      ...clock,
      {
        level: 'error',
        setting: 'origin and basePath',
        message,
        fix: 'Register exactly this URI with CHeKT.',
      },
    ];
  }
  const isClient = /client/i.test(page);
  return [
    ...clock,
    {
      level: 'error',
      setting: isClient ? 'dealerSignIn.clientId' : 'dealerSignIn.audience',
      message: `dealerSignIn.issuer refuses to begin a sign-in (status ${response.status}).`,
      fix: `Compare clientId, audience, scope and the redirect URI ${redirectUri} with what is registered.`,
    },
  ];
}

function refusalFinding(error: string, description: string): Finding {
  const isAudience = error === 'invalid_target' || /audience|service not found|resource/i.test(description);
  const name = isAudience ? 'audience' : error === 'invalid_scope' ? 'scope' : 'clientId';
  return {
    level: 'error',
    setting: `dealerSignIn.${name}`,
    message: `dealerSignIn.issuer refuses to begin a sign-in${/^\w{1,64}$/.test(error) ? ` (${error})` : ''}.`,
    fix: `Compare dealerSignIn.${name} with what is registered with CHeKT.`,
  };
}

async function checkPlatformClient({ platformClient, settings }: Composed): Promise<readonly Finding[]> {
  try {
    const { scope } = await platformClient.request();
    if (settings.platformClient.scope === undefined || scope.includes('read:dealer')) return [];
    return [
      {
        level: 'warning',
        setting: 'platformClient.scope',
        message:
          'The platform was not granted read:dealer, so it cannot find out whether a dealer is still connected.',
        fix: 'Add read:dealer to the scope, and have CHeKT allow it for this client.',
      },
    ];
  } catch (error) {
    return [findingOf(error)];
  }
}

/**
 * This issuer is often another machine than the dealers' one, and it is the one that checks signed
 * assertions. Whatever it answers has a `Date`.
 */
async function checkPlatformClock({ platformOAuth, settings }: Composed): Promise<readonly Finding[]> {
  try {
    const { token_endpoint: endpoint } = (await platformOAuth.configuration()).serverMetadata();
    if (endpoint === undefined) return [];
    const signal = AbortSignal.timeout(UPSTREAM_TIMEOUT);
    const response = await fetch(endpoint, { redirect: 'manual', signal });
    await response.body?.cancel();
    return clockFinding(response.headers.get('Date'), settings.clock(), 'platformClient.issuer');
  } catch {
    return []; // unreachable, which the check of the client reports
  }
}

/** @throws what is no failure of an issuer */
export function findingOf(error: unknown): Finding {
  if (!(error instanceof OAuthFailure)) throw error;
  const { setting, fix, oauthError, code, status } = error.diagnosis;
  if (code === UNUSABLE_KEY) {
    return { level: 'error', setting, message: 'The issuer was not asked for a token.', fix };
  }
  const said = [oauthError ?? code, status].filter((part) => part !== undefined).join(', ');
  return { level: 'error', setting, message: `The issuer gives no token (${said || 'no answer'}).`, fix };
}
