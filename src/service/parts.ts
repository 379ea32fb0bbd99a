import type { Background } from './background.js';
import type { Callers } from './caller.js';
import type { Aftermath } from './due/aftermath.js';
import type { BindingChecks } from './due/binding-checks.js';
import type { Outbox } from './due/outbox.js';
import type { Reports } from './due/reports.js';
import type { Revocations } from './due/revocations.js';
import type { Limits } from './limits.js';
import type { DealerSignIn } from './oauth/dealer-sign-in.js';
import type { Grants } from './oauth/grants.js';
import type { ConnectOperations } from './operations/connect.js';
import type { Disconnecting } from './operations/disconnecting.js';
import type { Journal } from './operations/journal.js';
import type { Recovery } from './operations/recovery.js';
import type { Sealing } from './sealing.js';
import type { Settings } from './settings.js';
import type { Environment, Store } from './store/store.js';
import type { Standings } from './upstream/standing.js';

/** The dependencies of the routes, created once by compose.ts. */
export interface Parts {
  readonly settings: Settings;
  readonly store: Store;
  readonly sealing: Sealing;
  readonly environment: Environment;
  readonly callers: Callers;
  readonly signIn: DealerSignIn;
  readonly grants: Grants;
  readonly limits: Limits;
  readonly standings: Standings;
  readonly journal: Journal;
  readonly connects: ConnectOperations;
  readonly disconnecting: Disconnecting;
  readonly checks: BindingChecks;
  readonly recovery: Recovery;
  readonly reports: Reports;
  readonly outbox: Outbox;
  readonly revocations: Revocations;
  readonly aftermath: Aftermath;
  readonly background: Background;
}
