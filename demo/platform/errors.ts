/**
 * CHeKT's error envelope, also for the platform's own refusals: the element then has one shape to read,
 * whoever answered. `code` is for programs, `message` for developers; the element has its own words for people.
 */
export function errorBody(code: string, message: string, field?: string) {
  return { error: { code, message, ...(field === undefined ? {} : { field }) } };
}

export const platformSessionEnded = errorBody(
  'platform_session_ended',
  'Nobody is signed in to the platform with this cookie.',
);

/**
 * CHeKT gave no answer that can be relied on. It becomes a 502, never a 4xx: a 4xx would tell the element that
 * nothing was recorded, and after a lost answer nobody knows that. The element then repeats with the same key.
 */
export class UpstreamError extends Error {
  override readonly name = 'UpstreamError';
}
