import { identifier, number, object, optional, parse, string, text } from '../partner-api/fields.js';

/** The successful answer of a token endpoint (RFC 6749 §5.1), with fields that an opaque token cannot carry. */
export interface TokenResponse {
  /** Absent in service mode, because the platform's service keeps it. */
  readonly access_token?: string;
  readonly token_type?: string;
  /** Seconds from now. */
  readonly expires_in?: number;
  /** Space-separated. */
  readonly scope?: string;
  /** Never used. Read only so that it is masked if a host passes it by mistake. */
  readonly refresh_token?: string;
  /** OpenID Connect; read for display only. */
  readonly id_token?: string;
  /** OpenID Connect. Tells one person from another if the tokens cannot. */
  readonly sub?: string;
  readonly name?: string;
  readonly email?: string;
  readonly company_name?: string;
  readonly dealer_id?: string | number;
  /** Opaque, 1–64 characters of `[A-Za-z0-9._~-]`, no secret: one per completed sign-in, the same through every refresh. */
  readonly sign_in_id?: string;
  /** The platform's account that this authorization is for. */
  readonly external_dealer_id?: string;
}

const signInId = (value: unknown) => string(value)?.match(/^[\w.~-]{1,64}$/)?.[0];

const tokenResponseSchema = object({
  access_token: optional(string),
  token_type: optional(string),
  expires_in: optional(number),
  scope: optional(text),
  refresh_token: optional(string),
  id_token: optional(string),
  sub: optional(string),
  name: optional(text),
  email: optional(text),
  company_name: optional(string),
  dealer_id: optional((value) => text(typeof value === 'number' ? `${value}` : value)),
  sign_in_id: optional(signInId),
  external_dealer_id: optional(string),
  error: optional(identifier),
});

/** Parses a token response. @returns undefined if it is not an object */
export function parseTokenResponse(value: unknown): TokenResponse | undefined {
  return parse(tokenResponseSchema, value);
}
