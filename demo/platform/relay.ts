import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { errorBody } from './errors.js';
import type { Answer } from './partner-api.js';
import type { Session } from './sessions.js';

/** What makes an attempt traceable and repeatable from the browser through to CHeKT; no other header is passed on. */
export function passedOn(c: Context): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const name of ['Idempotency-Key', 'x-partner-trace-id']) {
    const value = c.req.header(name);
    if (value) headers[name] = value;
  }
  return headers;
}

/** CHeKT's answer as the page's answer: refusals too, so that the element can tell people what CHeKT said. */
export function relay(c: Context, { status, body, contentType, retryAfter }: Answer): Response {
  if (contentType) c.header('Content-Type', contentType);
  if (retryAfter) c.header('Retry-After', retryAfter);
  return status === 204 || status === 205
    ? c.body(null, status)
    : c.body(body, status as ContentfulStatusCode);
}

/** A refusal of the platform's own, in the shape of CHeKT's. */
export function refusal(status: number, code: string, message: string, field?: string): Answer {
  return { status, contentType: 'application/json', body: JSON.stringify(errorBody(code, message, field)) };
}

export const notThisAccount = refusal(
  403,
  'other_account',
  'That is not the account that is signed in, or not the dealer that it is connected to.',
  'external_dealer_id',
);

export const signInRequired = refusal(
  400,
  'sign_in_required',
  'Chekt-Sign-In has to name the sign-in that was displayed.',
);
export const signInChanged = refusal(409, 'sign_in_changed', 'Somebody has signed in with CHeKT since then.');

/**
 * A repeat with the same key gets the same answer. CHeKT promises that too, but not for long here: after the connect
 * the dealer's token is revoked, and a browser that lost our answer would be told to sign in although it is connected.
 */
export async function once(
  { connects }: Session,
  key: string | undefined,
  payload: readonly unknown[],
  connect: () => Promise<Answer>,
): Promise<Answer> {
  if (!key) return connect();
  const operation = JSON.stringify([key, ...payload]);
  const running = connects.get(operation) ?? connect();
  connects.set(operation, running);
  try {
    const answer = await running;
    if (answer.status > 299) connects.delete(operation);
    return answer;
  } catch (error) {
    connects.delete(operation);
    throw error;
  }
}
