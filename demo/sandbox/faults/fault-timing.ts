import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer } from '../exchange/answers.js';
import { faultAnswer } from './fault-answers.js';
import type { Fault } from './faults.js';

/** Thrown when the connection ends without an answer. */
export class Unanswered extends Error {
  readonly reset: boolean;

  constructor(reset: boolean) {
    super('The request gets no answer.');
    this.reset = reset;
  }
}

/** Whether the fault applies before the work is done. */
export function strikesBefore(fault: Fault): boolean {
  return fault.kind === 'reset-before' || ('when' in fault && fault.when === 'before');
}

/**
 * Applies a fault before the work. If it returns an answer, the work is not done. `gone` is aborted when the
 * caller closes the connection.
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

/** Waits, or returns early if the caller closes the connection. */
export async function pause(ms: number | undefined, gone: AbortSignal): Promise<void> {
  if (ms) await sleep(ms, undefined, { signal: gone }).catch(() => undefined);
}

/** Holds the request without an answer until the caller closes the connection. */
export async function hangUp(gone: AbortSignal): Promise<never> {
  if (!gone.aborted) await new Promise((resolve) => gone.addEventListener('abort', resolve, { once: true }));
  throw new Unanswered(false);
}
