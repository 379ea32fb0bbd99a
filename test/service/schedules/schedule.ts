import fc from 'fast-check';
import type { Switches } from './model/chekt.js';
import { FAULTS, type Fault } from './model/network.js';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/**
 * What happens next. Tabs 0 and 1 belong to the first person, 2 and 3 to the second; `who` signs in with
 * CHeKT.
 */
export type Action =
  | { readonly do: 'sign-in'; readonly tab: number; readonly who: number }
  | {
      readonly do: 'authorize';
      readonly tab: number;
      readonly who: number;
      readonly decision: 'allow' | 'deny';
    }
  | { readonly do: 'connect'; readonly tab: number; readonly looks: boolean }
  | {
      readonly do: 'come-back' | 'repeat' | 'disconnect' | 'session' | 'switch-account';
      readonly tab: number;
    }
  | { readonly do: 'look'; readonly tab: number; readonly reason: 'initial' | 'expired' | 'rejected' }
  | { readonly do: 'misuse'; readonly tab: number; readonly of: number }
  | { readonly do: 'log-out' | 'log-in'; readonly tab: number }
  | { readonly do: 'portal' | 'revoke-all'; readonly who: number }
  | { readonly do: 'programme'; readonly account: number }
  | { readonly do: 'fault'; readonly on: 'api' | 'issuer'; readonly fault: Fault }
  | { readonly do: 'failing-hooks'; readonly times: number }
  | { readonly do: 'run-due' | 'reconcile' | 'kill' }
  | { readonly do: 'time'; readonly ms: number };

export interface Step {
  readonly action: Action;
  /** The instance that it meets. */
  readonly at: number;
  /** How many steps of the services are made before the next action; Infinity: until nothing is left to happen. */
  readonly then: number;
}

export interface Schedule {
  readonly switches: Switches;
  readonly steps: readonly Step[];
  /** Chooses which of the waiting steps is next. */
  readonly order: number;
}

const tab = fc.nat(3);
const who = fc.nat(2);
const one = <const Name extends string>(name: Name) => fc.constant(name);
const of = <T>(weight: number, arbitrary: fc.Arbitrary<T>) => ({ weight, arbitrary });

const action: fc.Arbitrary<Action> = fc.oneof(
  of(6, fc.record({ do: one('sign-in'), tab, who })),
  of(1, fc.record({ do: one('authorize'), tab, who, decision: fc.constantFrom('allow', 'allow', 'deny') })),
  of(7, fc.record({ do: one('connect'), tab, looks: fc.boolean() })),
  of(3, fc.record({ do: one('repeat'), tab })),
  of(3, fc.record({ do: one('disconnect'), tab })),
  of(1, fc.record({ do: fc.constantFrom('come-back', 'session', 'switch-account'), tab })),
  of(2, fc.record({ do: one('look'), tab, reason: fc.constantFrom('initial', 'expired', 'rejected') })),
  of(1, fc.record({ do: one('misuse'), tab, of: tab })),
  of(2, fc.record({ do: fc.constantFrom('log-out', 'log-in'), tab })),
  of(2, fc.record({ do: fc.constantFrom('portal', 'portal', 'revoke-all'), who })),
  of(2, fc.record({ do: one('programme'), account: fc.nat(1) })),
  of(
    5,
    fc.record({
      do: one('fault'),
      on: fc.constantFrom('api', 'api', 'issuer'),
      fault: fc.constantFrom(...FAULTS),
    }),
  ),
  of(1, fc.record({ do: one('failing-hooks'), times: fc.integer({ min: 1, max: 3 }) })),
  of(4, fc.record({ do: fc.constantFrom('run-due', 'run-due', 'reconcile', 'kill', 'kill', 'kill') })),
  of(
    3,
    fc.record({
      do: one('time'),
      ms: fc.constantFrom(5 * SECOND, 31 * SECOND, 61 * SECOND, 16 * MINUTE, HOUR, 9 * HOUR, 25 * HOUR),
    }),
  ),
);

const step: fc.Arbitrary<Step> = fc.record({
  action,
  at: fc.nat(1),
  then: fc.oneof(of(2, fc.nat(40)), of(3, fc.constant(Infinity))),
});

export const schedules: fc.Arbitrary<Schedule> = fc.record({
  switches: fc.record({
    keys: fc.constantFrom('remembered', 'remembered', 'forgotten'),
    unboundDealer: fc.constantFrom('not-connected', 'forbidden'),
    sameId: fc.constantFrom('ok', 'conflict'),
    otherId: fc.constantFrom('replace', 'conflict'),
    idTaken: fc.constantFrom('replace', 'conflict'),
  }),
  steps: fc.array(step, { minLength: 8, maxLength: 22, size: 'max' }),
  order: fc.integer(),
});
