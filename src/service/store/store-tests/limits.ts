import { equal, ok } from './expect.js';
import { HOUR, MINUTE, NOW, SECOND } from './samples.js';
import type { StoreTest } from './suite.js';
import type { Store } from '../store.js';

export function limitTests(test: StoreTest): void {
  const bucket = { bucket: 'account:1', capacity: 5, perMinute: 60, now: NOW };
  const spendAll = async (store: Store, now = NOW) => {
    for (let spent = 0; ; spent += 1) {
      if (!(await store.spend({ ...bucket, now })).allowed) return spent;
    }
  };

  test('gives a lease to one holder until it ends or is released', async (store) => {
    const request = { name: 'refresh:1', holder: 'a', ttlMs: 10 * SECOND, now: NOW };
    equal(await store.lease(request), true);
    equal(await store.lease({ ...request, holder: 'b', now: NOW + SECOND }), false);
    equal(await store.lease({ ...request, holder: 'b', name: 'refresh:2' }), true, 'another lease');
    equal(await store.lease({ ...request, now: NOW + 5 * SECOND }), true, 'again to its holder');
    equal(await store.lease({ ...request, holder: 'b', now: NOW + 10 * SECOND }), false, 'it was prolonged');
    await store.releaseLease({ name: 'refresh:1', holder: 'b' });
    equal(
      await store.lease({ ...request, holder: 'b', now: NOW + 10 * SECOND }),
      false,
      'released by another',
    );
    equal(await store.lease({ ...request, holder: 'b', now: NOW + 15 * SECOND }), true, 'after its end');
    await store.releaseLease({ name: 'refresh:1', holder: 'b' });
    equal(
      await store.lease({ ...request, now: NOW }),
      true,
      'after its release, by a process whose clock is behind',
    );
  });

  test('gives a lease to one of several concurrent holders', async (store) => {
    const asked = Array.from({ length: 8 }, (_, index) =>
      store.lease({ name: 'refresh:1', holder: `process-${index}`, ttlMs: SECOND, now: NOW }),
    );
    equal((await Promise.all(asked)).filter(Boolean).length, 1);
  });

  test('lets through as many calls as the bucket holds, and says when the next one may come', async (store) => {
    equal(await spendAll(store), 5);
    equal(await store.spend(bucket), { allowed: false, retryAfterMs: SECOND });
    equal(await store.spend({ ...bucket, now: NOW + 400 }), { allowed: false, retryAfterMs: 600 });
    equal(await store.spend({ ...bucket, now: NOW + SECOND }), { allowed: true });
    equal(await store.spend({ ...bucket, bucket: 'account:2' }), { allowed: true }, 'of another bucket');
    equal(await spendAll(store, NOW + HOUR), 5, 'it never holds more than its capacity');
  });

  test('lets no more through when several callers spend at the same time', async (store) => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => store.spend(bucket)));
    equal(answers.filter(({ allowed }) => allowed).length, 5);
  });

  test('takes several calls at once, or none', async (store) => {
    equal(await store.spend({ ...bucket, calls: 4 }), { allowed: true });
    equal(await store.spend({ ...bucket, calls: 2 }), { allowed: false, retryAfterMs: SECOND });
    equal(await spendAll(store), 1);
    const started = await store.spend({ ...bucket, bucket: 'account:2', calls: 6 });
    equal(started.allowed, false, 'of a bucket that cannot hold so many');
  });

  test('keeps the reserve of a bucket for calls that may use it', async (store) => {
    for (let spent = 0; spent < 3; spent += 1) await store.spend({ ...bucket, reserve: 2 });
    equal(await store.spend({ ...bucket, reserve: 2 }), { allowed: false, retryAfterMs: SECOND });
    equal(await spendAll(store), 2);
  });

  test('refills a bucket once, whatever the clocks of the processes say', async (store) => {
    equal(await store.spend({ ...bucket, now: NOW + MINUTE }), { allowed: true });
    equal(await store.spend(bucket), { allowed: true }, 'a minute behind');
    equal(await spendAll(store, NOW + MINUTE), 3);
    equal((await store.spend(bucket)).allowed, false, 'a minute behind, while it is empty');
    equal(await store.spend({ ...bucket, now: NOW + MINUTE + SECOND }), { allowed: true });
    equal((await store.spend({ ...bucket, now: NOW + SECOND })).allowed, false, 'behind again');
  });

  test('follows the number of calls that CHeKT says is left', async (store) => {
    await store.limitBucket({ ...bucket, remaining: 2 });
    equal(await spendAll(store), 2);
    await store.limitBucket({ ...bucket, remaining: 4 });
    equal((await store.spend(bucket)).allowed, false, 'that never adds calls');
  });

  test('lets nothing through until CHeKT allows it again', async (store) => {
    await store.limitBucket({ ...bucket, blockedUntil: NOW + MINUTE });
    await store.limitBucket({ ...bucket, blockedUntil: NOW + SECOND });
    equal(await store.spend(bucket), { allowed: false, retryAfterMs: MINUTE });
    equal(await spendAll(store, NOW + MINUTE), 5);
  });

  test('keeps a token of the platform until it expires or is refused', async (store) => {
    const token = { name: 'client-1', sealed: 'k1:first', expiresAt: NOW + HOUR };
    equal(await store.findPlatformToken({ name: 'client-1', now: NOW }), null);
    await store.writePlatformToken(token);
    equal(await store.findPlatformToken({ name: 'client-1', now: NOW + HOUR - 1 }), token);
    equal(await store.findPlatformToken({ name: 'client-1', now: NOW + HOUR }), null, 'expired');
    equal(await store.findPlatformToken({ name: 'client-2', now: NOW }), null, 'of another name');
    await store.writePlatformToken({ ...token, sealed: 'k1:second' });
    await store.dropPlatformToken({ name: 'client-1', sealed: 'k1:first' });
    const found = await store.findPlatformToken({ name: 'client-1', now: NOW });
    ok(found?.sealed === 'k1:second', 'a late refusal drops no newer token');
    await store.dropPlatformToken({ name: 'client-1', sealed: 'k1:second' });
    equal(await store.findPlatformToken({ name: 'client-1', now: NOW }), null);
  });
}
