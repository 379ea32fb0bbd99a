import { refusal } from '../http/refusal.js';
import type { Answer } from '../upstream/partner-api.js';
import { isJsonObject, parseError } from '../upstream/wire.js';

/** Statuses that mean "not now" and say nothing about the operation. */
const PASSING = [401, 408, 425, 429];

/** What CHeKT's answer to a PUT means for the operation. */
export type Meaning = 'success' | 'refused' | 'not-now' | 'unknown';

/** @param isShared whether the PUT may be running at CHeKT a second time: it was sent before, or its lease is over */
export function meaningOf({ status, body }: Answer, isShared: boolean): Meaning {
  if (status < 300) return 'success';
  if (status >= 500) return 'unknown';
  if (PASSING.includes(status)) return 'not-now';
  if (parseError(body).code === 'idempotency_conflict' && isShared) return 'unknown';
  // A gateway's page is not CHeKT's answer. Whatever it refuses, the same operation can be repeated.
  return isJsonObject(body) ? 'refused' : 'not-now';
}

/** For the page: what is not CHeKT's (a gateway's HTML) becomes an envelope that says so. */
export function relayed(answer: Answer): Answer {
  const { status, body, retryAfter } = answer;
  if (isJsonObject(body)) return { ...answer, contentType: 'application/json' };
  if (status < 300) return { status: 204, body: '' }; // a success without a body, as after a disconnect
  const said = refusal(status, 'foreign_answer', `Not CHeKT's own answer (status ${status}).`);
  return retryAfter === undefined ? said : { ...said, retryAfter };
}
