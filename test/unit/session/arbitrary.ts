import fc from 'fast-check';
import type { Identity } from '../../../src/authorization/identity.js';
import type { SignIn } from '../../../src/authorization/sign-in.js';
import type { Binding } from '../../../src/partner-api/dealer.js';
import { ChektConnectError } from '../../../src/partner-api/errors.js';
import { newOperation } from '../../../src/partner-api/operation.js';
import type { Answer, FailedNext, Failure, SessionEvent } from '../../../src/session/state.js';
import { initialState, transition } from '../../../src/session/transition.js';

const undefinable = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });

const codes = ['configuration', 'unauthorized', 'forbidden', 'network', 'server', 'vetoed'] as const;
const apiCodes = [
  undefined,
  'access_denied',
  'login_required',
  'other_account',
  'permission_denied',
] as const;
const error = fc
  .record({ code: fc.constantFrom(...codes), apiCode: fc.constantFrom(...apiCodes) })
  .map(({ code, apiCode }) => new ChektConnectError(code, 'Something failed.', { apiCode }));

/** People of whom more or less is known, so that some of them cannot be compared with each other. */
const identity: fc.Arbitrary<Identity> = fc.constantFrom<Identity[]>(
  { sub: 'dana', name: 'Dana' },
  { name: 'Dana' },
  { sub: 'mira', name: 'Mira' },
  { name: 'Mira' },
  { sub: 'mira' },
  {},
);
const signIn: fc.Arbitrary<SignIn> = identity.map((identity) => ({
  authorization: { name: identity.name },
  identity,
}));
const binding: fc.Arbitrary<Binding> = fc.record({
  dealerId: fc.integer({ min: 1, max: 3 }),
  externalDealerId: fc.constant('adc-67890'),
  companyName: fc.constantFrom('Acme', 'Harbor'),
});
const operation = newOperation();
const failure: fc.Arbitrary<Failure> = fc.record({
  error,
  unsettled: fc.constantFrom(undefined, { operation, subject: 'Acme' }),
  retryAt: fc.constantFrom(undefined, { wall: 1_000, monotonic: 1_000 }),
});
const next: fc.Arbitrary<FailedNext> = fc.oneof(
  fc.constant({ type: 'same-person' } as const),
  fc.constant({ type: 'unavailable' } as const),
  fc.constantFrom(...(['missing', 'expired', 'rejected'] as const)).map((reason) => ({
    type: 'signed-out' as const,
    reason,
  })),
  signIn.map((signIn) => ({ type: 'another-person' as const, signIn })),
);
const answer: fc.Arbitrary<Answer> = fc.oneof(
  signIn.map((signIn) => ({ type: 'signed-in' as const, signIn })),
  fc.constant({ type: 'signed-out' } as const),
  error.map((error) => ({ type: 'failed' as const, error })),
);
const traceId = fc.constant('trace');
const type = <T extends string>(name: T) => fc.constant(name);

/** Every event. A new one does not compile until it is added here. */
const events: { readonly [T in SessionEvent['type']]: fc.Arbitrary<Extract<SessionEvent, { type: T }>> } = {
  configured: fc.record({ type: type('configured') }),
  misconfigured: undefinable(error).map((error) => ({ type: 'misconfigured' as const, error })),
  'source-changed': fc.record({ type: type('source-changed') }),
  bound: fc.record({ type: type('bound'), binding: fc.option(binding) }),
  answered: fc.record({ type: type('answered'), answer }),
  typed: fc.record({ type: type('typed'), companyName: fc.constantFrom('', 'Acme', 'Harbor') }),
  'name-missing': fc.record({ type: type('name-missing') }),
  confirm: fc.record({ type: type('confirm'), confirming: fc.boolean() }),
  started: fc.record({ type: type('started') }),
  slow: fc.record({ type: type('slow') }),
  'sign-in-updated': fc.record({ type: type('sign-in-updated'), signIn }),
  connected: fc.record({ type: type('connected'), binding, sentName: fc.constant('Acme'), traceId }),
  disconnected: fc.record({ type: type('disconnected'), traceId }),
  failed: fc.record({ type: type('failed'), failure, next }),
  reset: fc.record({ type: type('reset') }),
};

export const eventTypes = Object.keys(events) as SessionEvent['type'][];

/** Any event. Those that lead to further states are more frequent, so that every state is reached. */
const event: fc.Arbitrary<SessionEvent> = fc.oneof(
  ...Object.values(events).map((arbitrary: fc.Arbitrary<SessionEvent>) => arbitrary),
  { weight: 3, arbitrary: events.answered },
  { weight: 2, arbitrary: events.started },
);
export const history = fc.array(event, { maxLength: 60, size: 'max' });

/** Every step of a history: the state before, the event, the state after, what the page is told, and the command. */
export function steps(history: readonly SessionEvent[]) {
  let state = initialState;
  return history.map((given) => {
    const before = state;
    // an attempt only dispatches this event for the displayed person
    const event =
      given.type === 'sign-in-updated' && before.name === 'connecting'
        ? { ...given, signIn: { ...before.signIn, authorization: { scope: 'read:sites' } } }
        : given;
    const { state: after, notifications = [], command } = transition(before, event);
    state = after;
    return { before, event, after, notifications, command };
  });
}
export type Step = ReturnType<typeof steps>[number];

/** A failing history is shrunk for 20 s at most. */
export const effort = { numRuns: 1_000, interruptAfterTimeLimit: 20_000 };

export const forEachStep = (check: (step: Step) => void) =>
  fc.assert(
    fc.property(history, (events) => steps(events).forEach(check)),
    effort,
  );
