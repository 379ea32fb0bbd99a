import type { Person } from '../oauth/dealer-sign-in.js';
import { auditPerson, toBinding } from '../operations/records.js';
import type { Environment, Report, Store, StoredBinding } from '../store/store.js';
import { isSameEnvironment } from '../store/environment.js';
import { isTransient } from '../upstream/transient.js';
import type { Standing, Standings } from '../upstream/standing.js';

interface Dependencies {
  readonly store: Store;
  readonly standings: Standings;
  readonly environment: Environment;
  readonly clock: () => number;
}

const FIRST_RETRY = 30_000;
const LONGEST_RETRY = 60 * 60_000;
const LEASE = 30_000;
const BATCH = 10;

/** What a page reported, and who the person is if the sign-in said so. */
export type Reported = Omit<Report, 'attempts'> & {
  readonly attempts?: number;
  readonly signInId?: string;
  readonly person?: Person;
};

/**
 * Browser mode: handles a page's report that it has connected a dealer. It is stored as a binding only after
 * CHeKT confirms it.
 */
export class Reports {
  readonly #deps: Dependencies;

  constructor(deps: Dependencies) {
    this.#deps = deps;
  }

  /** @returns `kept` if CHeKT neither confirms nor denies it now */
  async look(reported: Reported): Promise<'stored' | 'denied' | 'kept'> {
    const { store, standings, environment } = this.#deps;
    if (!isSameEnvironment(reported, environment)) return this.#keep(reported);
    const before = await store.findBinding({ account: reported.account });
    let standing: Standing;
    try {
      standing = await standings.of(reported.dealerId, reported.account);
    } catch (error) {
      if (isTransient(error)) return this.#keep(reported, before);
      throw error;
    }
    if (standing.is === 'account') return this.#store(reported, standing.dealer, before);
    return standing.is === 'ambiguous' ? this.#keep(reported, before) : this.#drop(reported);
  }

  async runBatch(): Promise<{ readonly isMore: boolean }> {
    const { store, clock } = this.#deps;
    const due = await store.takeReports({ now: clock(), leaseMs: LEASE, limit: BATCH });
    for (const report of due) await this.look(report);
    return { isMore: due.length === BATCH };
  }

  /** @param known the account's binding before CHeKT was asked. If another operation has changed it since, CHeKT is asked again. */
  async #store(
    reported: Reported,
    dealer: Parameters<typeof toBinding>[0],
    known: StoredBinding | null,
  ): Promise<'stored' | 'kept'> {
    const { store, environment, clock } = this.#deps;
    const { account, reportedBy, traceId, signInId, person } = reported;
    const now = clock();
    const isSame = known?.binding.dealerId === dealer.dealerId && known.status !== 'lost';
    const since = isSame
      ? known.binding
      : { connectedAt: new Date(now).toISOString(), connectedBy: person?.name };
    const binding = toBinding(dealer, account, since);
    const happened = { at: now, externalDealerId: account, dealerId: dealer.dealerId, traceId };
    const committed = await store.commit({
      now,
      change: {
        kind: 'put',
        confirmed: true,
        replaces: known?.sequence ?? null,
        binding: {
          ...environment,
          binding,
          status: 'connected',
          statusAt: now,
          checkedAt: now,
          operationKey: null,
          traceId,
        },
      },
      ...(signInId === undefined ? {} : { retireGrant: signInId }),
      // Reporting the same binding again is not another connect.
      audit: isSame
        ? []
        : [
            {
              ...happened,
              action: 'connect.recorded',
              actor: reportedBy,
              person: person ? auditPerson(person) : null,
              companyName: dealer.companyName,
              requestId: null,
              code: null,
              apiCode: null,
              outcome: 'applied',
            },
          ],
      outbox: isSame
        ? []
        : [
            {
              type: 'connected',
              occurredAt: now,
              externalDealerId: account,
              binding,
              traceId,
              actor: reportedBy,
            },
          ],
    });
    return committed.status === 'committed' ? 'stored' : this.#keep(reported, known);
  }

  /** @param known the account's binding before CHeKT was asked: if it has been removed or ended since, the report is out of date */
  async #keep(reported: Reported, known: StoredBinding | null = null): Promise<'kept'> {
    const { store, clock } = this.#deps;
    if (known && !(await store.findBinding({ account: reported.account }))) {
      await this.#drop(reported);
      return 'kept';
    }
    const { session, actor, account, dealerId, traceId, reportedBy, createdAt } = reported;
    const { apiOrigin, clientId } = reported;
    const report = { session, actor, account, apiOrigin, clientId, dealerId, traceId, reportedBy, createdAt };
    const now = clock();
    const dueAt = now + Math.min(Math.max(FIRST_RETRY, (now - report.createdAt) / 2), LONGEST_RETRY);
    await store.commit({
      now,
      change: { kind: 'report', report: { ...report, dueAt } },
      audit: [],
      outbox: [],
    });
    return 'kept';
  }

  async #drop({ account, dealerId }: Reported): Promise<'denied'> {
    const { store, clock } = this.#deps;
    await store.commit({
      now: clock(),
      change: { kind: 'drop-report', account, dealerId },
      audit: [],
      outbox: [],
    });
    return 'denied';
  }
}
