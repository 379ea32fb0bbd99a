import { Hono } from 'hono';
import * as z from 'zod/mini';
import type { RequestEnv } from '../caller.js';
import { notPermitted, otherAccount, refusal, send, signedOut } from '../http/refusal.js';
import type { Parts } from '../parts.js';
import { parseDealerId, parseJson } from '../upstream/wire.js';

const notReadable = refusal(400, 'invalid_request', 'dealerId is not a dealer id.', { field: 'dealerId' });
const dealerUnknown = refusal(
  403,
  'dealer_unknown',
  'The tokens of this sign-in do not say for which dealer it is, so a report of it cannot be believed.',
);
const body = z.object({ dealerId: z.unknown() });

/**
 * Browser mode: the page says that it has connected a dealer. Believed only of a session that was itself handed a token for this
 * account and this dealer, and only when CHeKT says so, too. Where the tokens do not say for which dealer they are, CHeKT is not
 * even asked: its answer would tell which dealers are customers, and somebody else's session could report what a script of the
 * page has swapped.
 */
export function bindingsRoute(parts: Parts): Hono<RequestEnv> {
  const { settings, store, callers, grants, limits, reports, environment, outbox, revocations, background } =
    parts;
  const app = new Hono<RequestEnv>();

  app.post('/bindings', async (c) => {
    const dealerId = parseDealerId(body.safeParse(parseJson(await c.req.text())).data?.dealerId);
    const caller = await callers.read(c, c.req.query('external_dealer_id') || undefined);
    if (!caller) return send(c, signedOut);
    if (dealerId === undefined) return send(c, notReadable);
    if (!caller.may.connect) return send(c, notPermitted);
    const { owner } = caller;
    await limits.spendOwn(owner, 1);

    const now = settings.clock();
    const handouts = await store.findHandouts({ owner, now });
    const handout = handouts.find((given) => given.dealerId === dealerId);
    if (!handout) {
      const isUnknown = handouts.some((given) => given.dealerId === null);
      if (!isUnknown) return send(c, otherAccount);
      settings.logger.warn(
        { externalDealerId: owner.account, setting: 'dealerSignIn.scope' },
        'A page reported a connection, but neither the ID token nor the access token says dealer_id. Ask for openid and profile, or use service mode.',
      );
      return send(c, dealerUnknown);
    }
    const person = (await grants.bySignIn(handout.signInId))?.tokens.person;
    const told = await reports.look({
      ...owner,
      ...environment,
      dealerId,
      traceId: null,
      reportedBy: caller.actor,
      createdAt: now,
      dueAt: now,
      signInId: handout.signInId,
      ...(person === undefined ? {} : { person }),
    });
    if (told === 'denied') return send(c, otherAccount);
    if (told === 'kept') return c.json({ status: 'reported' }, 202);
    background.run('hooks', outbox.tell([owner.account]), c.env.waitUntil);
    background.run('revocation', revocations.runBatch(), c.env.waitUntil);
    const stored = await store.findBinding({ account: owner.account });
    return c.json({ binding: stored?.binding ?? null });
  });

  return app;
}
