import { expect } from '@open-wc/testing';
import type { Answer, RecordedRequest } from '../wire/wire.js';
import { catalogue } from './catalogue.js';
import { connected, failed, refusal, success, type Row } from './row.js';
import { speedOf } from './scene.js';
import { words } from './words.js';

const waiting = (value: string, status = 429): Answer => ({
  ...refusal(status, 'rate_limited'),
  headers: { 'Retry-After': value },
});
const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000).toUTCString();

/** Milliseconds between the first two requests. */
const gap = ([first, second]: readonly RecordedRequest[]) => second!.time - first!.time;
/** At least this many seconds at this speed, less the tolerance for the server's clock. */
const atLeast =
  (seconds: number): Row['also'] =>
  async ({ puts, row }) =>
    expect(gap(await puts())).to.be.at.least((seconds * 1000) / speedOf(row) - 15);
/** Only the backoff, which is at most half a second at first. */
const soon: Row['also'] = async ({ puts }) => expect(gap(await puts())).to.be.below(2_000);

/** Expects that the attempt ends at once with a countdown, and that nothing can be sent until it is over. */
const countdown =
  (text: string): Row['also'] =>
  async ({ element, text: shown, press, part, wire, lastError }) => {
    expect(shown()).to.contain(words('tryAgainIn', { time: text }));
    expect(part('connect-button')!.getAttribute('aria-disabled')).to.equal('true');
    await press('connect-button');
    const refused = await element.connect().catch((error: unknown) => error);
    expect(refused).to.equal(lastError());
    expect(await wire.requests()).to.have.length(1);
  };

const ignored: readonly (readonly [string, Answer])[] = [
  ['absent', refusal(429, 'rate_limited')],
  ['not exposed by CORS', { ...waiting('3600'), exposedHeaders: [] }],
  ['negative', waiting('-5')],
  ['garbage', waiting('soon')],
  ['empty', waiting('')],
  ['a fraction', waiting('1.5')],
  ['an exponent', waiting('9e9')],
  ['hexadecimal', waiting('0xffff')],
  ['two values', waiting('3600, 7200')],
  ['a date without its day', waiting('3600 GMT')],
];

const tooLong: readonly (readonly [string, string, string])[] = [
  ['31 seconds', '31', '31 seconds'],
  ['10 minutes', '600', '10 minutes'],
  ['a year: asked again after an hour', '31536000', '60 minutes'],
  ['four hundred nines', '9'.repeat(400), '60 minutes'],
];

catalogue('Retry-After', [
  ...ignored.map(([name, answer]): Row => ({
    name: `${name}: backoff`,
    answers: [answer, success],
    ends: connected,
    requests: 2,
    also: soon,
  })),
  ...[429, 503].map((status): Row => ({
    name: `5 seconds with ${status} is obeyed`,
    answers: [waiting('5', status), success],
    ends: connected,
    requests: 2,
    also: atLeast(5),
  })),
  { name: '0 seconds', answers: [waiting('0'), success], ends: connected, requests: 2, also: soon },
  {
    name: 'a date in 7 seconds is obeyed',
    // computed when the row runs
    get answers() {
      return [waiting(inSeconds(7)), success];
    },
    ends: connected,
    requests: 2,
    also: atLeast(5),
  },
  {
    name: 'a date in the past',
    answers: [waiting('Sun, 06 Nov 1994 08:49:37 GMT'), success],
    ends: connected,
    requests: 2,
    also: soon,
  },
  {
    name: 'a date in the past, in the form of RFC 850',
    answers: [waiting('Sunday, 06-Nov-94 08:49:37 GMT'), success],
    ends: connected,
    requests: 2,
    also: soon,
  },
  ...tooLong.map(([name, value, text]): Row => ({
    name: `${name}: a countdown, not a wait`,
    answers: [waiting(value), success],
    ends: failed('rate-limited', 'not-applied'),
    requests: 1,
    also: countdown(text),
  })),
  {
    name: 'a date in ten years: a countdown, not a wait',
    answers: [waiting('Wed, 21 Oct 2037 07:28:00 GMT'), success],
    ends: failed('rate-limited', 'not-applied'),
    requests: 1,
    also: countdown('60 minutes'),
  },
  {
    name: '40 seconds with 503: a countdown, and the outcome is unknown',
    answers: [waiting('40', 503), success],
    ends: failed('server', 'unknown', { retryAfter: 40 }),
    requests: 1,
    also: countdown('40 seconds'),
  },
  {
    name: '1 second, always',
    answers: [waiting('1')],
    ends: failed('rate-limited', 'not-applied', { retryAfter: 1 }),
    requests: 5,
    also: atLeast(1),
  },
  {
    name: 'an hour with a refusal that is final: no countdown',
    answers: [waiting('3600', 403)],
    ends: failed('forbidden', 'not-applied', { retryAfter: undefined }),
    also: ({ text }) => expect(text()).not.to.contain(words('tryAgainIn', { time: '' }).slice(0, 20)),
  },
]);
