import type { Binding } from '../binding.js';
import type { Config } from '../config.js';
import { settle, type Operation, type Put } from './operation.js';
import { parseDealer, parseError } from './schemas.js';

type Call = Pick<Put, 'authorize' | 'secrets' | 'onAttempt'>;

/**
 * `PUT /partner/v1/dealers/connect`.
 * @returns the binding as CHeKT recorded it; an answer for another id than was sent counts as unreadable
 * @throws {ChektConnectError}
 */
export function connectDealer(
  operation: Operation,
  { apiBaseUrl, externalDealerId, fetch, timeout }: Config,
  companyName: string,
  call: Call,
): Promise<Binding> {
  const put: Put = {
    ...call,
    fetch,
    timeout,
    kind: 'connect',
    url: `${apiBaseUrl}/partner/v1/dealers/connect`,
    body: JSON.stringify({ external_dealer_id: externalDealerId, company_name: companyName }),
  };
  return settle(operation, put, ({ status, body }) => {
    const binding = status < 300 ? parseDealer(body) : undefined;
    return binding?.externalDealerId === externalDealerId ? binding : undefined;
  });
}

/**
 * `PUT /partner/v1/dealers/{dealerId}/disconnect`, through the platform's relay. What a success looks like is open: any 2xx
 * will do, and a 404 of CHeKT itself says that the binding is gone already.
 * @throws {ChektConnectError}
 */
export function disconnectDealer(
  operation: Operation,
  { disconnectBaseUrl, fetch, timeout }: Config,
  dealerId: number,
  call: Call,
): Promise<true> {
  const url = `${disconnectBaseUrl}/partner/v1/dealers/${dealerId}/disconnect`;
  return settle(
    operation,
    { ...call, fetch, timeout, kind: 'disconnect', url },
    ({ status, body }) => status < 300 || parseError(body).isEnvelope || undefined,
  );
}
