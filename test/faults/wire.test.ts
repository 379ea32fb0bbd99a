import { expect } from '@open-wc/testing';
import type { Answer } from '../wire/wire.js';
import { catalogue } from './catalogue.js';
import { connected, failed, success, type Row } from './row.js';
import type { Scene } from './scene.js';

const reset = (at: 'before-request-recorded' | 'after-request-recorded' | 'during-body'): Answer => ({
  ...success,
  fault: { kind: 'reset', at },
});
const stall = (at: 'before-headers' | 'after-headers'): Answer => ({
  ...success,
  fault: { kind: 'stall', at },
});
const huge = (declared: boolean): Answer => ({
  ...success,
  fault: { kind: 'huge', megabytes: 50, declared },
});

/** Redirects are not followed, so nothing arrives at their target. */
const redirects: Row[] = [301, 302, 303, 307, 308].flatMap((status) =>
  (['same-origin', 'other-origin'] as const).map((redirect) => ({
    name: `${status} to ${redirect === 'same-origin' ? 'the same' : 'another'} origin`,
    answers: [{ status, redirect }, success],
    ends: failed('invalid-response', 'unknown'),
    requests: 1,
  })),
);

/** When the element stops reading, WebKitGTK has already read ahead; Chromium and Firefox have not. */
const readsAhead = /AppleWebKit/.test(navigator.userAgent) && !/Chrome/.test(navigator.userAgent);
const boundedReading = async ({ wire }: Scene) => {
  for (const { bytesSent } of await wire.requests())
    if (!readsAhead) expect(bytesSent).to.be.below(40 * 1024 * 1024);
};

catalogue('wire', [
  {
    name: 'connection refused',
    host: ({ wire }) => ({ apiBaseUrl: wire.refusedUrl }),
    ends: failed('network', 'unknown'),
    requests: 0,
    tries: 5,
  },
  {
    name: 'reset before the request was recorded, once',
    answers: [reset('before-request-recorded'), success],
    ends: connected,
    requests: 2,
  },
  {
    name: 'reset before the request was recorded, always',
    answers: [reset('before-request-recorded')],
    ends: failed('network', 'unknown'),
    requests: 5,
  },
  {
    name: 'reset after the request was recorded, once: the lost answer',
    answers: [reset('after-request-recorded'), success],
    ends: connected,
    requests: 2,
  },
  {
    name: 'reset after the request was recorded, always',
    answers: [reset('after-request-recorded')],
    ends: failed('network', 'unknown'),
    requests: 5,
  },
  {
    name: 'reset in the middle of the answer, once',
    answers: [reset('during-body'), success],
    ends: connected,
    requests: 2,
  },
  {
    name: 'stall before the headers, once',
    answers: [stall('before-headers'), success],
    wire: { ownPort: true },
    ends: connected,
    requests: 2,
  },
  {
    name: 'stall before the headers, always',
    answers: [stall('before-headers')],
    wire: { ownPort: true },
    ends: failed('timeout', 'unknown'),
    requests: [3, 5],
  },
  {
    name: 'stall after the headers, once',
    answers: [stall('after-headers'), success],
    wire: { ownPort: true },
    ends: connected,
    requests: 2,
  },
  {
    name: 'stall after the headers, always',
    answers: [stall('after-headers')],
    wire: { ownPort: true },
    ends: failed('timeout', 'unknown'),
    requests: [3, 5],
  },
  {
    name: 'stall in the middle of a refusal: its status is enough',
    answers: [
      {
        status: 403,
        body: '{"error":{"code":"permission_denied"}}',
        fault: { kind: 'stall', at: 'after-headers' },
      },
    ],
    wire: { ownPort: true },
    ends: failed('forbidden', 'not-applied'),
  },
  {
    name: 'truncated body, once',
    answers: [{ ...success, fault: { kind: 'truncated' } }, success],
    ends: connected,
    requests: 2,
  },
  {
    name: 'truncated body, always',
    answers: [{ ...success, fault: { kind: 'truncated' } }],
    // WebKitGTK takes an early end for the end of the body
    ends: failed(['network', 'invalid-response'], 'unknown'),
    requests: [2, 5],
  },
  {
    name: 'a body that drips, in time',
    answers: [{ ...success, fault: { kind: 'drip', bytes: 40, everyMs: 5 } }],
    ends: connected,
  },
  {
    name: 'a body that drips longer than an attempt may take, once',
    answers: [{ ...success, fault: { kind: 'drip', bytes: 2, everyMs: 40 } }, success],
    wire: { ownPort: true },
    ends: connected,
    requests: 2,
  },
  {
    name: '50 MB, announced',
    answers: [huge(true)],
    wire: { ownPort: true },
    ends: failed('invalid-response', 'unknown'),
    requests: 2,
    also: boundedReading,
  },
  {
    name: '50 MB, not announced',
    answers: [huge(false)],
    wire: { ownPort: true },
    ends: failed('invalid-response', 'unknown'),
    requests: 2,
    also: boundedReading,
  },
  {
    name: '50 MB of refusal',
    answers: [{ ...huge(false), status: 400 }],
    wire: { ownPort: true },
    ends: failed('invalid-request', 'not-applied'),
    also: boundedReading,
  },
  {
    name: 'preflight refused',
    answers: [{ preflight: 'refused' }],
    ends: failed('network', 'unknown'),
    requests: 0,
    tries: 5,
  },
  {
    name: 'preflight reset, once',
    answers: [{ preflight: 'reset' }, success],
    ends: connected,
    tries: 2,
  },
  {
    name: 'preflight that stalls, once',
    answers: [{ preflight: 'stall' }, success],
    wire: { ownPort: true },
    ends: connected,
    tries: 2,
    leavesOpen: true,
  },
  {
    name: 'CORS header missing from the answer, once',
    answers: [{ ...success, cors: false }, success],
    ends: connected,
    requests: 2,
  },
  {
    name: 'CORS header missing from the answer, always',
    answers: [{ ...success, cors: false }],
    ends: failed('network', 'unknown'),
    requests: 5,
  },
  {
    name: 'an answer that is not HTTP',
    answers: [{ fault: { kind: 'not-http' } }],
    ends: failed('network', 'unknown'),
    requests: 5,
  },
  { name: 'a slow answer, in time', answers: [{ ...success, delayMs: 300 }], ends: connected },
  ...redirects,
]);
