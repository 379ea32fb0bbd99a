import type { Binding } from '../../../partner-api/dealer.js';
import type {
  AuditEntry,
  Intent,
  NewBinding,
  NewGrant,
  OutboxEntry,
  Owner,
  PendingSignIn,
} from '../records.js';
import type { Begun, Committed, Operation, Store } from '../store.js';

export const NOW = Date.UTC(2026, 10, 2, 9);
export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export const environment = { apiOrigin: 'https://api.chekt.com', clientId: 'platform' };
export const actor = { id: 'u1', name: 'Sam' };
export const person = { sub: 'user|dana', name: 'Dana Reyes', email: 'dana@acme.example' };

export const owner = (change: Partial<Owner> = {}): Owner => ({
  session: 'session-1',
  actor: 'u1',
  account: 'adc-1',
  ...change,
});

export const signIn = (change: Partial<PendingSignIn> = {}): PendingSignIn => ({
  ...owner(),
  stateHash: 'state-1',
  returnTo: 'k1:page',
  sealed: 'k1:pending',
  createdAt: NOW,
  expiresAt: NOW + 10 * MINUTE,
  ...change,
});

export const grant = (change: Partial<NewGrant> = {}): NewGrant => ({
  ...owner(),
  signInId: 'sign-in-1',
  sealed: 'k1:tokens',
  createdAt: NOW,
  expiresAt: NOW + DAY,
  idleAt: NOW + 8 * HOUR,
  ...change,
});

export const intent = (change: Partial<Intent> = {}): Intent => ({
  key: 'key-1',
  kind: 'connect',
  account: 'adc-1',
  dealerId: null,
  signInId: 'sign-in-1',
  fingerprint: 'digest-1',
  traceId: 'trace-1',
  sealed: 'k1:body',
  ...change,
});

export const binding = (
  account = 'adc-1',
  dealerId = 12345,
  change: Partial<NewBinding> = {},
): NewBinding => ({
  // with every field, so that a new one does not compile until the tests store it
  binding: {
    dealerId,
    externalDealerId: account,
    companyName: 'Acme “Sécurité” 株',
    companyAddress1: '100 Main Street',
    companyAddress2: 'Suite 5',
    companyEmail: 'office@acme.example',
    companyPhoneNumber: '+1 555 0100',
    createdAt: '2024-05-01T10:00:00Z',
    connectedAt: '2026-11-02T09:00:00Z',
    connectedBy: 'Dana Reyes',
  } satisfies Required<Binding>,
  ...environment,
  status: 'connected',
  statusAt: NOW,
  checkedAt: NOW,
  operationKey: null,
  traceId: null,
  ...change,
});

export const audit = (account = 'adc-1', change: Partial<AuditEntry> = {}): AuditEntry => ({
  at: NOW,
  action: 'connect.recorded',
  actor,
  person,
  externalDealerId: account,
  dealerId: 12345,
  ...{
    companyName: 'Acme',
    traceId: 'trace-1',
    requestId: 'req-1',
    code: null,
    apiCode: null,
    outcome: null,
  },
  ...change,
});

export const hook = (account = 'adc-1', change: Partial<OutboxEntry> = {}): OutboxEntry => ({
  type: 'connected',
  occurredAt: NOW,
  externalDealerId: account,
  binding: binding(account).binding,
  traceId: 'trace-1',
  actor,
  ...change,
});

/** Begins an operation on behalf of a request or process called `holder`. */
export function begin(
  store: Store,
  change: Partial<Intent> = {},
  { holder = 'process-1', now = NOW }: { holder?: string; now?: number } = {},
): Promise<Begun> {
  const times = { leaseMs: 30 * SECOND, forgetBefore: now - DAY, now };
  return store.beginOperation({ intent: intent(change), holder, ...times });
}

export async function begun(store: Store, change: Partial<Intent> = {}, now = NOW): Promise<Operation> {
  const answer = await begin(store, change, { now });
  if (answer.status !== 'new') throw new Error(`expected a new operation, got ${answer.status}`);
  return answer.operation;
}

/** Stores a confirmed binding with its audit row and event. */
export function connect(store: Store, account = 'adc-1', dealerId = 12345, now = NOW): Promise<Committed> {
  return store.commit({
    now,
    change: { kind: 'put', binding: binding(account, dealerId), confirmed: true },
    audit: [audit(account, { at: now, dealerId })],
    outbox: [hook(account, { occurredAt: now, binding: binding(account, dealerId).binding })],
  });
}

export async function allAudit(store: Store) {
  return (await store.listAudit({ limit: 1000 })).items;
}

/** Takes and settles every due event, like a worker whose hooks succeed. */
export async function drain(store: Store, now = NOW) {
  const told = [];
  for (;;) {
    const rows = await store.takeOutbox({ now, leaseMs: MINUTE, limit: 10 });
    if (rows.length === 0) return told;
    for (const row of rows) {
      told.push(row);
      await store.settleOutbox({ events: [{ id: row.id, attempts: row.attempts }], result: 'done', now });
    }
  }
}
