import type { Binding } from '../partner-api/dealer.js';
import type { Composed } from './compose.js';
import type { Actor, AuditRow, BindingStatus, Page, StoredBinding } from './store/store.js';
import { saysDisconnected } from './operations/disconnect.js';
import { newPseudonym } from './store/pseudonyms.js';
import { parseError } from './upstream/wire.js';

export interface PlatformBinding extends Binding {
  readonly status: BindingStatus;
  /** When the status last changed, ISO 8601. */
  readonly statusAt: string;
  /** When CHeKT was last asked, ISO 8601. */
  readonly checkedAt: string;
}

export type AuditRecord = Omit<AuditRow, 'at'> & { /** ISO 8601. */ readonly at: string };

export interface AuditQuery {
  readonly from?: Date | string;
  /** Exclusive. */
  readonly to?: Date | string;
  readonly externalDealerId?: string;
  readonly after?: string;
  /** Default 100, maximum 1,000. */
  readonly limit?: number;
}

/** `open`: CHeKT has not answered, and `runDue` will repeat the disconnect. */
export interface DisconnectResult {
  readonly outcome: 'disconnected' | 'no-binding' | 'refused' | 'open';
  readonly status?: number;
  readonly apiCode?: string;
  readonly requestId?: string;
}

const MOST = 1_000;

/** The API for the platform's own code, which involves no session and no person. */
export class PlatformRecords {
  readonly #parts: Composed;

  constructor(parts: Composed) {
    this.#parts = parts;
  }

  async get(account: string): Promise<PlatformBinding | null> {
    const stored = await this.#parts.store.findBinding({ account });
    return stored && shown(stored);
  }

  async list({ after, limit = 100 }: { after?: string; limit?: number } = {}): Promise<
    Page<PlatformBinding>
  > {
    const { items, next } = await this.#parts.store.listBindings({ after, limit: Math.min(limit, MOST) });
    return { items: items.map(shown), next };
  }

  async forget(
    account: string,
    by: { actor: { id: string; name?: string }; note?: string },
  ): Promise<boolean> {
    const { store, settings } = this.#parts;
    const actor = toActor(by?.actor, 'bindings.forget');
    const stored = await store.findBinding({ account });
    if (!stored) return false;
    const now = settings.clock();
    const { dealerId, companyName } = stored.binding;
    const committed = await store.commit({
      now,
      change: { kind: 'forget', account, sequence: stored.sequence },
      audit: [
        {
          ...nobody(account, now),
          action: 'binding.forgotten',
          actor,
          dealerId,
          companyName,
          traceId: stored.traceId,
          outcome: `removed by ${settings.platform.name}${by.note === undefined ? '' : `: ${by.note}`}`,
        },
      ],
      outbox: [],
    });
    return committed.status === 'committed';
  }

  async disconnect(account: string, by: { actor: { id: string; name?: string } }): Promise<DisconnectResult> {
    const { store, disconnecting, outbox, background } = this.#parts;
    const actor = toActor(by?.actor, 'disconnect');
    const stored = await store.findBinding({ account });
    if (!stored) return { outcome: 'no-binding' };
    const { dealerId } = stored.binding;
    const [key, traceId] = [crypto.randomUUID(), crypto.randomUUID()];
    const ended = await disconnecting.run({ account, dealerId, actor, key, traceId });
    background.run('hooks', outbox.tell([account]));
    const { status, body } = ended.answer;
    const { code: apiCode, requestId } = parseError(body);
    const said = {
      status,
      ...(apiCode === undefined ? {} : { apiCode }),
      ...(requestId === undefined ? {} : { requestId }),
    };
    if (ended.status === 'settled' && saysDisconnected(ended.answer))
      return { outcome: 'disconnected', ...said };
    if (!(await store.findBinding({ account }))) return { outcome: 'no-binding' }; // somebody else was quicker
    const isOpen = ended.status === 'open' && (status >= 500 || status === 429);
    return { outcome: isOpen ? 'open' : 'refused', ...said };
  }

  async audit({ from, to, externalDealerId, after, limit = 100 }: AuditQuery = {}): Promise<
    Page<AuditRecord>
  > {
    const { items, next } = await this.#parts.store.listAudit({
      from: time(from, 'from'),
      to: time(to, 'to'),
      account: externalDealerId,
      after,
      limit: Math.min(limit, MOST),
    });
    return { items: items.map((row) => ({ ...row, at: new Date(row.at).toISOString() })), next };
  }

  async erase(account: string): Promise<void> {
    const { store, settings } = this.#parts;
    await store.erasePeople({
      account,
      pseudonym: newPseudonym,
      forgotten: `removed by ${settings.platform.name}`,
      audit: { ...nobody(account, settings.clock()), action: 'person.erased', outcome: 'applied' },
    });
  }
}

function shown({ binding, status, statusAt, checkedAt }: StoredBinding): PlatformBinding {
  return {
    ...binding,
    status,
    statusAt: new Date(statusAt).toISOString(),
    checkedAt: new Date(checkedAt).toISOString(),
  };
}

/** @throws {TypeError} an audit row without a name says nothing, and is found out when it is too late */
function toActor(actor: { id: string; name?: string } | undefined, call: string): Actor {
  const { id, name }: { id?: unknown; name?: unknown } = Object(actor);
  const isNamed = typeof id === 'string' && id !== '' && (name === undefined || typeof name === 'string');
  if (!isNamed)
    throw new TypeError(`${call}: actor must be { id, name? }, who does it, for the audit trail.`);
  return { id, name: name ?? null };
}

function nobody(externalDealerId: string, at: number) {
  const none = {
    actor: null,
    person: null,
    dealerId: null,
    companyName: null,
    traceId: null,
    requestId: null,
  };
  return { ...none, code: null, apiCode: null, externalDealerId, at };
}

/** @throws {TypeError} */
function time(value: Date | string | undefined, name: string): number | undefined {
  if (value === undefined) return undefined;
  const at = new Date(value).getTime();
  if (Number.isNaN(at)) throw new TypeError(`audit: ${name} must be a Date or an ISO 8601 string.`);
  return at;
}
