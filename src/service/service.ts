import { runChecks, type Finding } from './check.js';
import { sessionKey } from './caller.js';
import { compose } from './compose.js';
import type { ReconcileResult } from './due/reconcile.js';
import type { DueResult } from './due/run-due.js';
import { createApp } from './http/app.js';
import type { ChektServiceOptions } from './options.js';
import {
  PlatformRecords,
  type AuditQuery,
  type AuditRecord,
  type PlatformBinding,
} from './platform-records.js';
import { parseOptions } from './settings.js';
import type { DisconnectResult } from './platform-records.js';
import { withKnownFailures } from './store/failures.js';
import type { Page } from './store/store.js';

export interface FetchContext {
  /** The framework's own request object, passed to `authenticate` unchanged. */
  readonly native?: unknown;
  /** Keeps a runtime that would stop after the answer alive for hooks and revocations. */
  readonly waitUntil?: (work: Promise<unknown>) => void;
}

/** Who caused the change, for the audit trail. */
export interface ActorOption {
  readonly id: string;
  readonly name?: string;
}

export interface ChektService {
  /** Answers requests below `basePath`, and with 404 elsewhere. Bound, so it can be passed on by itself. */
  readonly fetch: (request: Request, context?: FetchContext) => Promise<Response>;
  /** Whether the path is below `basePath`. */
  readonly owns: (path: string) => boolean;
  readonly bindings: {
    /** The stored binding; null if there is none. Does not ask CHeKT. */
    readonly get: (externalDealerId: string) => Promise<PlatformBinding | null>;
    /** By account, 100 a page (`limit`, at most 1,000); pass `next` as `after`. */
    readonly list: (query?: {
      readonly after?: string;
      readonly limit?: number;
    }) => Promise<Page<PlatformBinding>>;
    /**
     * Removes the record whatever CHeKT says, and audits that. Resolves with false if there was none.
     * @throws {TypeError} without an actor
     */
    readonly forget: (
      externalDealerId: string,
      by: { readonly actor: ActorOption; readonly note?: string },
    ) => Promise<boolean>;
  };
  /**
   * Disconnects the account's dealer at CHeKT and audits `actor`.
   * @throws {TypeError} without an actor
   */
  readonly disconnect: (
    externalDealerId: string,
    by: { readonly actor: ActorOption },
  ) => Promise<DisconnectResult>;
  /** Asks CHeKT about every binding. Default: 120 requests a minute. */
  readonly reconcile: (options?: { readonly requestsPerMinute?: number }) => Promise<ReconcileResult>;
  /**
   * Oldest first.
   * @throws {TypeError} for an unreadable date
   */
  readonly audit: (query?: AuditQuery) => Promise<Page<AuditRecord>>;
  /** Replaces the people in the account's audit rows and binding by pseudonyms. */
  readonly erase: (externalDealerId: string) => Promise<void>;
  /** Checks the set-up with requests that change nothing at the issuers and CHeKT. Needs nobody to be signed in. */
  readonly check: () => Promise<readonly Finding[]>;
  /**
   * Does what is due until `budgetMs` (default 20,000) is over, in turns. Safe from cron and from many processes.
   * @throws the store's error if it cannot be used
   */
  readonly runDue: (options?: { readonly budgetMs?: number }) => Promise<DueResult>;
  /** Runs `runDue` now and again 15 s after each run ends; errors are logged. */
  readonly start: () => Promise<void>;
  /** Ends that, and waits for the run in progress and background work. */
  readonly stop: () => Promise<void>;
  /**
   * For your logout: ends the dealers' sign-ins of this login. Pass the `Request` if the service uses its own
   * cookie.
   */
  readonly endSession: (session: { readonly sessionId: string } | Request) => Promise<void>;
}

/**
 * Creates the platform's server half of `<chekt-connect>`.
 * @throws {TypeError} that names each missing or wrong option
 */
export function createChektService<Native = unknown>(options: ChektServiceOptions<Native>): ChektService {
  const given = parseOptions(options);
  given.store.checkOrigin(given.origin);
  const settings = { ...given, store: withKnownFailures(given.store) };
  const parts = compose(settings);
  const app = createApp(parts);
  const records = new PlatformRecords(parts);
  const { basePath } = settings;
  const owns = (path: string) => path === basePath || path.startsWith(`${basePath}/`);

  return {
    owns,
    fetch: async (request, { native, waitUntil } = {}) =>
      owns(new URL(request.url).pathname)
        ? app.fetch(request, { native, waitUntil })
        : new Response(null, { status: 404 }),
    bindings: {
      get: (id) => records.get(id),
      list: (query) => records.list(query),
      forget: (id, by) => records.forget(id, by),
    },
    disconnect: (id, by) => records.disconnect(id, by),
    reconcile: (pace) => parts.reconciliation.all(pace),
    audit: (query) => records.audit(query),
    erase: (id) => records.erase(id),
    check: () => runChecks(parts),
    runDue: (budget) => parts.dueWork.run(budget),
    start: () => parts.dueWork.start(),
    stop: async () => {
      await parts.dueWork.stop();
      parts.aftermath.begin();
      await parts.background.ended();
    },
    async endSession(session) {
      const id = session instanceof Request ? parts.cookie.readFrom(session) : session.sessionId;
      if (id === undefined) return;
      await parts.store.endSession({ session: await sessionKey(id), now: settings.clock() });
      parts.background.run('revocation', parts.revocations.runBatch());
    },
  };
}
