import { afterEach, beforeEach, mock } from 'node:test';
import { ChektConnectError } from '../../../src/partner-api/errors.js';
import {
  newOperation,
  type AttemptRecord,
  type RunningOperation,
} from '../../../src/partner-api/operation.js';
import { putUntilSettled, type Put } from '../../../src/partner-api/put-until-settled.js';
import { nodeClock, type NodeClock } from '../../support/node-clock.js';

export let clock: NodeClock;
/** For a suite that waits in virtual time. */
export const withClock = () => {
  beforeEach(() => {
    clock = nodeClock();
    // the longest backoff
    mock.method(Math, 'random', () => 1);
  });
  afterEach(() => {
    clock.restore();
    mock.restoreAll();
  });
};

export type Reply = number | 'lost' | 'never' | Response;
export const json = (status: number, body: unknown, headers?: Record<string, string>) =>
  Response.json(body, { status, headers });

/** Sends a PUT to a stand-in that gives these answers in turn; the last one is repeated. */
export async function put(replies: readonly Reply[], more: Partial<Put> = {}, timeout = 30_000) {
  const running: RunningOperation = { operation: newOperation() };
  const { traceId, idempotencyKey } = running.operation;
  const sent: Headers[] = [];
  const times: number[] = [];
  const records: AttemptRecord[] = [];
  const fetch: Put['fetch'] = (_, init) => {
    const reply = replies[Math.min(sent.length, replies.length - 1)]!;
    sent.push(new Headers(init!.headers));
    times.push(performance.now());
    if (reply === 'lost') return Promise.reject(new TypeError('Failed to fetch'));
    if (reply === 'never') return new Promise(() => {});
    return Promise.resolve(typeof reply === 'number' ? new Response(null, { status: reply }) : reply.clone());
  };
  const promise = putUntilSettled(
    running,
    {
      kind: 'connect',
      url: 'https://api.chekt.com/x',
      body: '{}',
      fetch,
      timeout,
      onAttempt: (record) => records.push(record),
      ...more,
    },
    ({ body }) => (body as { result?: string } | undefined)?.result,
  );
  const result = await clock.until(promise.catch((error: unknown) => error));
  const error = result instanceof ChektConnectError ? result : undefined;
  const waits = times.slice(1).map((time, index) => time - times[index]!);
  return { result, error, sent, waits, records, running, traceId, idempotencyKey };
}
export const done = json(200, { result: 'done' });
export const inUse = json(409, { error: { code: 'idempotency_conflict' } });
