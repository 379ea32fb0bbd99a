import type { Binding } from '../binding.js';
import { settle, type Operation, type Put } from './operation.js';
import { parseDealer, parseError } from './schemas.js';

type Call = Omit<Put, 'kind' | 'url' | 'body'>;

/**
 * `PUT /partner/v1/dealers/connect`.
 * @param baseUrl without a trailing slash
 * @returns the binding as CHeKT recorded it; an answer for another id than was sent counts as unreadable
 * @throws {ChektConnectError}
 */
export function connectDealer(
  operation: Operation,
  baseUrl: string,
  dealer: { readonly externalDealerId: string; readonly companyName: string },
  call: Call,
): Promise<Binding> {
  const put: Put = {
    ...call,
    kind: 'connect',
    url: `${baseUrl}/partner/v1/dealers/connect`,
    body: JSON.stringify({ external_dealer_id: dealer.externalDealerId, company_name: dealer.companyName }),
  };
  return settle(operation, put, ({ status, body }) => {
    const binding = status < 300 ? parseDealer(body) : undefined;
    return binding?.externalDealerId === dealer.externalDealerId ? binding : undefined;
  });
}

/**
 * `PUT /partner/v1/dealers/{dealerId}/disconnect`, through the platform's relay. What a success looks like is open: any 2xx
 * will do, and a 404 of CHeKT itself says that the binding is gone already.
 * @throws {ChektConnectError}
 */
export async function disconnectDealer(
  operation: Operation,
  baseUrl: string,
  dealerId: number,
  call: Call,
): Promise<void> {
  const put: Put = {
    ...call,
    kind: 'disconnect',
    url: `${baseUrl}/partner/v1/dealers/${dealerId}/disconnect`,
  };
  await settle(
    operation,
    put,
    ({ status, body }) => status < 300 || parseError(body).isEnvelope || undefined,
  );
}
