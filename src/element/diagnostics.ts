import type { Redaction } from '../authorization/redaction.js';
import type { ChektConnectError } from '../partner-api/errors.js';
import type { AttemptRecord } from '../partner-api/operation.js';
import type { ConnectState } from '../session/state.js';
import { version } from '../version.js';
import type { Options } from './host-options.js';

/** A snapshot for a bug report, of the current embed only: safe to publish, and to turn into JSON. */
export interface Diagnostics {
  readonly version: string;
  readonly state: ConnectState;
  /** Null while nothing valid was set. URLs go without their query, which is the host's own. */
  readonly configuration: Readonly<Record<string, string | number | boolean | undefined>> | null;
  /** The latest HTTP attempts of connect and disconnect, oldest first; twenty at most. */
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
  void cause; // it says no more than the attempts do
  return redaction.data<Diagnostics>({
    version,
    state,
    configuration: options ? configurationOf(options) : null,
    attempts: [...attempts],
    lastError: lastError && error,
  });
}

/** What can be shown as it is; URLs go without their query, and of a function only that it is one. */
function configurationOf(options: Options): Diagnostics['configuration'] {
  const shown = Object.entries(options).map(([name, value]: [string, unknown]) => {
    if (value instanceof URL) return [name, value.origin + value.pathname];
    return [name, typeof value === 'function' ? 'function' : value];
  });
  return Object.fromEntries(
    shown.filter(([, value]) => typeof value !== 'object'),
  ) as Diagnostics['configuration'];
}
