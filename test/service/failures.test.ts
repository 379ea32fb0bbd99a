import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { ChektServiceOptions } from '../../src/service/index.js';
import { StoreSchemaError } from '../../src/service/store/postgres.js';
import type { Store } from '../../src/service/store/store.js';
import { startWorld, type Platform, type World } from './world.js';

const SECRET = 'pg://northwind:sample-password@db';

/** An error of a driver: its message quotes what it must not, also in a line that looks like a frame. */
function driverError(): Error {
  const message = `cannot reach ${SECRET}\n    at ${SECRET} (/${SECRET}.js:1:1)`;
  return Object.assign(new TypeError(message), { code: 'ECONNREFUSED' });
}

describe('what fails on the way of a request', () => {
  let world: World;
  before(async () => void (world = await startWorld()));
  after(() => world.close());

  /** The one line that is logged when the page asks for the session. */
  async function logged(platform: Platform) {
    const answer = await platform.person().get('/session');
    assert.equal(answer.status, 500);
    assert.doesNotMatch(await answer.text(), /sample-password/);
    assert.doesNotMatch(JSON.stringify(platform.log), /sample-password/);
    const [line, ...more] = platform.log;
    assert.deepEqual(more, []);
    assert.ok(line);
    return line;
  }

  const failingAuthenticate = (failure: () => unknown) => ({
    authenticate: async () => {
      throw failure();
    },
  });

  const failingStore = (failure: () => unknown) => ({
    store: Object.freeze({
      ...({ kind: 'memory', checkOrigin() {}, checkReady: async () => {} } as unknown as Store),
      lease: async () => false,
      findBinding: async () => {
        throw failure();
      },
    }),
  });

  it('is authenticate, with the place in it and without the words of its error', async () => {
    const { level, message, fields } = await logged(await world.platform(failingAuthenticate(driverError)));
    assert.deepEqual([level, message], ['error', 'authenticate threw an error.']);
    const { thrownAt, ...rest } = fields;
    assert.deepEqual(rest, {
      error: 'TypeError',
      errorCode: 'ECONNREFUSED',
      method: 'GET',
      path: '/session',
    });
    assert.match(String((thrownAt as string[])[0]), /test\/service\/failures\.test\.ts:\d+$/);
  });

  it('is authenticate, with a hint if `native` was not passed on', async () => {
    const readsNative: ChektServiceOptions['authenticate'] = (_, { native }) =>
      (native as { session: null }).session;
    const platform = await world.platform({ authenticate: readsNative });
    await platform.chekt.fetch(new Request(`${platform.origin}${platform.options.basePath}/session`));
    assert.deepEqual(
      platform.log.map(({ message }) => message),
      ['authenticate threw an error. `native` was not passed to `chekt.fetch`.'],
    );
  });

  it('is authenticate also if it throws no Error, and on a page for a person', async () => {
    const platform = await world.platform(failingAuthenticate(() => null));
    const page = await platform.person().browser.fetch(platform.person().authorizeUrl());
    assert.equal(page.status, 500);
    assert.match(await page.text(), /Something went wrong/);
    assert.deepEqual(
      platform.log.map(({ message }) => message),
      ['authenticate threw an error.'],
    );
  });

  it('is authenticate if it answers with something else than an identity', async () => {
    const platform = await world.platform({ authenticate: () => ({ actor: {} }) as never });
    const { message } = await logged(platform);
    assert.match(message, /^authenticate must return an identity or null\. Check .*externalDealerId.*\.$/);
  });

  it('is the store, with the place and without the words of its driver', async () => {
    const { message, fields } = await logged(await world.platform(failingStore(driverError)));
    assert.equal(message, 'The store failed.');
    assert.deepEqual([fields['error'], fields['errorCode']], ['TypeError', 'ECONNREFUSED']);
    assert.match(String((fields['thrownAt'] as string[])[0]), /test\/service\/failures\.test\.ts:\d+$/);
  });

  it('is the store, with our own words where its schema does not fit', async () => {
    const failure = () => new StoreSchemaError('run postgresStore(pool).migrate()');
    const { message } = await logged(await world.platform(failingStore(failure)));
    assert.equal(message, 'The store failed. run postgresStore(pool).migrate()');
  });

  it('has no place where the words of an error have been changed after it was thrown', async () => {
    const failure = () => {
      const error = driverError();
      assert.match(String(error.stack), /sample-password/); // also has it written, with the words of now
      return Object.assign(error, { message: 'cannot connect' });
    };
    const { fields } = await logged(await world.platform(failingAuthenticate(failure)));
    assert.deepEqual(fields['thrownAt'], []);
  });
});
