import type { Config } from './config.js';
import type { ChektConnectError } from './errors.js';
import type { ConnectState } from './events.js';
import type { AttemptRecord } from './partner-api/operation.js';
import { version } from './version.js';

/** A snapshot for a bug report: safe to publish, and to turn into JSON. */
export interface Diagnostics {
  readonly version: string;
  readonly state: ConnectState;
  /** Null while the host has not said enough. */
  readonly configuration: Readonly<Record<string, string | number | boolean | undefined>> | null;
  /** The latest HTTP attempts of connect and disconnect, oldest first. */
  readonly attempts: readonly AttemptRecord[];
  readonly lastError: Readonly<Record<string, string | number | boolean | undefined>> | null;
}

/** URLs go without their query, which is the host's own. */
const address = (url: URL | undefined) => url && url.origin + url.pathname;

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
          externalDealerId: config.externalDealerId,
          platformName: config.platformName,
          platformScope: config.platformScope,
          mode: config.serviceMode ? 'service' : 'browser',
          apiBaseUrl: config.apiBaseUrl,
          source: config.source instanceof URL ? address(config.source) : config.source && 'getAccessToken',
          authorizeUrl: address(config.authorizeUrl),
          disconnectBaseUrl: config.disconnectBaseUrl,
          timeout: config.timeout,
        }
      : null,
    attempts: attempts.slice(),
    lastError: error && {
      message: error.message,
      ...(error as unknown as Diagnostics['lastError']),
      stack: undefined,
    },
  };
}
