import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createChektService } from '../../src/service/index.js';
import { ACCOUNT, DANA, newKey, startWorld, until, type World } from './world.js';

/** What an operator sees on a bad day. */
describe('while CHeKT is down', () => {
  let world: World;
  before(async () => void (world = await startWorld()));
  after(() => world.close());

  const ops = { actor: { id: 'ops' } };
  const down = { kind: 'status', status: 503, times: null };

  async function connected() {
    const clock = { now: Date.now() };
    const platform = await world.platform({ clock: () => clock.now });
    const person = platform.person();
    await person.signIn(DANA);
    assert.equal((await person.connect()).status, 200);
    clock.now += 1_000;
    return { clock, platform, person, chekt: platform.chekt };
  }

  it('logs once that a connect is open, with what finds it again', async () => {
    const platform = await world.platform();
    const person = platform.person();
    await person.signIn(DANA);
    await platform.fault({ on: 'connect', ...down });
    const key = crypto.randomUUID();
    const { sign_in_id: signInId } = await person.token();
    assert.equal((await person.connect({ key, signInId })).status, 503);
    assert.equal((await person.connect({ key, signInId })).status, 503);
    const lines = platform.log.filter(({ message }) => /repeated with the same key/.test(message));
    assert.equal(lines.length, 1);
    const { kind, status, traceId, externalDealerId } = lines[0]?.fields ?? {};
    assert.deepEqual([kind, status, externalDealerId], ['connect', 503, ACCOUNT]);
    assert.ok(traceId && 'requestId' in (lines[0]?.fields ?? {}));
  });

  it('logs once that a disconnect is open, also without an answer', async () => {
    const { platform, chekt } = await connected();
    await platform.fault({ on: 'disconnect', kind: 'reset-before', times: null });
    assert.equal((await chekt.disconnect(ACCOUNT, ops)).outcome, 'open');
    const lines = platform.log.filter(({ message }) => /repeated with the same key/.test(message));
    assert.deepEqual(
      lines.map(({ fields }) => [fields['kind'], fields['reason']]),
      [['disconnect', 'CHeKT did not answer.']],
    );
  });

  it('tells hooks although CHeKT hangs', async () => {
    const clock = { now: Date.now() };
    let told = 0;
    const platform = await world.platform({
      clock: () => clock.now,
      on: { connected: () => (++told === 1 ? Promise.reject(new Error('down')) : undefined) },
    });
    const person = platform.person();
    await person.signIn(DANA);
    assert.equal((await person.connect()).status, 200);
    await until(() => told === 1);
    await platform.fault({ on: 'disconnect', kind: 'status', status: 503 });
    assert.equal((await platform.chekt.disconnect(ACCOUNT, ops)).outcome, 'open');
    await platform.fault({ on: 'dealer', kind: 'delay', ms: 700, times: null });
    clock.now += 20 * 60_000;
    await platform.chekt.runDue({ budgetMs: 500 });
    assert.equal(told, 2);
  });

  it('ends both of two disconnects as recorded', async () => {
    const { clock, platform, chekt } = await connected();
    await platform.fault({ on: 'disconnect', ...down });
    assert.equal((await chekt.disconnect(ACCOUNT, ops)).outcome, 'open');
    assert.equal((await chekt.disconnect(ACCOUNT, ops)).outcome, 'open');
    await platform.control('PUT', '/faults', { faults: [] });
    clock.now += 61_000;
    await chekt.runDue();
    assert.deepEqual(await platform.bound(), []);
    assert.deepEqual(
      (await chekt.audit()).items.map(({ action }) => action),
      ['connect.recorded', 'disconnect.recorded', 'disconnect.recorded'],
    );
    assert.equal((await platform.options.store.inspect()).unsettledOperations, 0);
  });

  it('counts the bindings that an open operation keeps from being looked at', async () => {
    const { platform, chekt } = await connected();
    await platform.fault({ on: 'disconnect', ...down });
    await chekt.disconnect(ACCOUNT, ops);
    const { connected: looked, waiting } = await chekt.reconcile({ requestsPerMinute: 6_000 });
    assert.deepEqual([looked, waiting], [0, 1]);
  });

  it('logs how many bindings nothing can be said about', async () => {
    const { platform, chekt } = await connected();
    await platform.fault({ on: 'dealer', ...down });
    assert.equal((await chekt.reconcile({ requestsPerMinute: 6_000 })).unchecked, 1);
    assert.match(
      platform.warnings().join('\n'),
      /CHeKT gave no reliable answer about 1 binding; it will be checked again\./,
    );
  });

  it('tells a cron job what waits, and what went well', async () => {
    const { clock, platform, chekt } = await connected();
    await chekt.stop();
    const good = await chekt.runDue();
    assert.deepEqual([good.waiting, good.failed], [0, 0]);
    await platform.fault({ on: 'disconnect', ...down });
    await chekt.disconnect(ACCOUNT, ops);
    clock.now += 61_000;
    const bad = await chekt.runDue();
    assert.deepEqual([bad.waiting, bad.failed], [1, 0]);
    await platform.control('PUT', '/faults', { faults: [] });
    clock.now += 16 * 60_000;
    const again = await chekt.runDue();
    assert.ok(again.done >= 2, 'the disconnect and its hook');
    assert.equal(again.waiting, 0);
  });

  it('check() sends nobody to a setting that is right', async () => {
    const { platform, chekt } = await connected();
    await platform.fault({ on: 'dealer', ...down });
    const found = (await chekt.check()).filter(({ setting }) => setting.startsWith('partnerApi'));
    assert.deepEqual(
      found.map(({ level, setting }) => [level, setting]),
      [['warning', 'partnerApi']],
    );
    assert.match(found[0]?.message ?? '', /has a problem now \(status 503\)/);
  });

  it('check() tells a token endpoint that is down from a discovery document that is not there', async () => {
    const { platform } = await connected();
    const page = createServer((_request, response) => void response.writeHead(503).end('<h1>Sorry</h1>'));
    await new Promise<void>((resolve) => page.listen(0, '127.0.0.1', resolve));
    const origin = `http://127.0.0.1:${(page.address() as AddressInfo).port}`;
    const { platformClient } = platform.options;
    const find = async (client: object) => {
      const found = await platform.again({ platformClient: { ...platformClient, ...client } }).check();
      return found.find(({ setting }) => setting.startsWith('platformClient')) ?? { message: '', fix: '' };
    };
    const token = await find({ server: { token_endpoint: `${origin}/token` } });
    assert.match(token.message, /503/);
    assert.match(token.fix, /^The issuer has a problem now \(status 503\)/);
    assert.doesNotMatch(token.fix, /discovery/);
    const { issuer } = platformClient;
    const discovery = await find({ issuer: `${issuer}/elsewhere`, server: undefined });
    assert.match(discovery.message, /404/);
    assert.match(discovery.fix, /\.well-known\/\S+ answers 404/);
    assert.match(discovery.fix, /set platformClient\.server/);
    const dead = await find({ issuer: 'http://127.0.0.1:9', server: undefined });
    assert.match(dead.fix, /127\.0\.0\.1:9/);
    page.closeAllConnections();
    page.close();
  });
});

describe('for an operator', () => {
  let world: World;
  before(async () => void (world = await startWorld()));
  after(() => world.close());

  it('check() asks to keep an older key, and never the one that seals', async () => {
    const platform = await world.platform();
    await platform.person().signIn(DANA);
    const keyed = async (chekt: typeof platform.chekt) =>
      (await chekt.check())
        .filter(({ setting }) => setting === 'encryptionKeys')
        .map(({ message }) => message);
    assert.deepEqual(await keyed(platform.chekt), []);
    const rotated = platform.again({ encryptionKeys: [newKey('k2'), ...platform.options.encryptionKeys] });
    await rotated.check();
    const [message, ...more] = await keyed(rotated);
    assert.match(message ?? '', /sealed with the key k1/);
    assert.deepEqual(more, []);
  });

  it('names an option that is missing, and says how to make a key', async () => {
    const { options } = await world.platform();
    const wrong = { encryptionKeys: [{ id: 'k1', key: 'short' }], partnerApi: {} } as never;
    const create = () => createChektService(Object.assign({ ...options }, wrong));
    assert.throws(create, /partnerApi\.baseUrl is missing.*make one with: node -p/);
  });

  it('refuses an actor that is no object', async () => {
    const { chekt } = await world.platform();
    for (const by of [{ actor: 'ops' }, { actor: { id: '' } }, {}, undefined] as never[]) {
      await assert.rejects(chekt.bindings.forget(ACCOUNT, by), /forget: actor must be \{ id, name\? \}/);
      await assert.rejects(chekt.disconnect(ACCOUNT, by), /disconnect: actor must be \{ id, name\? \}/);
    }
  });
});
