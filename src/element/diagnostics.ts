import type { Redaction } from '../authorization/redaction.js';
import type { ChektConnectError } from '../partner-api/errors.js';
import type { AttemptRecord } from '../partner-api/operation.js';
import type { ConnectState } from '../session/state.js';
import { version } from '../version.js';
import type { Options } from './host-options.js';

/** A snapshot of the current embed for a bug report: safe to publish and to serialize as JSON. */
export interface Diagnostics {
  readonly version: string;
  readonly state: ConnectState;
  /** Null if the host has not set anything valid yet. URLs are without their query, which may be private to the host. */
  readonly configuration: Readonly<Record<string, string | number | boolean | undefined>> | null;
  /** The latest HTTP requests of connect and disconnect, oldest first; twenty at most. */
  readonly attempts: readonly AttemptRecord[];
  readonly lastError: Readonly<Record<string, unknown>> | null;
}

export interface DiagnosticsInput {
  readonly state: ConnectState;
  readonly options: Options | undefined;
  readonly attempts: readonly AttemptRecord[];
  readonly lastError: ChektConnectError | null;
}

export function diagnose({ state, options, attempts, lastError }: DiagnosticsInput, redaction: Redaction) {
  const { cause, ...error } = lastError?.toJSON() ?? {};
  void cause; // says nothing that `attempts` does not
  return redaction.data<Diagnostics>({
    version,
    state,
    configuration: options ? configurationOf(options) : null,
    attempts: [...attempts],
    lastError: lastError && error,
  });
}

/** The plain values. URLs are without their query, and of a function only the type is shown. */
function configurationOf(options: Options): Diagnostics['configuration'] {
  const shown = Object.entries(options).map(([name, value]: [string, unknown]) => {
    // before `instanceof`, which can throw: the host's function may be a proxy
    if (typeof value === 'function') return [name, 'function'];
    return [name, value instanceof URL ? value.origin + value.pathname : value];
  });
  return Object.fromEntries(
    shown.filter(([, value]) => typeof value !== 'object'),
  ) as Diagnostics['configuration'];
}
