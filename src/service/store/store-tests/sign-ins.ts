import { equal } from './expect.js';
import { DAY, grant, MINUTE, NOW, owner, signIn } from './samples.js';
import type { StoreTest } from './suite.js';

export function signInTests(test: StoreTest): void {
  const failure = { ...owner(), error: 'access_denied', expiresAt: NOW + 10 * MINUTE };
  const known = { ...owner(), returnTo: signIn().returnTo };
  const asked = { stateHash: 'state-1', session: 'session-1', now: NOW + 1 };

  test('returns a pending sign-in once, to its own session', async (store) => {
    await store.beginSignIn(signIn());
    equal(await store.takeSignIn({ ...asked, session: 'session-2' }), null, 'for another session');
    equal(await store.takeSignIn({ ...asked, stateHash: 'state-2' }), null, 'for another state');
    equal(await store.takeSignIn(asked), signIn());
    equal(await store.takeSignIn(asked), null, 'the second time');
  });

  test('limits the pending sign-ins of a session without ending any', async (store) => {
    const begin = (stateHash: string, more: Partial<ReturnType<typeof signIn>> = {}) =>
      store.beginSignIn({ ...signIn({ stateHash, ...more }), most: 2 });
    await store.failSignIn(failure);
    equal([await begin('state-1'), await begin('state-2')], [true, true]);
    await store.failSignIn(failure);
    equal(await begin('state-3'), false, 'the third');
    equal((await store.findAuthorization({ owner: owner(), now: NOW })).status, 'failed', 'changes nothing');
    equal(await begin('state-4', { session: 'session-2' }), true, 'of another session');
    const later = NOW + DAY;
    equal(
      await begin('state-5', { createdAt: later, expiresAt: later + MINUTE }),
      true,
      'when they have expired',
    );
    equal((await store.takeSignIn(asked))?.stateHash, 'state-1');
  });

  test('gives a pending sign-in to one of many callbacks at once', async (store) => {
    await store.beginSignIn(signIn());
    const taken = await Promise.all(Array.from({ length: 8 }, () => store.takeSignIn(asked)));
    equal(taken.filter((found) => found !== null).length, 1);
  });

  test('finds where a callback leads, before and after it has completed', async (store) => {
    await store.beginSignIn(signIn());
    equal(await store.findSignIn(asked), { status: 'pending', ...known });
    await store.takeSignIn(asked);
    equal(await store.findSignIn(asked), { status: 'completed', ...known });
    equal(await store.findSignIn({ ...asked, now: NOW + 2 * DAY }), null, 'two days later');
  });

  test('does not return a stale sign-in, but still finds where its callback leads', async (store) => {
    await store.beginSignIn(signIn());
    const late = { ...asked, now: NOW + 10 * MINUTE };
    equal(await store.takeSignIn(late), null);
    equal(await store.findSignIn(late), { status: 'expired', ...known });
    equal(await store.findSignIn({ ...asked, now: NOW + 2 * DAY }), null, 'two days later');
    const early = { ...asked, now: NOW + 10 * MINUTE - 1 };
    equal(await store.takeSignIn(early), signIn(), 'for a process whose clock is behind');
  });

  test('keeps several pending sign-ins of one session', async (store) => {
    for (const stateHash of ['state-1', 'state-2', 'state-3']) await store.beginSignIn(signIn({ stateHash }));
    equal((await store.takeSignIn({ ...asked, stateHash: 'state-2' }))?.stateHash, 'state-2');
    equal((await store.takeSignIn(asked))?.stateHash, 'state-1');
  });

  test('knows a session by what its person has under it', async (store) => {
    const of = { session: 'session-1', actor: 'u1', now: NOW + 1 };
    equal(await store.knowsSession(of), false);
    await store.beginSignIn(signIn());
    equal(await store.knowsSession(of), true, 'a pending sign-in');
    equal(await store.knowsSession({ ...of, actor: 'u2' }), false, 'of another person');
    equal(await store.knowsSession({ ...of, session: 'session-2' }), false, 'another session');
    equal(await store.knowsSession({ ...of, now: NOW + 10 * MINUTE }), false, 'an expired one');
    await store.takeSignIn(asked);
    equal(await store.knowsSession(of), true, 'a finished one');
    equal(await store.knowsSession({ ...of, now: NOW + 2 * DAY }), false, 'two days later');
    await store.startGrant(grant({ session: 'session-3' }));
    equal(await store.knowsSession({ ...of, session: 'session-3' }), true, 'a grant');
    equal(
      await store.knowsSession({ ...of, session: 'session-3', now: NOW + 2 * DAY }),
      false,
      'an old one that no process has retired yet',
    );
    await store.retireGrant({ signInId: 'sign-in-1', now: NOW });
    equal(await store.knowsSession({ ...of, session: 'session-3' }), false, 'a retired one');
    await store.recordHandout({
      ...owner({ session: 'session-4' }),
      signInId: 's',
      dealerId: 1,
      expiresAt: NOW + 5,
    });
    equal(await store.knowsSession({ ...of, session: 'session-4' }), true, 'a handout');
  });

  test('tells why a sign-in failed until the next one begins', async (store) => {
    const request = { owner: owner(), now: NOW };
    await store.failSignIn({ ...failure, error: 'server_error' });
    await store.failSignIn(failure);
    equal(await store.findAuthorization(request), { status: 'failed', failure });
    equal(await store.findAuthorization(request), { status: 'failed', failure }, 'the second time');
    for (const change of [{ account: 'adc-2' }, { actor: 'u2' }, { session: 'session-2' }]) {
      const other = { ...request, owner: owner(change) };
      equal(await store.findAuthorization(other), { status: 'none' }, JSON.stringify(change));
    }
    await store.beginSignIn(signIn());
    equal(await store.findAuthorization(request), { status: 'none' });
  });

  test('forgets why a sign-in failed once that expires', async (store) => {
    await store.failSignIn(failure);
    const before = await store.findAuthorization({ owner: owner(), now: failure.expiresAt - 1 });
    equal(before, { status: 'failed', failure });
    equal(await store.findAuthorization({ owner: owner(), now: failure.expiresAt }), { status: 'none' });
  });
}
