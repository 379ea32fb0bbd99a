import type { Context } from 'hono';
import { refusal } from '../http/refusal.js';
import type { Answer } from '../upstream/partner-api.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const KEY = /^[\x21-\x7e]{8,255}$/;

const keyRequired = refusal(
  400,
  'idempotency_key_required',
  'Idempotency-Key must be 8 to 255 visible ASCII characters.',
);

/**
 * Reads the headers that make an operation traceable and repeatable from the browser to CHeKT. No other
 * header is passed on.
 */
export function readOperationHeaders(
  c: Context,
): { readonly key: string; readonly traceId: string } | { readonly refused: Answer } {
  const key = c.req.header('Idempotency-Key') ?? '';
  if (!KEY.test(key)) return { refused: keyRequired };
  const traceId = c.req.header('x-partner-trace-id') ?? '';
  return { key, traceId: UUID.test(traceId) ? traceId : crypto.randomUUID() };
}
