import { LimitReached } from '../limits.js';
import type { Logger } from '../log.js';
import { toBinding } from '../operations/records.js';
import type { Binding } from '../../partner-api/dealer.js';
import type {
  AuditEntry,
  BindingStatus,
  Environment,
  OutboxEntry,
  Store,
  StoredBinding,
} from '../store/store.js';
import { isSameEnvironment } from '../store/environment.js';
import { isTransient } from '../upstream/transient.js';
import type { Standing, Standings } from '../upstream/standing.js';

interface Dependencies {
  readonly store: Store;
  readonly standings: Standings;
  readonly environment: Environment;
  readonly logger: Logger;
  readonly clock: () => number;
}

interface Found {
  readonly status: BindingStatus;
  readonly binding?: Binding;
}

/**
 * Finds out whether accounts are still connected. A binding becomes `lost` only on an explicit statement by
 * CHeKT, and is never deleted here.
 */
export class BindingChecks {
  readonly #deps: Dependencies;

  constructor(deps: Dependencies) {
    this.#deps = deps;
  }

  /**
   * Whether the binding was made with another API or client, so that the current credentials cannot tell
   * anything about it.
   */
  isForeign(stored: StoredBinding): boolean {
    return !isSameEnvironment(stored, this.#deps.environment);
  }

  /**
   * Asks CHeKT and stores the answer.
   * @returns the current status
   * @throws {LimitReached} before any request is sent
   */
  async check(stored: StoredBinding): Promise<BindingStatus> {
    if (this.isForeign(stored)) return 'unchecked';
    const { store, clock } = this.#deps;
    const account = stored.binding.externalDealerId;
    const { status, binding } = await this.#look(stored);
    const now = clock();
    const tells =
      status !== stored.status && (status === 'lost' || status === 'unreachable') ? status : undefined;
    const committed = await store.commit({
      now,
      change: { kind: 'mark', account, sequence: stored.sequence, status, ...(binding ? { binding } : {}) },
      audit: tells ? [auditOf(stored, tells, now)] : [],
      outbox: tells ? [eventOf(stored, tells, now)] : [],
    });
    if (committed.status !== 'committed') return (await store.findBinding({ account }))?.status ?? status;
    return status;
  }

  async #look(stored: StoredBinding): Promise<Found> {
    const { standings } = this.#deps;
    const { dealerId, externalDealerId } = stored.binding;
    try {
      const standing = await standings.of(dealerId, externalDealerId);
      return await this.#judge(standing, stored);
    } catch (error) {
      if (error instanceof LimitReached || !isTransient(error)) throw error;
      return { status: unproven(stored.status) };
    }
  }

  async #judge(standing: Standing, stored: StoredBinding): Promise<Found> {
    const { dealerId, externalDealerId, connectedAt, connectedBy } = stored.binding;
    switch (standing.is) {
      case 'account': {
        const binding = toBinding(standing.dealer, externalDealerId, { connectedAt, connectedBy });
        return { status: 'connected', binding };
      }
      case 'other-account':
      case 'not-connected':
        return { status: 'lost' };
      case 'ambiguous': {
        if (stored.status === 'lost' || stored.status === 'unreachable') return { status: stored.status };
        const isControlled = await this.#deps.standings.isControlled(standing.token, dealerId);
        return { status: isControlled ? 'unreachable' : 'unchecked' };
      }
    }
  }
}

/** The status when there is no reliable answer: an earlier statement by CHeKT still holds. */
function unproven(status: BindingStatus): BindingStatus {
  return status === 'connected' ? 'unchecked' : status;
}

function auditOf(
  { binding, traceId }: StoredBinding,
  status: 'lost' | 'unreachable',
  at: number,
): AuditEntry {
  return {
    at,
    action: `binding.${status}`,
    actor: null,
    person: null,
    externalDealerId: binding.externalDealerId,
    dealerId: binding.dealerId,
    companyName: binding.companyName,
    traceId,
    requestId: null,
    code: null,
    apiCode: null,
    outcome: null,
  };
}

function eventOf(
  { binding, traceId }: StoredBinding,
  type: 'lost' | 'unreachable',
  occurredAt: number,
): OutboxEntry {
  return { type, occurredAt, externalDealerId: binding.externalDealerId, binding, traceId, actor: null };
}
