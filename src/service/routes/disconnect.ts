import { Hono } from 'hono';
import type { RequestEnv } from '../caller.js';
import { answerInTime } from '../http/in-time.js';
import { notPermitted, otherAccount, send, signedOut } from '../http/refusal.js';
import type { Parts } from '../parts.js';
import { parseDealerId } from '../upstream/wire.js';
import { readOperationHeaders } from './operation-headers.js';

/**
 * Disconnect needs the platform's own credentials, so the service always relays it, and only for the
 * account's own dealer.
 */
export function disconnectRoute({
  callers,
  limits,
  disconnecting,
  outbox,
  background,
}: Parts): Hono<RequestEnv> {
  const app = new Hono<RequestEnv>();

  app.put('/partner/v1/dealers/:dealerId/disconnect', async (c) => {
    const asked = c.req.query('external_dealer_id') || undefined;
    const caller = await callers.read(c, asked);
    if (!caller) return send(c, signedOut);
    const { actor, owner } = caller;
    const { account } = owner;
    const dealerId = parseDealerId(c.req.param('dealerId'));
    if (dealerId === undefined || (asked !== undefined && asked !== account)) return send(c, otherAccount);
    if (!caller.may.disconnect) return send(c, notPermitted);
    const headers = readOperationHeaders(c);
    if ('refused' in headers) return send(c, headers.refused);
    await limits.spendOwn(owner, 2);

    const { waitUntil } = c.env;
    const disconnect = async () => {
      const ended = await disconnecting.run({ account, dealerId, actor, ...headers });
      if (ended.status === 'settled') background.run('hooks', outbox.tell([account]), waitUntil);
      return ended.answer;
    };
    const answer = await answerInTime(disconnect(), (work) => background.run('disconnect', work, waitUntil));
    return send(c, answer);
  });

  return app;
}
