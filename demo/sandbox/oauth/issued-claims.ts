import type { Account } from '../sample-data/accounts.js';
import { accountBySubject } from '../sample-data/accounts.js';
import { clientById } from '../sample-data/clients.js';
import { dealerById } from '../sample-data/dealers.js';
import { PARTNER_CLAIM } from './issuers.js';
import type { PartnerClaim } from './partner-claim.js';

/** The claims of a token about the person, dealer app or dealer that it stands for. */
export function issuedClaims(
  subject: string,
  clientId: string,
  partner?: PartnerClaim,
): Record<string, unknown> {
  const account = accountBySubject(subject);
  if (account) return personClaims(account);
  const client = clientById(clientId);
  if (client?.kind !== 'dealer-app') return partner ? { [PARTNER_CLAIM]: partner } : {};
  const [site] = dealerById(client.dealerId)?.sites ?? [];
  return { [PARTNER_CLAIM]: { dealer_id: String(client.dealerId), site_id: String(site?.id ?? '') } };
}

export function personClaims(account: Account): Record<string, string> {
  return {
    name: account.name,
    email: account.email,
    company_name: dealerById(account.dealerId)?.companyName ?? '',
    dealer_id: String(account.dealerId),
  };
}
