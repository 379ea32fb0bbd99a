import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { isSamePerson } from '../../../src/authorization/identity.js';
import { isBusy, type SessionEvent, type State } from '../../../src/session/state.js';
import { transition, type Notification } from '../../../src/session/transition.js';
import { effort, eventTypes, forEachStep, history, steps } from './arbitrary.js';

/** The fields that each state may have. */
const shapes: Record<State['name'], readonly string[]> = {
  unconfigured: ['failure', 'draft'],
  authorizing: ['disconnected', 'draft'],
  unauthorized: ['reason', 'failure', 'disconnected', 'draft'],
  unavailable: ['failure', 'draft'],
  authorized: ['signIn', 'failure', 'changed', 'nameMissing', 'disconnected', 'draft'],
  connecting: ['signIn', 'slow', 'draft'],
  connected: ['binding', 'sentName', 'signIn', 'failure', 'confirming', 'draft'],
  disconnecting: ['binding', 'signIn', 'slow', 'draft'],
};
const required: Partial<Record<State['name'], readonly string[]>> = {
  unauthorized: ['reason'],
  unavailable: ['failure'],
  authorized: ['signIn'],
  connecting: ['signIn'],
  connected: ['binding'],
  disconnecting: ['binding'],
};

const every = Object.keys(shapes) as State['name'][];
const calm = every.filter((name) => name !== 'connecting' && name !== 'disconnecting');
const asking = ['authorizing', 'unauthorized', 'unavailable', 'authorized'] as const;
/** The states in which an event may change the state or cause an effect. */
const meaning: Record<SessionEvent['type'], readonly State['name'][]> = {
  configured: ['unconfigured'],
  misconfigured: calm,
  'source-changed': calm,
  bound: calm,
  answered: asking,
  typed: every,
  'name-missing': ['authorized'],
  confirm: ['connected'],
  started: ['authorized', 'connected'],
  slow: ['connecting', 'disconnecting'],
  'sign-in-updated': ['connecting'],
  connected: ['connecting'],
  disconnected: ['disconnecting'],
  failed: ['authorized', 'connecting', 'connected', 'disconnecting'],
  reset: calm,
};

const isEnd = ({ type }: Notification) => type !== 'authorization-required';
const count = (notifications: readonly Notification[], type: Notification['type']) =>
  notifications.filter((notification) => notification.type === type).length;

describe('any sequence of events', () => {
  it('ends each attempt exactly once', () => {
    fc.assert(
      fc.property(history, (events) => {
        for (const { before, event, after, notifications } of steps(events)) {
          const ends = notifications.filter(isEnd).length;
          if (isBusy(before)) {
            const isOver = !isBusy(after);
            assert.equal(ends, isOver ? 1 : 0, `${event.type} in ${before.name}`);
            // with a message, because Node would otherwise read the source file for one at every step of shrinking
            if (isOver) assert.ok(['connected', 'disconnected', 'failed'].includes(event.type), event.type);
          } else {
            assert.ok(ends <= 1, `${ends} ends at ${event.type}`);
            if (isBusy(after)) assert.deepEqual([event.type, ends], ['started', 0]);
          }
        }
      }),
      effort,
    );
  });

  it('never ends a connect as disconnected, or a disconnect as connected', () => {
    forEachStep(({ before, notifications }) => {
      if (count(notifications, 'connected')) assert.equal(before.name, 'connecting');
      if (count(notifications, 'disconnected')) assert.equal(before.name, 'disconnecting');
    });
  });

  it('leads to states with exactly the fields of that state', () => {
    forEachStep(({ after }) => {
      const { name, ...data } = after;
      const held = Object.entries(data).filter(([, value]) => value !== undefined);
      const unknown = held.filter(([key]) => !shapes[name].includes(key));
      assert.deepEqual(unknown, [], name);
      for (const key of required[name] ?? []) assert.ok(data[key as keyof typeof data], `${key} of ${name}`);
    });
  });

  it('keeps the same object if an event has no meaning', () => {
    forEachStep(({ before, event, after, notifications, command }) => {
      if (meaning[event.type].includes(before.name)) return;
      assert.equal(after, before, `${event.type} in ${before.name}`);
      // a failed attempt is reported in any case, because its promise rejects
      assert.equal(notifications.length, event.type === 'failed' ? 1 : 0, `${event.type} in ${before.name}`);
      assert.equal(command, undefined, `${event.type} in ${before.name}`);
    });
  });

  it('never changes the state of a running attempt by an answer, the host or the form', () => {
    forEachStep(({ before, event, after }) => {
      if (!isBusy(before) || ['connected', 'disconnected', 'failed'].includes(event.type)) return;
      assert.equal(after.name, before.name, event.type);
      assert.deepEqual(after.signIn?.identity, before.signIn?.identity, event.type);
    });
  });

  it('reports that a sign-in is required exactly when it enters `unauthorized`', () => {
    forEachStep(({ before, after, notifications, event }) => {
      const isEntered = after.name === 'unauthorized' && before.name !== 'unauthorized';
      assert.equal(count(notifications, 'authorization-required'), isEntered ? 1 : 0, event.type);
    });
  });

  it('reports every error that it shows', () => {
    forEachStep(({ before, after, notifications }) => {
      const shown = after.failure?.error;
      if (!shown || shown === before.failure?.error) return;
      const isTold = notifications.some((told) => told.type === 'error' && told.error === shown);
      assert.ok(isTold, `an error shown in ${after.name} was not reported`);
    });
  });

  it('is pure: equal input gives equal output, and the input is not changed', () => {
    forEachStep(({ before, event, after, notifications, command }) => {
      Object.freeze(before);
      Object.freeze(event);
      const again = transition(before, event);
      assert.deepEqual(
        [again.state, again.notifications ?? [], again.command],
        [after, notifications, command],
      );
    });
  });

  it('keeps the notice "disconnected" while the source is asked, until the next attempt', () => {
    forEachStep(({ before, event, after }) => {
      const text = 'disconnected' in before ? before.disconnected : undefined;
      const staysCalm = (asking as readonly string[]).includes(after.name) && after.name !== 'unavailable';
      if (text === undefined || !staysCalm) return;
      assert.equal('disconnected' in after && after.disconnected, text, event.type);
    });
  });

  it('never carries what was typed for one person over to another', () => {
    fc.assert(
      fc.property(history, (events) => {
        /** The last sign-in that was displayed since the text was typed. */
        let owner: State['signIn'];
        for (const { before, event, after } of steps(events)) {
          if (event.type === 'typed') owner = before.signIn;
          const displayed = after.signIn;
          if (!displayed || !after.draft) continue;
          if (after.name === 'authorized' && owner && owner !== displayed) {
            const isSame = isSamePerson(owner.identity, displayed.identity);
            assert.ok(isSame, `${event.type}: ${JSON.stringify([owner.identity, displayed.identity])}`);
          }
          owner = displayed;
        }
      }),
      effort,
    );
  });

  it('keeps what was typed while the same person is displayed', () => {
    forEachStep(({ before, event, after }) => {
      const [one, other] = [before.signIn, after.signIn];
      if (event.type === 'typed' || !one || one.identity !== other?.identity || !before.draft) return;
      assert.equal(after.draft?.companyName, before.draft.companyName, `${event.type} in ${before.name}`);
    });
  });

  it('reaches every state, and uses every event', () => {
    const states = new Set<string>();
    const events = new Set<string>();
    forEachStep(({ event, after }) => {
      states.add(after.name);
      events.add(event.type);
    });
    assert.deepEqual([...states].sort(), [...every].sort());
    assert.deepEqual([...events].sort(), [...eventTypes].sort());
  });
});
