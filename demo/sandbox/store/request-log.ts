import type { FaultKind, Operation } from '../faults/faults.js';

/** A request as the sandbox saw it. It contains no token; `caller` says who called. */
export interface LogEntry {
  readonly id: number;
  readonly time: string;
  readonly method: string;
  readonly path: string;
  readonly operation: Operation | null;
  /** `null`: the connection ended without an answer. */
  readonly status: number | null;
  readonly durationMs: number;
  readonly traceId: string | null;
  readonly requestId: string;
  readonly idempotencyKey: string | null;
  /** How many times this key has been used, including this time; `null` without a key. */
  readonly attempt: number | null;
  /** Whether the answer came from the idempotency store. */
  readonly replayed: boolean;
  readonly caller: string | null;
  readonly authorization: string | null;
  readonly origin: string | null;
  readonly fault: FaultKind | null;
  /** The form of a token request without its secrets; `null` for other requests. */
  readonly parameters: Readonly<Record<string, string>> | null;
  /**
   * Why an issuer refused, if its answer does not say: the part that Auth0 shows only in the tenant's log.
   */
  readonly detail: string | null;
}

const KEPT = 1000;

export class RequestLog {
  #entries: LogEntry[] = [];
  #lastId = 0;
  readonly #attempts = new Map<string, number>();
  readonly #listeners = new Set<(entry: LogEntry) => void>();

  /** Counts another use of a key. */
  attempt(key: string): number {
    const attempt = (this.#attempts.get(key) ?? 0) + 1;
    this.#attempts.set(key, attempt);
    return attempt;
  }

  add(entry: Omit<LogEntry, 'id'>): void {
    const numbered = { id: ++this.#lastId, ...entry };
    this.#entries = [...this.#entries.slice(1 - KEPT), numbered];
    for (const listener of this.#listeners) listener(numbered);
  }

  list(): readonly LogEntry[] {
    return this.#entries;
  }

  subscribe(listener: (entry: LogEntry) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  clear(): void {
    this.#entries = [];
    this.#attempts.clear();
  }
}
