import type { AttemptRecord, RunningOperation } from '../../partner-api/operation.js';
import { putUntilSettled } from '../../partner-api/put-until-settled.js';
import { parseWireError } from '../../partner-api/wire-error.js';
import type { SessionOptions } from '../options.js';

/** CHeKT's words for "there is nothing to disconnect". Any other 404 says nothing about the binding. */
const GONE = ['dealer_not_connected', 'connection_not_found', 'binding_not_found'];

function saysGone(body: unknown): boolean {
  const { isEnvelope, apiCode = '' } = parseWireError(body);
  return isEnvelope && GONE.includes(apiCode);
}

export interface DisconnectEffect extends RunningOperation {
  readonly options: SessionOptions;
  readonly dealerId: number;
  readonly onAttempt: (record: AttemptRecord) => void;
}

/**
 * `PUT /partner/v1/dealers/{dealerId}/disconnect`, through the platform's relay, for the account that is displayed.
 * What a success looks like is open, so any 2xx will do.
 * @throws {ChektConnectError}
 */
export function disconnect(effect: DisconnectEffect): Promise<true> {
  const { options, dealerId, onAttempt } = effect;
  const { disconnectBaseUrl, externalDealerId, fetch, timeout } = options;
  const account = `external_dealer_id=${encodeURIComponent(externalDealerId)}`;
  return putUntilSettled(
    effect,
    {
      kind: 'disconnect',
      url: `${disconnectBaseUrl}/partner/v1/dealers/${dealerId}/disconnect?${account}`,
      headers: { 'X-Requested-With': 'XMLHttpRequest' },
      fetch,
      timeout,
      onAttempt,
    },
    ({ status, body }) => status < 300 || saysGone(body) || undefined,
  );
}
