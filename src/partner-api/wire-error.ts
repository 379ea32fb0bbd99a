import { identifier, object, optional, parse } from './fields.js';

const envelopeSchema = object({
  error: object({
    code: optional(identifier),
    request_id: optional(identifier),
    field: optional(identifier),
  }),
});
const oauthErrorSchema = object({ error: optional(identifier) });

/** The codes of a 404 with which CHeKT says that there is nothing to disconnect. Any other 404 says nothing about the binding. */
export const NOT_CONNECTED_CODES: readonly string[] = [
  'dealer_not_connected',
  'connection_not_found',
  'binding_not_found',
];

/** The errors of OpenID Connect Core §3.1.2.6 that mean "nobody is signed in". */
export const SIGN_IN_REQUIRED_ERRORS: readonly string[] = [
  'login_required',
  'consent_required',
  'interaction_required',
  'account_selection_required',
];

/** What an error body says, in either shape. All of it may be missing. */
export interface WireError {
  readonly apiCode?: string;
  readonly requestId?: string;
  readonly field?: string;
  /** It came in CHeKT's own envelope, so it is CHeKT's answer and not that of a proxy or a framework. */
  readonly isEnvelope: boolean;
}

/** Parses CHeKT's envelope or the flat error of RFC 6749 §5.2. The `message` is for CHeKT's own logs and is dropped. */
export function parseWireError(body: unknown): WireError {
  const { code, request_id: requestId, field } = parse(envelopeSchema, body)?.error ?? {};
  const apiCode = code ?? parse(oauthErrorSchema, body)?.error;
  return { apiCode, requestId, field, isEnvelope: code !== undefined };
}
