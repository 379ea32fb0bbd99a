import { Faults } from '../faults/faults.js';
import { IdempotencyStore } from '../partner-api/idempotency.js';
import type { Clock } from '../partner-api/rate-limit.js';
import { RateLimits } from '../partner-api/rate-limit.js';
import type { Switches } from '../switches.js';
import { defaultSwitches } from '../switches.js';
import { AuditTrail } from './audit-trail.js';
import { Bindings } from './bindings.js';
import { RequestLog } from './request-log.js';

/** Everything that one tester can change, separate from all other testers. */
export class Run {
  readonly id: string;
  readonly log = new RequestLog();
  readonly audit = new AuditTrail();
  readonly faults = new Faults();
  switches: Switches = defaultSwitches;
  bindings = new Bindings();
  idempotency: IdempotencyStore;
  rateLimits: RateLimits;
  readonly now: Clock;

  constructor(id: string, now: Clock) {
    this.id = id;
    this.now = now;
    this.idempotency = new IdempotencyStore(now);
    this.rateLimits = new RateLimits(now);
  }

  /** The time of CHeKT's clock as an HTTP date. */
  date(): string {
    return new Date(Date.now() + this.switches.clockOffset * 1000).toUTCString();
  }

  /** Restores the initial data. Listeners of the log stay, so an open page keeps watching. */
  reset(): void {
    this.log.clear();
    this.audit.clear();
    this.faults.set([]);
    this.switches = defaultSwitches;
    this.bindings = new Bindings();
    this.idempotency = new IdempotencyStore(this.now);
    this.rateLimits = new RateLimits(this.now);
  }
}
