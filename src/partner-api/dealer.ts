import { dealerId, object, optional, parse, required, string, text } from './fields.js';

/** The link between a dealer of CHeKT and the platform's own id of that dealer, as CHeKT recorded it. Frozen. */
export interface Binding {
  /** CHeKT's id of the dealer: a positive integer. */
  readonly dealerId: number;
  /** The platform's own id of the dealer. */
  readonly externalDealerId: string;
  /** The registered name, as CHeKT returned it. */
  readonly companyName: string;
  readonly companyAddress1?: string;
  readonly companyAddress2?: string;
  readonly companyEmail?: string;
  readonly companyPhoneNumber?: string;
  /** When the dealer was registered with CHeKT (not when it connected), as it came from the wire. */
  readonly createdAt?: string;
  /** When the dealer connected, if the host stores that: a `Date`, epoch milliseconds, or any common database or ISO form. */
  readonly connectedAt?: string | number | Date;
  /** Who connected, if the host stores that. */
  readonly connectedBy?: string;
}

/** A point in time, in any of the forms in which hosts store it. */
const moment = (value: unknown): string | number | undefined => {
  if (Object.prototype.toString.call(value) !== '[object Date]') {
    return typeof value === 'number' && Number.isFinite(value) ? value : text(value);
  }
  const time = Number(value);
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
};

const bindingSchema = object({
  dealerId: required(dealerId),
  externalDealerId: required(string),
  companyName: required(text),
  companyAddress1: optional(text),
  companyAddress2: optional(text),
  companyEmail: optional(text),
  companyPhoneNumber: optional(text),
  createdAt: optional(text),
  connectedAt: optional(moment),
  connectedBy: optional(text),
} satisfies Record<keyof Binding, unknown>);

/** Parses a binding from a host or a service. @returns undefined if it is not one */
export function parseBinding(value: unknown): Binding | undefined {
  const data = parse(bindingSchema, value);
  // leaves out absent fields, so that a partner who stores it as JSON gets an equal object back
  return data && Object.freeze(JSON.parse(JSON.stringify(data)) as Binding);
}

/** Parses the dealer object of the Partner API into a binding. @returns undefined if it is not one */
export function parseDealer(body: unknown): Binding | undefined {
  const dealer = Object(body) as Record<string, unknown>;
  return parseBinding({
    dealerId: dealer.dealer_id,
    externalDealerId: dealer.external_dealer_id,
    companyName: dealer.company_name,
    companyAddress1: dealer.company_address1,
    companyAddress2: dealer.company_address2,
    companyEmail: dealer.company_email,
    companyPhoneNumber: dealer.company_phone_number,
    createdAt: dealer.created_at,
  } satisfies Record<Exclude<keyof Binding, 'connectedAt' | 'connectedBy'>, unknown>);
}
