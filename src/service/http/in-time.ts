import { REQUEST_TIMEOUT } from '../../partner-api/retry.js';
import type { Answer } from '../upstream/partner-api.js';
import { upstreamUnavailable } from './refusal.js';

/** Milliseconds within which a relayed request is answered: the element waits a second more, for the network. */
export const ANSWER_WITHIN = REQUEST_TIMEOUT - 1_000;

/**
 * Answers with the result of work that may make several upstream calls of up to 6 s each. If the work takes
 * too long, the answer is a 502. The intent is already written by then, so the work goes on, and a repeat
 * with the same key gets its answer.
 * @param goesOn receives the work that has not ended in time
 */
export async function answerInTime(
  work: Promise<Answer>,
  goesOn: (work: Promise<Answer>) => void,
): Promise<Answer> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<Answer>((resolve) => {
    timer = setTimeout(() => {
      goesOn(work);
      resolve(upstreamUnavailable('CHeKT did not answer in time.'));
    }, ANSWER_WITHIN);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
