import * as fc from 'fast-check';
import type { Hold, PutFault, QuestionFault, SessionChange, WorldOptions } from '../schedule.js';

/** One of these values, with its literal type. */
export const one = <const T extends readonly unknown[]>(...values: T): fc.Arbitrary<T[number]> =>
  fc.constantFrom(...values);
export const tab = one(0, 1);
export const account = one(0, 1);
export const person = one('dana', 'mira');

export const change: fc.Arbitrary<SessionChange> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ op: one('sign-in'), person }) },
  { weight: 2, arbitrary: fc.record({ op: one('log-in'), account }) },
  { weight: 2, arbitrary: one({ op: 'revoke' }) },
  { weight: 1, arbitrary: one({ op: 'sign-out' }) },
  { weight: 1, arbitrary: one({ op: 'log-out' }) },
);

const perhaps = fc.option(change, { nil: undefined });

export const putFault: fc.Arbitrary<PutFault> = fc.oneof(
  fc.record({
    answer: one<PutFault['answer'][]>('as usual', 'lost', 500, 503),
    carriedOut: fc.boolean(),
    then: perhaps,
  }),
  fc.record({ answer: one(401, 409, 429), carriedOut: one(false), then: perhaps }),
);

/**
 * If a service issues no `sign_in_id`, the element asks its source before every PUT, which leaves a gap between that answer and the
 * PUT. Only `sign_in_id` closes it (SECURITY.md, Consent), so schedules change nothing in the gap.
 */
function leavesGap({ mode, signInIds }: WorldOptions): boolean {
  return mode !== 'browser' && !signInIds;
}

export function questionFault(world: WorldOptions): fc.Arbitrary<QuestionFault> {
  return fc.record({
    answer: one<QuestionFault['answer'][]>('as usual', 'lost', 503),
    then: leavesGap(world) ? one(undefined) : perhaps,
  });
}

export function hold(world: WorldOptions): fc.Arbitrary<Hold> {
  const holds: Hold[] = [
    { kind: 'put', at: 'back' },
    { kind: 'question', at: 'there' },
    { kind: 'session', at: 'back' },
  ];
  if (!leavesGap(world)) holds.push({ kind: 'put', at: 'there' }, { kind: 'question', at: 'back' });
  return one(...holds);
}

export const world: fc.Arbitrary<WorldOptions> = fc.record({
  mode: one('browser', 'browser', 'service', 'service', 'service-url'),
  signInIds: fc.boolean(),
  says: one('everything', 'person', 'name', 'email', 'name and company'),
  sub: fc.boolean(),
  lifetime: one(3600, 20),
  otherAccount: one('refused', 'told'),
  rebinds: fc.boolean(),
  signedIn: one('dana', 'dana', 'dana', 'nobody'),
  accountNames: fc.boolean(),
  companyName: one('', 'Name of the page'),
});
