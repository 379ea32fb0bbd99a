import type { Binding } from '../binding.js';
import type { Config } from '../config.js';
import { settle, type Operation, type Put } from './operation.js';
import { parseDealer, parseError } from './schemas.js';

type Call = Pick<Put, 'authorize' | 'secrets' | 'onAttempt'>;

/** CHeKT's own words for: there is no such binding (any more). Any other 404 says nothing of the dealer. */
const GONE = ['dealer_not_connected', 'connection_not_found', 'binding_not_found'];

/**
 * `PUT /partner/v1/dealers/connect`.
 * @returns the binding as CHeKT recorded it; an answer for another id than was sent counts as unreadable
 * @throws {ChektConnectError}
 */
export function connectDealer(
  operation: Operation,
  { apiBaseUrl, serviceMode, externalDealerId, fetch, timeout }: Config,
  companyName: string,
  call: Call,
): Promise<Binding> {
  const put: Put = {
    ...call,
    fetch,
    timeout,
    kind: 'connect',
    mayChangeSignIn: serviceMode,
    url: `${apiBaseUrl}/partner/v1/dealers/connect`,
    body: JSON.stringify({ external_dealer_id: externalDealerId, company_name: companyName }),
  };
  return settle(operation, put, ({ status, body }) => {
    const binding = status < 300 ? parseDealer(body) : undefined;
    return binding?.externalDealerId === externalDealerId
      ? Object.freeze(call.secrets.maskFields(binding))
      : undefined;
  });
}

/**
 * `PUT /partner/v1/dealers/{dealerId}/disconnect`, through the platform's relay. What a success looks like is open: any 2xx
 * will do, and a 404 of CHeKT itself may say that the binding is gone already. The relay learns which account was displayed.
 * @throws {ChektConnectError}
 */
export function disconnectDealer(
  operation: Operation,
  { disconnectBaseUrl, externalDealerId, fetch, timeout }: Config,
  dealerId: number,
  call: Call,
): Promise<true> {
  const account = new URLSearchParams({ external_dealer_id: externalDealerId });
  const url = `${disconnectBaseUrl}/partner/v1/dealers/${dealerId}/disconnect?${account}`;
  return settle(operation, { ...call, fetch, timeout, kind: 'disconnect', url }, ({ status, body }) => {
    const { isEnvelope, apiCode = '' } = parseError(body);
    return status < 300 || (isEnvelope && GONE.includes(apiCode)) || undefined;
  });
}
