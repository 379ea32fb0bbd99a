import type { ChektConnectErrorCode, ChektConnectOutcome } from './errors.js';

/** One logical operation, as plain data. Its ids stay the same through every repeat, even if the person repeats it. */
export interface Operation {
  /** `x-partner-trace-id`: UUID v4. */
  readonly traceId: string;
  /** `Idempotency-Key`: belongs to one payload and one sign-in. */
  readonly idempotencyKey: string;
  /** The sign-in that the key belongs to, if the service names it. */
  readonly signInId?: string;
  /** HTTP requests sent so far. */
  readonly sent: number;
  /** Every HTTP request so far was answered with a 4xx, so CHeKT has changed nothing. */
  readonly onlyRefused: boolean;
}

/** An operation while its requests run. */
export interface RunningOperation {
  operation: Operation;
}

export function newOperation(): Operation {
  return { traceId: uuid(), idempotencyKey: uuid(), sent: 0, onlyRefused: true };
}

export function outcomeOf({ onlyRefused }: Operation): ChektConnectOutcome {
  return onlyRefused ? 'not-applied' : 'unknown';
}

/** The same operation for another sign-in: a new key, the same trace id. */
export function withNewKey(operation: Operation, signInId?: string): Operation {
  return { ...operation, idempotencyKey: uuid(), signInId };
}

/** One HTTP request of connect or disconnect, as `diagnostics()` shows it. */
export interface AttemptRecord {
  readonly operation: 'connect' | 'disconnect';
  readonly traceId: string;
  /** ISO 8601. */
  readonly startedAt: string;
  /** Milliseconds. */
  readonly duration: number;
  /** HTTP status (0: a redirect, which is not followed), or why there is none. */
  readonly result: number | Extract<ChektConnectErrorCode, 'timeout' | 'network'>;
  readonly requestId?: string;
}

/** UUID v4 (RFC 9562 §5.4). Not `crypto.randomUUID`, which exists in secure contexts only: a staging page may not be one. */
function uuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  let hex = '';
  // not Array.from: some pages replace it by one that ignores the mapping function (prototype #338)
  for (const byte of bytes) hex += byte.toString(16).padStart(2, '0');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
