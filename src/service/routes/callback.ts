import { Hono, type Context } from 'hono';
import type { RequestEnv } from '../caller.js';
import { digest, randomToken } from '../digest.js';
import { page } from '../http/pages.js';
import { isPeoplesAnswer, type SignInChecks } from '../oauth/dealer-sign-in.js';
import { OAuthFailure } from '../oauth/diagnose.js';
import type { Parts } from '../parts.js';
import type { PendingSignIn } from '../store/store.js';
import { pause } from '../wait.js';

/** Milliseconds for which `/token` reports how a sign-in failed. */
const REFUSAL_LIFE = 10 * 60_000;
/**
 * Milliseconds: long enough for the page that the callback leads to, and so short that "Try again" on it soon offers the sign-in
 * anew. The person has refused nothing.
 */
const FAULT_LIFE = 30_000;
/** Longer than one exchange of a code takes. */
const EXCHANGE_LEASE = 15_000;
const POLL = 100;
/** Marks the second load, after the page has reloaded itself from our own origin. */
const RELOADED = 'chekt_reloaded';

/** The redirect URI: the person returns from CHeKT with a code. */
export function callbackRoute(parts: Parts): Hono<RequestEnv> {
  const { settings, store, sealing, callers, signIn, grants, revocations, background } = parts;
  const { origin, basePath, platform, logger } = settings;
  const app = new Hono<RequestEnv>();

  app.get('/callback', async (c) => {
    if (c.req.method === 'HEAD') return c.body(null, 405);
    const url = new URL(c.req.url);
    const isReloaded = url.searchParams.has(RELOADED);
    url.searchParams.delete(RELOADED);
    const stateHash = await digest('state', url.searchParams.get('state') ?? '');
    const known = await store.findSignIn({ stateHash, now: settings.clock() });
    const back = { href: '/', action: `Back to ${platform.name}` }; // where it began is told to its own session only

    const caller = await callers.read(c, known?.account);
    if (!caller && !isReloaded) {
      // A browser does not send a SameSite=Strict cookie on a navigation from CHeKT's site. It does when our
      // own page reloads.
      url.searchParams.set(RELOADED, '1');
      return page(c, {
        status: 200,
        title: 'One moment',
        text: `Going back to ${platform.name}.`,
        href: `${basePath}/callback${url.search}`,
        action: 'Continue',
        isRefresh: true,
      });
    }
    const isOwn =
      known !== null &&
      known.session === caller?.owner.session &&
      known.actor === caller.owner.actor &&
      known.account === caller.owner.account;
    // An expired or a repeated callback has lost its session by itself.
    if (known?.status === 'pending' && !isOwn) warnOfLostSession(known.account);
    if (!caller) {
      return page(c, {
        ...back,
        status: 401,
        title: `You’re signed out of ${platform.name}`,
        text: `Your session with ${platform.name} ended while you signed in with CHeKT. Sign in again, then connect CHeKT.`,
      });
    }
    if (!isOwn) {
      // The answer to a request that this session did not make. It may be an attacker's sign-in, planted on
      // this person (login CSRF).
      return page(c, {
        ...back,
        status: 400,
        title: 'This sign-in can’t be used here',
        text: `It didn’t begin in this session of ${platform.name}, or it is too old. Go back and sign in with CHeKT again.`,
      });
    }
    await finish(c, stateHash, url, caller.owner.session);
    const opened = await sealing.open(known.returnTo, `return:${stateHash}`);
    const returnTo = typeof opened === 'string' ? opened : '/'; // no key opens it any more
    return c.redirect(origin + returnTo); // also after a failure: the element on the page says what happened
  });

  /** A session cookie belongs to one host: what began on 127.0.0.1 is not known on localhost, where CHeKT leads back to. */
  function warnOfLostSession(externalDealerId: string): void {
    logger.warn(
      { externalDealerId, setting: 'origin' },
      `A sign-in came back without the session that it began in. Was the page opened on another host than ${origin}, or has the session ended?`,
    );
  }

  /**
   * Exchanges the code once. A duplicate request waits for the first, so that the page finds the sign-in
   * completed.
   */
  async function finish(c: Context<RequestEnv>, stateHash: string, url: URL, session: string): Promise<void> {
    const lease = { name: `callback:${stateHash}`, holder: randomToken() };
    const until = Date.now() + EXCHANGE_LEASE;
    while (Date.now() < until) {
      if (await store.lease({ ...lease, ttlMs: EXCHANGE_LEASE, now: settings.clock() })) break;
      await pause(POLL);
    }
    try {
      const pending = await store.takeSignIn({ stateHash, session, now: settings.clock() });
      if (pending) await exchange(pending, url.search);
    } finally {
      await store.releaseLease(lease);
    }
    background.run('revocation', revocations.runBatch(), c.env.waitUntil); // for the sign-in that this one replaces
  }

  async function exchange(pending: PendingSignIn, query: string): Promise<void> {
    const { stateHash, sealed, session, actor, account } = pending;
    const checks = (await sealing.open(sealed, `sign-in:${stateHash}`)) as SignInChecks | undefined;
    const fail = (error: string, life: number) =>
      store.failSignIn({ session, actor, account, error, expiresAt: settings.clock() + life });
    if (!checks) return fail('server_error', FAULT_LIFE);
    try {
      await grants.start({ session, actor, account }, await signIn.exchange(query, checks), stateHash);
    } catch (error) {
      if (!(error instanceof OAuthFailure)) throw error;
      const refusal = peoplesAnswer(error);
      if (refusal !== undefined) await fail(refusal, REFUSAL_LIFE);
      else
        await fail(
          error.diagnosis.kind === 'unavailable' ? 'temporarily_unavailable' : 'server_error',
          FAULT_LIFE,
        );
    }
  }

  return app;
}

/** The RFC 6749 error if it is the person's own answer, such as `access_denied`. */
function peoplesAnswer({ diagnosis }: OAuthFailure): string | undefined {
  return isPeoplesAnswer(diagnosis) ? diagnosis.oauthError : undefined;
}
