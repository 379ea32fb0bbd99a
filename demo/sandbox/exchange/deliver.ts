import type { ServerResponse } from 'node:http';
import type { Answer } from './answers.js';
import { faultAnswer } from '../faults/fault-answers.js';
import { hangUp, pause, strikesBefore, Unanswered } from '../faults/fault-timing.js';
import type { Fault } from '../faults/faults.js';

export interface Delivery {
  readonly answer: Answer;
  readonly fault: Fault | undefined;
  readonly requestId: string;
  readonly gone: AbortSignal;
}

/** Writes an answer to the connection, damaged as the fault says. Returns the status that was sent. */
export async function deliver(response: ServerResponse, delivery: Delivery): Promise<number> {
  const { answer, fault, gone, requestId } = delivery;
  if (!fault || strikesBefore(fault)) return write(response, answer);
  await pause(fault.delay, gone);
  if (fault.kind === 'delay') await pause(fault.ms, gone);
  if (gone.aborted) throw new Unanswered(false);
  switch (fault.kind) {
    case 'reset-after':
      throw new Unanswered(true);
    case 'stall':
      return hangUp(gone);
    case 'stall-body':
      writeHead(response, answer);
      response.write(firstHalf(answer.body));
      return hangUp(gone);
    case 'truncated':
      writeHead(response, answer);
      response.write(firstHalf(answer.body), () => response.socket?.destroy());
      return answer.status;
    case 'invalid-json':
      return write(response, { ...answer, body: firstHalf(answer.body) || '{' });
    case 'drip':
      return drip(response, answer, fault.ms, gone);
    case 'no-cors':
      return write(response, { ...answer, headers: without(/^access-control-/i, answer.headers) });
    default: {
      const replaced = faultAnswer(fault, requestId);
      if (!replaced) return write(response, answer);
      return write(response, {
        ...replaced,
        headers: { ...without(/^content-type$/i, answer.headers), ...replaced.headers },
      });
    }
  }
}

function write(response: ServerResponse, answer: Answer): number {
  writeHead(response, answer);
  response.end(answer.body);
  return answer.status;
}

function writeHead(response: ServerResponse, { status, headers, body }: Answer): void {
  const length: Record<string, number> = status === 204 ? {} : { 'Content-Length': Buffer.byteLength(body) };
  response.writeHead(status, { ...headers, ...length });
}

async function drip(
  response: ServerResponse,
  answer: Answer,
  ms: number,
  gone: AbortSignal,
): Promise<number> {
  writeHead(response, answer);
  for (const byte of Buffer.from(answer.body)) {
    if (gone.aborted) throw new Unanswered(false);
    response.write(Buffer.of(byte));
    await pause(ms, gone);
  }
  response.end();
  return answer.status;
}

function without(name: RegExp, headers: Answer['headers']): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([candidate]) => !name.test(candidate)));
}

function firstHalf(body: string): string {
  return body.slice(0, Math.floor(body.length / 2));
}
