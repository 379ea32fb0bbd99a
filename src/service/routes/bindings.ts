import { Hono } from 'hono';
import * as z from 'zod/mini';
import type { RequestEnv } from '../caller.js';
import { notPermitted, otherAccount, refusal, send, signedOut } from '../http/refusal.js';
import type { Parts } from '../parts.js';
import { parseDealerId, parseJson } from '../upstream/wire.js';

const notReadable = refusal(
  400,
  'invalid_request',
  'dealerId must be a dealer id (a positive whole number).',
  { field: 'dealerId' },
);
const body = z.object({ dealerId: z.unknown() });

/**
 * Browser mode: the page reports that it has connected a dealer. The report is accepted only from a session
 * that was itself handed a token for this account (and this dealer, if the ID token names it), and only once
 * CHeKT confirms it.
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
    await limits.spendOwn(owner);

    const now = settings.clock();
    const handouts = await store.findHandouts({ owner, now });
    const handout = handouts.find((given) => given.dealerId === null || given.dealerId === dealerId);
    if (!handout) return send(c, otherAccount);
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
    background.run('hooks', outbox.tell(owner.account), c.env.waitUntil);
    background.run('revocation', revocations.runBatch(), c.env.waitUntil);
    const stored = await store.findBinding({ account: owner.account });
    return c.json({ binding: stored?.binding ?? null });
  });

  return app;
}
