import { identifier, object, optional, parse } from './fields.js';

const envelopeSchema = object({
  error: object({
    code: optional(identifier),
    request_id: optional(identifier),
    field: optional(identifier),
  }),
});
const oauthErrorSchema = object({ error: optional(identifier) });

/** What an error body says, whatever its shape; all of it may be missing. */
export interface WireError {
  readonly apiCode?: string;
  readonly requestId?: string;
  readonly field?: string;
  /** It came in CHeKT's own envelope, so CHeKT has answered and not something on the way. */
  readonly isEnvelope: boolean;
}

/** Reads CHeKT's envelope or the flat error of RFC 6749 §5.2. The `message` is for CHeKT's own logs and is not kept. */
export function parseWireError(body: unknown): WireError {
  const { code, request_id: requestId, field } = parse(envelopeSchema, body)?.error ?? {};
  const apiCode = code ?? parse(oauthErrorSchema, body)?.error;
  return { apiCode, requestId, field, isEnvelope: code !== undefined };
}
