import { $ZodObject, $ZodTransform, type $ZodShape, type ParsePayload, type output } from 'zod/v4/core';
import type { Binding } from '../binding.js';
import { plainText } from '../plain-text.js';
import type { TokenResponse } from '../token-response.js';

/**
 * The wire, read tolerantly: unknown fields are dropped, and an optional field of the wrong type is as good as absent (the
 * Partner API is a draft, version 0.8). Only what the element stands on is required. Zod's core, which `zod/mini` wraps too,
 * is two thirds of the size, and probes no `eval`.
 */

type Read<T> = (value: unknown) => T | undefined;

const transform = <T>(read: (value: unknown, payload: Pick<ParsePayload, 'issues'>) => T) =>
  new $ZodTransform({ type: 'transform', transform: read }) as $ZodTransform<T>;

const optional = <T>(read: Read<T>) => transform((value) => read(value));

const required = <T>(read: Read<T>) =>
  transform((input, { issues }) => {
    const value = read(input);
    if (value === undefined) issues.push({ code: 'custom', input });
    return value as T;
  });

const object = <S extends $ZodShape>(shape: S) =>
  new $ZodObject({ type: 'object', shape }) as unknown as $ZodObject<S>;

/** What `safeParse` does, without the making of messages that nobody reads. Schemas that the start does not need are made when used. */
function parse<S extends $ZodObject>(schema: S, input: unknown): output<S> | undefined {
  const { value, issues } = schema._zod.run({ value: input, issues: [] }, {}) as ParsePayload<output<S>>;
  return issues.length ? undefined : value;
}

const string: Read<string> = (value) => (typeof value === 'string' ? value : undefined);
/** What a person may read; never empty. */
const text: Read<string> = (value) => plainText(string(value) ?? '') || undefined;
/** What a machine made, and support can be given. */
const word: Read<string> = (value) => string(value)?.match(/^[\w.:-]{1,64}$/)?.[0];
const number: Read<number> = (value) =>
  typeof value === 'number' || string(value)?.trim() ? Number(value) : undefined;
const seconds: Read<number> = (value) => (Number.isFinite(number(value)) ? number(value) : undefined);
/** A dealer id: a number here, a string on other pages of CHeKT. */
const positive: Read<number> = (value) => {
  const id = typeof value === 'string' && !/^\d+$/.test(value) ? 0 : number(value)!;
  return Number.isSafeInteger(id) && id > 0 ? id : undefined;
};

const binding = () =>
  object({
    dealerId: required(positive),
    externalDealerId: required(string),
    companyName: required(text),
    companyAddress1: optional(text),
    companyAddress2: optional(text),
    companyEmail: optional(text),
    companyPhoneNumber: optional(text),
    createdAt: optional(text),
    connectedAt: optional(text),
    connectedBy: optional(text),
  });

/** What the host gave as an existing binding, or undefined when it is not one. */
export function parseBinding(value: unknown): Binding | undefined {
  const data = parse(binding(), value);
  // absent fields are left out, so that a partner who stores it as JSON gets the same object back
  return data && Object.freeze(JSON.parse(JSON.stringify(data)) as Binding);
}

/** The dealer object of the Partner API, or undefined when it is not one: the same fields by their wire names. */
export function parseDealer(body: unknown): Binding | undefined {
  const fields = Object.entries(Object(body) as object).filter(([name]) => !/[A-Z]/.test(name));
  return parseBinding(
    Object.fromEntries(
      fields.map(([name, value]) => [
        name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase()),
        value,
      ]),
    ),
  );
}

const envelope = () =>
  object({
    error: object({ code: optional(word), request_id: optional(word), field: optional(word) }),
  });
const oauthError = () => object({ error: optional(word) });

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
  const { code, request_id: requestId, field } = parse(envelope(), body)?.error ?? {};
  return {
    apiCode: code ?? parse(oauthError(), body)?.error,
    requestId,
    field,
    isEnvelope: !!code,
  };
}

const tokenResponse = object({
  access_token: optional(string),
  token_type: optional(string),
  expires_in: optional(seconds),
  scope: optional(text),
  id_token: optional(string),
  refresh_token: optional(string),
  name: optional(text),
  email: optional(text),
  company_name: optional(text),
  dealer_id: optional((value) => text(typeof value === 'number' ? `${value}` : value)),
  sign_in_id: optional((value) => string(value)?.match(/^[\w.~-]{1,64}$/)?.[0]),
  external_dealer_id: optional((value) => (typeof value === 'number' ? `${value}` : string(value))),
});

/** RFC 6749 §5.1 with the fields for display, or undefined when it is no object. */
export function parseTokenResponse(value: unknown): TokenResponse | undefined {
  return parse(tokenResponse, value);
}
