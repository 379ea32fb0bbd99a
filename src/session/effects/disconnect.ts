import { putUntilSettled } from '../../partner-api/put-until-settled.js';
import { NOT_CONNECTED_CODES, parseWireError } from '../../partner-api/wire-error.js';
import type { Attempt } from './attempt.js';

function saysNotConnected(body: unknown): boolean {
  const { isEnvelope, apiCode = '' } = parseWireError(body);
  return isEnvelope && NOT_CONNECTED_CODES.includes(apiCode);
}

/**
 * Sends `PUT /partner/v1/dealers/{dealerId}/disconnect` to the platform's relay, for the account that is displayed.
 * CHeKT's API does not specify the successful answer, so any 2xx counts.
 * @throws {ChektConnectError}
 */
export async function disconnect(attempt: Attempt): Promise<void> {
  const { options, subject: dealerId, onAttempt } = attempt;
  const { disconnectBaseUrl, externalDealerId, fetch, timeout } = options;
  const account = `external_dealer_id=${encodeURIComponent(externalDealerId)}`;
  await putUntilSettled(
    attempt,
    {
      kind: 'disconnect',
      url: `${disconnectBaseUrl}/partner/v1/dealers/${dealerId}/disconnect?${account}`,
      headers: { 'X-Requested-With': 'XMLHttpRequest' },
      fetch,
      timeout,
      onAttempt,
    },
    ({ status, body }) => status < 300 || saysNotConnected(body) || undefined,
  );
}
