import type { DealerId } from '../sample-data/dealers.js';

/** Who changed, or tried to change, which binding. */
export interface AuditEntry {
  readonly time: string;
  readonly action: 'connect' | 'disconnect';
  /** `recorded`, or the code of the refusal. */
  readonly outcome: string;
  readonly subject: string;
  readonly clientId: string;
  readonly dealerId: DealerId | null;
  readonly externalDealerId: string | null;
  readonly traceId: string | null;
  /** `null` if it was not caused by a request to the Partner API. */
  readonly requestId: string | null;
}

export class AuditTrail {
  #entries: AuditEntry[] = [];

  add(entry: AuditEntry): void {
    this.#entries.push(entry);
  }

  list(): readonly AuditEntry[] {
    return this.#entries;
  }

  clear(): void {
    this.#entries = [];
  }
}
