import type { Account } from '../sample-data/accounts.js';
import { accountBySubject } from '../sample-data/accounts.js';
import { clientById } from '../sample-data/clients.js';
import { dealerById } from '../sample-data/dealers.js';

const PARTNER_CLAIM = 'https://api.chektdev.com/claims/partner';

/** What a token says about the person or the dealer app that it stands for. */
export function issuedClaims(subject: string, clientId: string): Record<string, unknown> {
  const account = accountBySubject(subject);
  if (account) return personClaims(account);
  const client = clientById(clientId);
  if (client?.kind !== 'dealer-app') return {};
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
