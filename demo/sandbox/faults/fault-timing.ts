import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer } from '../exchange/answers.js';
import { faultAnswer } from './fault-answers.js';
import type { Fault } from './faults.js';

/** Thrown where the connection ends without an answer. */
export class Unanswered extends Error {
  readonly reset: boolean;

  constructor(reset: boolean) {
    super('The request gets no answer.');
    this.reset = reset;
  }
}

/** Whether the fault strikes before the work is done. */
export function strikesBefore(fault: Fault): boolean {
  return fault.kind === 'reset-before' || ('when' in fault && fault.when === 'before');
}

/**
 * What a fault does before the work. An answer means that the work is not done; `gone` ends when the caller
 * has hung up.
 */
export async function strikeBefore(
  fault: Fault | undefined,
  requestId: string,
  gone: AbortSignal,
): Promise<Answer | undefined> {
  if (!fault || !strikesBefore(fault)) return undefined;
  await pause(fault.delay, gone);
  if (fault.kind === 'delay') await pause(fault.ms, gone);
  if (fault.kind === 'reset-before') throw new Unanswered(true);
  if (fault.kind === 'stall') await hangUp(gone);
  return faultAnswer(fault, requestId);
}

/** Waits; ends early when the caller hangs up, without making a difference to what follows. */
export async function pause(ms: number | undefined, gone: AbortSignal): Promise<void> {
  if (ms) await sleep(ms, undefined, { signal: gone }).catch(() => undefined);
}

/** Never answers. */
export async function hangUp(gone: AbortSignal): Promise<never> {
  if (!gone.aborted) await new Promise((resolve) => gone.addEventListener('abort', resolve, { once: true }));
  throw new Unanswered(false);
}
