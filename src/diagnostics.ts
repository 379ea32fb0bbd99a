import type { Config } from './config.js';
import type { ChektConnectError } from './errors.js';
import type { ConnectState } from './events.js';
import type { AttemptRecord } from './partner-api/operation.js';
import { version } from './version.js';

/** A snapshot for a bug report: safe to publish, and to turn into JSON. */
export interface Diagnostics {
  readonly version: string;
  readonly state: ConnectState;
  /** Null while there is nothing valid to be told. */
  readonly configuration: Readonly<Record<string, string | number | boolean | undefined>> | null;
  /** The latest HTTP attempts of connect and disconnect, oldest first. */
  readonly attempts: readonly AttemptRecord[];
  /** Its own fields, without its cause. */
  readonly lastError: Omit<ChektConnectError, 'cause'> | null;
}

/** URLs go without their query, which is the host's own. */
const address = (url: unknown) => (url instanceof URL ? url.origin + url.pathname : undefined);

export function diagnose(
  state: ConnectState,
  config: Config | undefined,
  attempts: readonly AttemptRecord[],
  error: ChektConnectError | null,
): Diagnostics {
  return {
    version,
    state,
    configuration: config
      ? {
          ...config,
          source: address(config.source) ?? typeof config.source,
          authorizeUrl: address(config.authorizeUrl),
          fetch: undefined,
        }
      : null,
    attempts: [...attempts],
    lastError: error && { ...error, message: error.message },
  };
}
