import { HTTPException } from 'hono/http-exception';
import { accountByEmail } from '../sample-data/accounts.js';
import type { Run } from '../store/run.js';

/** The client id for actions in CHeKT's own Dealer Portal. */
const PORTAL = 'dealer-portal';

/** A dealer admin disconnects in CHeKT's Dealer Portal. No platform is involved or notified. */
export function disconnectInPortal(run: Run, email: string): void {
  const account = accountByEmail(email);
  if (account?.role !== 'dealer-admin') {
    throw new HTTPException(403, { message: 'Only a dealer admin can disconnect a company.' });
  }
  const binding = run.bindings.ofDealer(account.dealerId);
  if (!binding) throw new HTTPException(404, { message: 'The company is not connected.' });
  run.bindings.remove(account.dealerId);
  run.audit.add({
    time: new Date().toISOString(),
    action: 'disconnect',
    outcome: 'recorded',
    subject: account.subject,
    clientId: PORTAL,
    dealerId: account.dealerId,
    externalDealerId: binding.externalDealerId,
    traceId: null,
    requestId: null,
  });
}
