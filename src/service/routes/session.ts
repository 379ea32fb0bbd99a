import { Hono } from 'hono';
import type { RequestEnv } from '../caller.js';
import { randomToken } from '../digest.js';
import { otherAccount, send, signedOut } from '../http/refusal.js';
import { LimitReached } from '../limits.js';
import type { Parts } from '../parts.js';
import type { BindingStatus, Owner, StoredBinding } from '../store/store.js';
import { isTimeout } from '../../partner-api/timeout.js';
import { within } from '../wait.js';

/** Milliseconds within which CHeKT is asked about an account at most once. */
const CHECK_INTERVAL = 60_000;

/** Milliseconds for which the answer waits for operations of the account that are open. */
const SETTLED_WITHIN = 4_000;

/** Answers what the page needs to set up the element, and whether the dealer is still connected. */
export function sessionRoute({
  settings,
  store,
  callers,
  limits,
  checks,
  recovery,
  outbox,
  revocations,
  background,
}: Parts): Hono<RequestEnv> {
  const app = new Hono<RequestEnv>();

  app.get('/session', async (c) => {
    const asked = c.req.query('external_dealer_id') || undefined;
    const caller = await callers.read(c, asked);
    if (!caller) return send(c, signedOut);
    const { owner, accountName } = caller;
    if (asked !== undefined && asked !== owner.account) return send(c, otherAccount);
    const settling = settle(owner.account, c.env.waitUntil);
    await within(SETTLED_WITHIN, settling).catch((error: unknown) => {
      if (!isTimeout(error)) throw error;
      background.run('recovery', settling, c.env.waitUntil);
    });
    const before = await store.findBinding({ account: owner.account });
    const status = before ? await currentStatus(before, owner) : 'none';
    if (before && status !== before.status)
      background.run('hooks', outbox.tell([owner.account]), c.env.waitUntil);
    const stored =
      before && status !== before.status ? await store.findBinding({ account: owner.account }) : before;
    return c.json({
      platformName: settings.platform.name,
      platformScope: settings.platformClient.scope,
      externalDealerId: owner.account,
      accountName,
      ...shown(stored, status),
    });
  });

  async function settle(account: string, waitUntil: RequestEnv['Bindings']['waitUntil']): Promise<void> {
    if (!(await recovery.settle(account))) return;
    background.run('hooks', outbox.tell([account]), waitUntil);
    background.run('revocation', revocations.runBatch(), waitUntil);
  }

  /**
   * A dealer can also be disconnected in CHeKT's portal. CHeKT does not notify the platform, so the service
   * asks.
   */
  async function currentStatus(stored: StoredBinding, owner: Owner): Promise<BindingStatus> {
    if (checks.isForeign(stored)) return 'unchecked';
    const now = settings.clock();
    if (now - stored.checkedAt < CHECK_INTERVAL) return stored.status;
    const lease = { name: `check:${owner.account}`, holder: randomToken(), ttlMs: CHECK_INTERVAL, now };
    if (!(await store.lease(lease))) return stored.status;
    try {
      await limits.spendOwn(owner, 2); // one about the dealer, and perhaps one that is the control
      return await checks.check(stored);
    } catch (error) {
      if (error instanceof LimitReached) return stored.status;
      throw error;
    }
  }

  return app;
}

/** A lost binding becomes `formerBinding`, and the element offers to connect again. */
function shown(stored: StoredBinding | null, status: BindingStatus | 'none'): object {
  if (!stored) return { binding: null, formerBinding: null, bindingStatus: 'none' };
  if (status === 'lost' || status === 'unreachable') {
    return { binding: null, formerBinding: { ...stored.binding, status }, bindingStatus: status };
  }
  return { binding: stored.binding, formerBinding: null, bindingStatus: status };
}
