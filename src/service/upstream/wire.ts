import * as z from 'zod/mini';

/**
 * What the service reads of CHeKT's answers, tolerantly: unknown fields are ignored, and an optional field of the wrong
 * type counts as absent (the Partner API is a draft).
 */
export interface Dealer {
  readonly dealerId: number;
  readonly externalDealerId?: string;
  readonly companyName: string;
  readonly companyAddress1?: string;
  readonly companyAddress2?: string;
  readonly companyEmail?: string;
  readonly companyPhoneNumber?: string;
  readonly createdAt?: string;
}

export interface WireError {
  /** `error.code` of CHeKT's envelope; where it is absent, the answer is perhaps not CHeKT's at all. */
  readonly code?: string;
  readonly requestId?: string;
  readonly field?: string;
}

const text = z.catch(z.optional(z.string().check(z.minLength(1))), undefined);
const word = z.catch(z.optional(z.string().check(z.regex(/^[\w.:-]{1,64}$/))), undefined);
/** A number on some pages of CHeKT's, a numeric string on others. */
const dealerId = z.pipe(
  z.union([z.number(), z.string().check(z.regex(/^\d+$/))]),
  z.pipe(z.transform(Number), z.int().check(z.positive())),
);

const dealer = z.object({
  dealer_id: dealerId,
  external_dealer_id: text,
  company_name: z.string().check(z.trim(), z.minLength(1)),
  company_address1: text,
  company_address2: text,
  company_email: text,
  company_phone_number: text,
  created_at: text,
});
const envelope = z.object({ error: z.object({ code: word, request_id: word, field: word }) });

export function parseDealerId(value: unknown): number | undefined {
  return dealerId.safeParse(value).data;
}

export function parseDealer(body: string): Dealer | undefined {
  const wire = dealer.safeParse(parseJson(body)).data;
  return (
    wire && {
      dealerId: wire.dealer_id,
      companyName: wire.company_name,
      ...given('externalDealerId', wire.external_dealer_id),
      ...given('companyAddress1', wire.company_address1),
      ...given('companyAddress2', wire.company_address2),
      ...given('companyEmail', wire.company_email),
      ...given('companyPhoneNumber', wire.company_phone_number),
      ...given('createdAt', wire.created_at),
    }
  );
}

export function parseError(body: string): WireError {
  const { code, request_id: requestId, field } = envelope.safeParse(parseJson(body)).data?.error ?? {};
  return { ...given('code', code), ...given('requestId', requestId), ...given('field', field) };
}

function given<K extends string>(key: K, value: string | undefined): { readonly [P in K]?: string } {
  return value === undefined ? {} : ({ [key]: value } as { [P in K]: string });
}

/** A JSON value, or undefined where it is none. */
export function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** CHeKT's answers are objects; what is none is perhaps a gateway's page. */
export function isJsonObject(body: string): boolean {
  const value = parseJson(body);
  return typeof value === 'object' && value !== null;
}
