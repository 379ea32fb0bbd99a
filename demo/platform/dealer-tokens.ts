import { OAuthRefusal, type DealerTokens, type OAuthClient } from './oauth-client.js';
import type { Session } from './sessions.js';

/** Refreshes that are under way. A refresh token works once: two tabs that use it at once would end the grant. */
const refreshing = new WeakMap<DealerTokens, Promise<void>>();

/**
 * The dealer's tokens, renewed where that is needed: near their end, or because the element said that they are
 * `expired` or that CHeKT `rejected` them. Null: the dealer has to sign in with CHeKT (again).
 */
export async function usableTokens(
  session: Session,
  oauth: OAuthClient,
  reason?: string,
): Promise<DealerTokens | null> {
  const { tokens } = session;
  if (!tokens) return null;
  const renew = reason === 'expired' || reason === 'rejected' || tokens.expiresAt - Date.now() < 60_000;
  if (!renew) return tokens;
  if (!refreshing.has(tokens)) {
    refreshing.set(
      tokens,
      renewed(tokens, oauth, reason)
        .then((next) => {
          if (session.tokens === tokens) session.tokens = next;
          else giveBack(next, oauth); // meanwhile somebody has signed in anew, or the session has ended
        })
        .finally(() => refreshing.delete(tokens)),
    );
  }
  await refreshing.get(tokens);
  return session.tokens;
}

async function renewed(
  tokens: DealerTokens,
  oauth: OAuthClient,
  reason?: string,
): Promise<DealerTokens | null> {
  if (!tokens.refreshToken) {
    return reason !== 'rejected' && tokens.expiresAt > Date.now() ? tokens : null;
  }
  try {
    return await oauth.refresh(tokens, tokens.refreshToken);
  } catch (error) {
    // Only CHeKT's no ends the authorization. When CHeKT cannot be reached, the tokens may be as good as ever.
    if (error instanceof OAuthRefusal) return null;
    throw error;
  }
}

/** Gives the tokens back when they have done their work. The dealer admin does not wait for it. */
export function giveBack(tokens: DealerTokens | null, oauth: OAuthClient): void {
  if (!tokens) return;
  oauth.revoke(tokens).catch((error: unknown) => {
    console.error('A dealer authorization could not be revoked; it ends by itself.', String(error));
  });
}

/** A sign-in has done its work: `tokens` are given back, and what they were renewed to. Another sign-in stays. */
export function endSignIn(session: Session, tokens: DealerTokens | null, oauth: OAuthClient): void {
  giveBack(tokens, oauth);
  const { tokens: current } = session;
  if (current?.signIn !== tokens?.signIn) return; // somebody has signed in anew meanwhile
  session.tokens = null;
  if (current !== tokens) giveBack(current, oauth); // another tab has had them renewed
}

/** RFC 6749's answer, made anew: what the element may know, and the access token only where a page must have it. */
export function describe(
  tokens: DealerTokens,
  externalDealerId: string,
  { withAccessToken }: { withAccessToken: boolean },
) {
  const { name, email, company_name, dealer_id } = tokens.claims;
  return {
    ...(withAccessToken ? { access_token: tokens.accessToken } : {}),
    token_type: 'Bearer',
    expires_in: Math.max(0, Math.floor((tokens.expiresAt - Date.now()) / 1000)),
    ...(tokens.scope ? { scope: tokens.scope } : {}),
    name,
    email,
    company_name,
    dealer_id,
    // with these the element knows whose sign-in it shows, and for which account it is
    sign_in_id: tokens.signIn,
    external_dealer_id: externalDealerId,
  };
}
