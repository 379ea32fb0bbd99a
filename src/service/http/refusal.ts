import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { Answer } from '../upstream/partner-api.js';

/**
 * Uses CHeKT's error envelope for our own refusals too, so that the element reads one shape whoever answered.
 */
export function refusal(
  status: number,
  code: string,
  message: string,
  more: { field?: string; retryAfter?: number } = {},
): Answer {
  const { field, retryAfter } = more;
  return {
    status,
    contentType: 'application/json',
    body: JSON.stringify({ error: { code, message, ...(field === undefined ? {} : { field }) } }),
    ...(retryAfter === undefined ? {} : { retryAfter: Math.max(1, Math.ceil(retryAfter)) }),
  };
}

export const signedOut = refusal(
  401,
  'platform_session_ended',
  'Nobody is signed in to the platform with this request.',
);

/** The same answer for every foreign account and dealer, so that it does not reveal which of them exist. */
export const otherAccount = refusal(
  403,
  'other_account',
  'This is not the account that is signed in, or not the dealer that it is connected to.',
  { field: 'external_dealer_id' },
);

export const superseded = refusal(
  409,
  'superseded',
  'The dealer has since been disconnected or connected again.',
);

/** The element says that it is the platform's refusal, not CHeKT's. */
export const notPermitted = refusal(403, 'not_permitted', 'The platform does not let this person do that.');

/** A 502 and not a 4xx, because the answer may have been lost: the element then repeats with the same key. */
export function upstreamUnavailable(message: string): Answer {
  return refusal(502, 'upstream_unavailable', message);
}

/** The element shows `retryAfterMs` as a countdown. */
export function rateLimited(retryAfterMs: number): Answer {
  return refusal(429, 'rate_limited', 'Too many requests now.', { retryAfter: retryAfterMs / 1000 });
}

/** To the page. */
export function send(c: Context, { status, body, contentType, retryAfter }: Answer): Response {
  if (contentType !== undefined) c.header('Content-Type', contentType);
  if (retryAfter !== undefined) c.header('Retry-After', String(retryAfter));
  return status === 204 || status === 205
    ? c.body(null, status)
    : c.body(body, status as ContentfulStatusCode);
}
