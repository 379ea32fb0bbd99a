import * as z from 'zod/mini';
import type { Binding } from '../binding.js';
import { plainText } from '../plain-text.js';
import type { TokenResponse } from '../token-response.js';

/**
 * The wire, read tolerantly: unknown fields are dropped, and an optional field of the wrong type is as good as absent
 * (the Partner API is a draft, version 0.8). Only what the element stands on is required.
 */

const text = z.catch(
  z.optional(
    z.pipe(
      z.string(),
      z.transform((value) => plainText(value) || undefined),
    ),
  ),
  undefined,
);
const word = z.catch(z.optional(z.string().check(z.regex(/^[\w.:-]{1,64}$/))), undefined);
const requiredText = z.pipe(z.string(), z.transform(plainText)).check(z.minLength(1));
const dealerId = z.pipe(
  z.union([z.number(), z.pipe(z.string().check(z.regex(/^\d+$/)), z.transform(Number))]),
  z.int().check(z.positive()),
);

const dealer = z.object({
  dealer_id: dealerId,
  external_dealer_id: z.string(),
  company_name: requiredText,
  company_address1: text,
  company_address2: text,
  company_email: text,
  company_phone_number: text,
  created_at: text,
});

/** The dealer object of the Partner API, or undefined when it is not one. */
export function parseDealer(body: unknown): Binding | undefined {
  const { success, data } = z.safeParse(dealer, body);
  return success
    ? frozen({
        dealerId: data.dealer_id,
        externalDealerId: data.external_dealer_id,
        companyName: data.company_name,
        companyAddress1: data.company_address1,
        companyAddress2: data.company_address2,
        companyEmail: data.company_email,
        companyPhoneNumber: data.company_phone_number,
        createdAt: data.created_at,
      })
    : undefined;
}

const binding = z.object({
  dealerId,
  externalDealerId: z.string(),
  companyName: requiredText,
  companyAddress1: text,
  companyAddress2: text,
  companyEmail: text,
  companyPhoneNumber: text,
  createdAt: text,
  connectedAt: text,
  connectedBy: text,
});

/** What the host gave as an existing binding, or undefined when it is not one. */
export function parseBinding(value: unknown): Binding | undefined {
  const { success, data } = z.safeParse(binding, value);
  return success ? frozen(data) : undefined;
}

/** Without the fields that are absent, so that a partner who stores it as JSON gets the same object back. */
function frozen<T extends object>(value: T): T {
  return Object.freeze(
    Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as T,
  );
}

const nested = z.object({
  error: z.object({ code: word, request_id: word, field: word }),
});
const oauth = z.object({ error: word });

/** What an error body says, whatever its shape; all of it may be missing. */
export interface WireError {
  readonly apiCode?: string;
  readonly requestId?: string;
  readonly field?: string;
  /** It came in CHeKT's own envelope, so CHeKT itself has answered and not something on the way. */
  readonly isEnvelope: boolean;
}

/** Reads CHeKT's envelope or RFC 6749's error. The `message` is for CHeKT's own logs and is not kept. */
export function parseError(body: unknown): WireError {
  const envelope = z.safeParse(nested, body).data?.error;
  if (envelope) {
    return {
      apiCode: envelope.code,
      requestId: envelope.request_id,
      field: envelope.field,
      isEnvelope: !!envelope.code,
    };
  }
  return { apiCode: z.safeParse(oauth, body).data?.error, isEnvelope: false };
}

const stringOrNumber = z.union([z.number(), z.string()]);
const seconds = z.catch(
  z.optional(z.pipe(z.pipe(stringOrNumber, z.transform(Number)), z.number())),
  undefined,
);
const raw = z.catch(z.optional(z.string()), undefined);

const tokenResponse = z.object({
  access_token: z.optional(z.string()),
  token_type: raw,
  expires_in: seconds,
  scope: raw,
  id_token: raw,
  name: text,
  email: text,
  company_name: text,
  dealer_id: z.catch(z.optional(z.pipe(stringOrNumber, z.transform(String))), undefined),
});

/** RFC 6749 §5.1 with the fields for display, or undefined when it is not a token response. */
export function parseTokenResponse(value: unknown): TokenResponse | undefined {
  return z.safeParse(tokenResponse, value).data;
}
