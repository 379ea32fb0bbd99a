import type { Answer } from '../upstream/partner-api.js';
import { upstreamUnavailable } from './refusal.js';

/** Milliseconds in which a relayed request is answered: the element waits 8 s, and 1 s is for the way. */
export const ANSWER_WITHIN = 7_000;

/**
 * The answer of work that may make several upstream calls, each of which ends within 6 s. A late one is a 502: the intent is
 * written, so the work goes on, and a repeat with the same key gets its answer.
 * @param goesOn is given the work that has not ended in time
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
