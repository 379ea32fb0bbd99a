import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Binding } from '../../src/index.js';
import {
  failureOf,
  isBusy,
  type Failure,
  type MachineEvent,
  type State,
} from '../../src/connection/state.js';
import { initialState, transition, type Effect } from '../../src/connection/transition.js';
import { ChektConnectError } from '../../src/errors.js';

const codes = ['configuration', 'unauthorized', 'forbidden', 'network', 'server', 'vetoed'] as const;
const error = fc
  .record({
    code: fc.constantFrom(...codes),
    apiCode: fc.constantFrom(undefined, 'access_denied', 'permission_denied'),
  })
  .map(({ code, apiCode }) => new ChektConnectError(code, 'Something failed.', { apiCode }));
const failure: fc.Arbitrary<Failure> = fc.record({
  error,
  repeats: fc.constantFrom(undefined, 'Acme'),
  retryAt: fc.constantFrom(undefined, 1_000),
});
const binding: fc.Arbitrary<Binding> = fc.record({
  dealerId: fc.integer({ min: 1, max: 3 }),
  externalDealerId: fc.constant('adc-67890'),
  companyName: fc.constantFrom('Acme', 'Harbor'),
});
const authorization = fc.record({ name: fc.constantFrom('Dana', 'Tom') });
const traceId = fc.constant('trace');
const type = <T extends string>(name: T) => fc.constant(name);

/** Every event there is; a new one that is not here fails to compile. */
const events: { readonly [T in MachineEvent['type']]: fc.Arbitrary<Extract<MachineEvent, { type: T }>> } = {
  configured: fc.record({ type: type('configured') }),
  misconfigured: fc.record({
    type: type('misconfigured'),
    error: fc.option(error, { nil: undefined }),
  }) as never,
  'source-changed': fc.record({ type: type('source-changed') }),
  bound: fc.record({ type: type('bound'), binding: fc.option(binding) }),
  authorization: fc.record({ type: type('authorization'), authorization: fc.option(authorization) }),
  'authorization-failed': fc.record({ type: type('authorization-failed'), error }),
  'name-missing': fc.record({ type: type('name-missing'), nameMissing: fc.boolean() }),
  confirm: fc.record({ type: type('confirm'), confirming: fc.boolean() }),
  started: fc.record({ type: type('started') }),
  slow: fc.record({ type: type('slow') }),
  connected: fc.record({ type: type('connected'), binding, typedName: fc.constant('Acme'), traceId }),
  disconnected: fc.record({ type: type('disconnected'), traceId }),
  failed: fc.record({
    type: type('failed'),
    failure,
    reason: fc.constantFrom(undefined, 'missing', 'expired', 'rejected'),
  }) as never,
  reset: fc.record({ type: type('reset') }),
};

const event: fc.Arbitrary<MachineEvent> = fc.oneof(
  ...(Object.values(events) as fc.Arbitrary<MachineEvent>[]),
);
/** Long runs of mostly useful events, so that every state is come to. */
const history = fc.array(event, { maxLength: 60, size: 'max' });

/** The data that a state may hold; a name that is missing here may not be there. */
const shapes: Record<State['name'], readonly string[]> = {
  unconfigured: ['failure'],
  authorizing: ['disconnected'],
  unauthorized: ['reason', 'failure', 'disconnected'],
  unavailable: ['failure'],
  authorized: ['authorization', 'failure', 'nameMissing', 'disconnected'],
  connecting: ['authorization', 'slow'],
  connected: ['binding', 'typedName', 'authorization', 'failure', 'confirming'],
  disconnecting: ['binding', 'authorization', 'slow'],
};
const required: Partial<Record<State['name'], readonly string[]>> = {
  unauthorized: ['reason'],
  unavailable: ['failure'],
  authorized: ['authorization'],
  connecting: ['authorization'],
  connected: ['binding'],
  disconnecting: ['binding'],
};

const calm = [
  'unconfigured',
  'authorizing',
  'unauthorized',
  'unavailable',
  'authorized',
  'connected',
] as const;
const asking = ['authorizing', 'unauthorized', 'unavailable', 'authorized'] as const;
/** In which states an event may change anything. */
const meaning: Record<MachineEvent['type'], readonly State['name'][]> = {
  configured: ['unconfigured'],
  misconfigured: calm,
  // asked at the latest when it matters
  'source-changed': [...calm, 'connecting', 'disconnecting'],
  bound: calm,
  authorization: [...asking, 'connecting'],
  'authorization-failed': asking,
  'name-missing': ['authorized'],
  confirm: ['connected'],
  started: ['authorized', 'connected'],
  slow: ['connecting', 'disconnecting'],
  connected: ['connecting'],
  disconnected: ['disconnecting'],
  failed: ['authorized', 'connecting', 'connected', 'disconnecting'],
  reset: calm,
};

/** A run that fails is made smaller for a while, then told as it is. */
const effort = { numRuns: 1_000, interruptAfterTimeLimit: 20_000 };

const typeOf = (effect: Effect) => (typeof effect === 'string' ? effect : effect.type);
const isEnd = (effect: Effect) => /^chekt-(connected|disconnected|error)$/.test(typeOf(effect));

/** Every step of a history: the state before, the event, and what came of it. */
function steps(history: readonly MachineEvent[]) {
  let state = initialState;
  return history.map((event) => {
    const before = state;
    const [after, ...effects] = transition(before, event);
    state = after;
    return { before, event, after, effects };
  });
}

const forEachStep = (check: (step: ReturnType<typeof steps>[number]) => void) =>
  fc.assert(
    fc.property(history, (events) => steps(events).forEach(check)),
    effort,
  );

describe('any sequence of events', () => {
  it('leaves each attempt with exactly one end', () => {
    fc.assert(
      fc.property(history, (events) => {
        let running = false;
        for (const { before, event, after, effects } of steps(events)) {
          const ends = effects.filter(isEnd);
          assert.ok(ends.length <= 1, `${ends.length} ends at ${event.type}`);
          assert.equal(running, isBusy(before));
          if (running) {
            const isOver = !isBusy(after);
            assert.equal(ends.length, isOver ? 1 : 0, `${event.type} in ${before.name}`);
            // a message of its own: Node would read the source for one, at every step of making a failure smaller
            if (isOver) assert.ok(['connected', 'disconnected', 'failed'].includes(event.type), event.type);
          } else if (isBusy(after)) {
            assert.equal(event.type, 'started');
            assert.deepEqual(ends, []);
          }
          running = isBusy(after);
        }
      }),
      effort,
    );
  });

  it('ends an attempt as what it was: connect never as disconnected, disconnect never as connected', () => {
    forEachStep(({ before, effects }) => {
      const ends = effects.filter(isEnd).map(typeOf);
      if (ends.includes('chekt-connected')) assert.equal(before.name, 'connecting');
      if (ends.includes('chekt-disconnected')) assert.equal(before.name, 'disconnecting');
    });
  });

  it('leaves no data in a state that has none, and none missing in one that has', () => {
    forEachStep(({ after }) => {
      const { name, ...data } = after;
      const held = Object.keys(data).filter((key) => data[key as keyof typeof data] !== undefined);
      assert.deepEqual(
        held.filter((key) => !shapes[name].includes(key)),
        [],
        name,
      );
      for (const key of required[name] ?? []) assert.ok(data[key as keyof typeof data], `${key} of ${name}`);
    });
  });

  it('gives the very same object where an event has no meaning', () => {
    forEachStep(({ before, event, after, effects }) => {
      if (meaning[event.type].includes(before.name)) return;
      assert.equal(after, before, `${event.type} in ${before.name}`);
      // that an attempt failed is told in any case: its promise rejects
      assert.equal(effects.length, event.type === 'failed' ? 1 : 0, `${event.type} in ${before.name}`);
    });
  });

  it('is not moved by an event that nobody knows', () => {
    fc.assert(
      fc.property(history, fc.string(), (events, name) => {
        const state = steps(events).at(-1)?.after ?? initialState;
        const [after, ...effects] = transition(state, { type: `unknown-${name}` } as never);
        assert.equal(after, state);
        assert.deepEqual(effects, []);
      }),
    );
  });

  it('tells that a sign-in is needed exactly on entering unauthorized', () => {
    forEachStep(({ before, after, effects, event }) => {
      const required = effects.filter((effect) => typeOf(effect) === 'chekt-authorization-required').length;
      if (after.name !== 'unauthorized') assert.equal(required, 0);
      else if (before.name !== 'unauthorized') assert.equal(required, 1, event.type);
    });
  });

  it('tells every error that it shows, and shows no error while it is busy', () => {
    forEachStep(({ before, after, effects }) => {
      const shown = failureOf(after)?.error;
      if (!shown || shown === failureOf(before)?.error) return;
      assert.ok(
        effects.some(
          (effect) =>
            typeof effect !== 'string' &&
            effect.type === 'chekt-error' &&
            'error' in effect.detail &&
            effect.detail.error === shown,
        ),
        `an error shown in ${after.name} was not told`,
      );
    });
  });

  it('says the same for the same, and leaves what it was given alone', () => {
    forEachStep(({ before, event, after, effects }) => {
      Object.freeze(before);
      Object.freeze(event);
      const [again, ...more] = transition(before, event);
      assert.deepEqual(again, after);
      assert.deepEqual(more.map(typeOf), effects.map(typeOf));
    });
  });

  it('comes to every state there is', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(history, (events) => {
        for (const { after } of steps(events)) seen.add(after.name);
      }),
      effort,
    );
    assert.deepEqual([...seen].sort(), Object.keys(shapes).sort());
  });
});
