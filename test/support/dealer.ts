import type { Binding } from '../../src/index.js';

/** The wire's name of a field: `company_address1` for `companyAddress1`. */
type WireName<Name extends string> = Name extends `${infer First}${infer Rest}`
  ? `${First extends Lowercase<First> ? First : `_${Lowercase<First>}`}${WireName<Rest>}`
  : Name;

/** What the host adds to a binding. */
type OfHost = 'connectedAt' | 'connectedBy';

/** The sample dealer as CHeKT answers it. A new field of `Binding` does not compile until it is here. */
export const fullDealer = {
  dealer_id: 12345,
  external_dealer_id: 'adc-67890',
  company_name: 'Acme Security Systems, Inc.',
  company_address1: '100 Main Street',
  company_address2: 'Suite 5',
  company_email: 'office@acme.example',
  company_phone_number: '+1 555 0100',
  created_at: '2024-05-01T10:00:00Z',
} satisfies Record<WireName<Exclude<keyof Binding, OfHost>>, unknown>;

/** The binding of the sample dealer, with every field. */
export const fullBinding = {
  dealerId: fullDealer.dealer_id,
  externalDealerId: fullDealer.external_dealer_id,
  companyName: fullDealer.company_name,
  companyAddress1: fullDealer.company_address1,
  companyAddress2: fullDealer.company_address2,
  companyEmail: fullDealer.company_email,
  companyPhoneNumber: fullDealer.company_phone_number,
  createdAt: fullDealer.created_at,
  connectedAt: '2026-03-02T12:00:00Z',
  connectedBy: 'Dana Reyes',
} satisfies Required<Binding>;
