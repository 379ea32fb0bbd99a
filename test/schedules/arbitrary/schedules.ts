import * as fc from 'fast-check';
import type { PressStep, Schedule, Step, WorldOptions } from '../schedule.js';
import { account, change, hold, one, person, putFault, questionFault, tab, world } from './parts.js';

const press = fc.record({ do: one('press'), tab, button: one('connect') });
const session = fc.record({ do: one('change'), change });
const failure = fc.record({ do: one('fail put'), fault: putFault });

/** Any single step. */
function step(world: WorldOptions): fc.Arbitrary<Step> {
  return fc.oneof(
    { weight: 12, arbitrary: fc.record({ do: one('press'), tab, button: one('connect', 'disconnect') }) },
    { weight: 9, arbitrary: session },
    { weight: 5, arbitrary: failure },
    { weight: 2, arbitrary: fc.record({ do: one('fail question'), fault: questionFault(world) }) },
    { weight: 3, arbitrary: fc.record({ do: one('type'), tab, name: one('Acme Security', 'Harbor Alarm') }) },
    {
      weight: 5,
      arbitrary: fc.record({ do: one('show'), tab, by: one('hidden', 'visible', 'focus', 'pageshow') }),
    },
    {
      weight: 2,
      arbitrary: fc.record({ do: one('source'), tab, source: one('token-url', 'getAccessToken') }),
    },
    { weight: 1, arbitrary: fc.record({ do: one('account'), tab, account }) },
    { weight: 3, arbitrary: fc.record({ do: one('reload', 'reset', 'hold attempt'), tab }) },
    { weight: 4, arbitrary: fc.record({ do: one('hold'), tab, hold: hold(world) }) },
    { weight: 3, arbitrary: one({ do: 'release' }, { do: 'release' }, { do: 'refuse' }) },
    { weight: 3, arbitrary: fc.record({ do: one('wait'), seconds: one(1, 6, 30) }) },
    { weight: 1, arbitrary: one({ do: 'say less' }) },
  );
}

/** The session changes while a request of an attempt is on its way. */
function during(world: WorldOptions): fc.Arbitrary<Step[]> {
  return fc
    .record({ press, hold: hold(world), session })
    .map(({ press, hold, session }) => [
      { do: 'hold', tab: press.tab, hold },
      press,
      session,
      { do: 'release' },
    ]);
}

/** The first press asks for confirmation, the second one disconnects. */
const disconnect = tab.map((tab): PressStep[] => [
  { do: 'press', tab, button: 'disconnect' },
  { do: 'press', tab, button: 'disconnect' },
]);

/** The page holds an attempt by `waitUntil`; other steps happen until it releases or refuses it. */
function held(world: WorldOptions): fc.Arbitrary<Step[]> {
  const meanwhile = fc.array(fc.oneof(session, step(world)), { minLength: 1, maxLength: 3 });
  const connect = press.map((press): PressStep[] => [press]);
  return fc
    .record({ presses: fc.oneof(connect, disconnect), meanwhile, end: one('release', 'release', 'refuse') })
    .map(({ presses, meanwhile, end }) => [
      { do: 'hold attempt', tab: presses[0]!.tab },
      ...presses,
      ...meanwhile,
      { do: end },
    ]);
}

/** Somebody goes on with another account in one tab, which the other tab does not show yet. */
const elsewhere: fc.Arbitrary<Step[]> = fc
  .record({ account, person, press })
  .map(({ account, person, press }) => [
    { do: 'change', change: { op: 'log-in', account } },
    { do: 'change', change: { op: 'sign-in', person } },
    { do: 'reload', tab: press.tab },
    press,
  ]);

/** Single steps seldom hit the critical moments, so some moves combine steps that do. */
function move(world: WorldOptions): fc.Arbitrary<readonly Step[]> {
  return fc.oneof(
    { weight: 6, arbitrary: fc.tuple(step(world)) },
    { weight: 3, arbitrary: fc.tuple(failure, press) },
    { weight: 3, arbitrary: fc.tuple(session, press) },
    { weight: 2, arbitrary: during(world) },
    { weight: 3, arbitrary: held(world) },
    { weight: 2, arbitrary: disconnect },
    { weight: 2, arbitrary: elsewhere },
  );
}

export const schedules: fc.Arbitrary<Schedule> = world.chain((world) =>
  fc.record({
    world: fc.constant(world),
    steps: fc.array(move(world), { minLength: 1, maxLength: 14, size: 'max' }).map((moves) => moves.flat()),
  }),
);
