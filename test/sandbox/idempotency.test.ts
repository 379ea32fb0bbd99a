import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, beforeEach, describe, it } from 'node:test';
import { DANA, refused, startSandbox, type Tester, until } from './support.js';

const DAY = 24 * 60 * 60 * 1000;

describe('the idempotency store', () => {
  let now = Date.now();
  let sandbox: Awaited<ReturnType<typeof startSandbox>>;
  let run: Tester;
  let dana: string;
  let platform: string;
  let key: string;
  before(async () => void (sandbox = await startSandbox({ now: () => now })));
  after(() => sandbox.close());
  beforeEach(async () => {
    run = sandbox.run();
    dana = await run.token(DANA);
    platform = await run.machineToken();
    key = randomUUID();
  });
  const audited = async () => (await run.control('GET', '/audit')).length;

  it('gives the stored answer to a repeat, without doing the work again', async () => {
    const first = await (await run.connect(dana, 'adc-67890', { key })).text();
    const repeat = await run.connect(dana, 'adc-67890', { key });
    assert.equal(repeat.status, 200);
    assert.equal(await repeat.text(), first);
    assert.equal(await audited(), 1);
    assert.deepEqual(
      (await run.log()).map(({ attempt, replayed, idempotencyKey }) => [attempt, replayed, idempotencyKey]),
      [
        [1, false, key],
        [2, true, key],
      ],
    );
  });

  it('treats the same JSON in another order as the same payload', async () => {
    await run.connect(dana, 'adc-67890', { key });
    const body = '{ "company_name": "Acme Security",\n "external_dealer_id": "adc-67890" }';
    assert.equal((await run.connect(dana, 'adc-67890', { key, body })).status, 200);
  });

  it('refuses the key with another payload', async () => {
    await run.connect(dana, 'adc-67890', { key });
    await refused(await run.connect(dana, 'adc-11111', { key }), 409, 'idempotency_conflict');
    assert.equal((await run.bindings())[0]?.externalDealerId, 'adc-67890');
  });

  it('keeps apps and endpoints apart', async () => {
    await run.switch({ m2mOnConnect: 'ok' });
    await run.connect(dana, 'adc-67890', { key });
    const app = await run.machineToken('dealer-app');
    await refused(await run.connect(app, 'adc-11111', { key }), 409, 'dealer_already_connected');
    assert.equal((await run.disconnect(platform, 12345, { key })).status, 200);
    await refused(await run.disconnect(platform, 23456, { key }), 404, 'dealer_not_connected');
  });

  it('settles a disconnect whose answer was lost', async () => {
    await run.connect(dana);
    await run.disconnect(platform, 12345, { key });
    assert.equal((await run.disconnect(platform, 12345, { key })).status, 200);
  });

  it('forgets after 24 hours', async () => {
    await run.connect(dana, 'adc-67890', { key });
    now += DAY - 1;
    await refused(await run.connect(dana, 'adc-11111', { key }), 409, 'idempotency_conflict');
    now += 1;
    await refused(await run.connect(dana, 'adc-11111', { key }), 409, 'dealer_already_connected');
  });

  it('requires a key for each change, unless the switch makes it optional', async () => {
    const { field } = await refused(
      await run.connect(dana, 'adc-67890', { key: null }),
      400,
      'invalid_request',
    );
    assert.equal(field, 'Idempotency-Key');
    await run.switch({ idempotencyKey: 'optional' });
    assert.equal((await run.connect(dana, 'adc-67890', { key: null })).status, 200);
  });

  const policies: [string, number, 'settled' | 'none' | 'all', boolean][] = [
    ['a 409', 409, 'settled', true],
    ['a 422', 422, 'settled', true],
    ['a 408', 408, 'settled', false],
    ['a 429', 429, 'settled', false],
    ['a 503', 503, 'settled', false],
    ['a 409', 409, 'none', false],
    ['a 503', 503, 'all', true],
    ['a 429', 429, 'all', true],
  ];
  for (const [name, status, storeErrors, stored] of policies) {
    it(`${stored ? 'stores' : 'does not store'} ${name} under the policy ${storeErrors}`, async () => {
      await run.switch({ storeErrors });
      await run.fault({ on: 'connect', kind: 'status', status });
      assert.equal((await run.connect(dana, 'adc-67890', { key })).status, status);
      assert.equal((await run.connect(dana, 'adc-67890', { key })).status, stored ? status : 200);
      assert.equal((await run.bindings()).length, stored ? 0 : 1);
    });
  }

  it('stores a refusal, but never a 401', async () => {
    await run.control('PUT', '/bindings', { dealerId: 23456, externalDealerId: 'adc-67890' });
    await refused(await run.connect('expired', 'adc-67890', { key }), 401, 'invalid_api_key');
    await refused(await run.connect(dana, 'adc-67890', { key }), 409, 'external_dealer_id_taken');
    await run.control('DELETE', '/bindings/adc-67890');
    await refused(await run.connect(dana, 'adc-67890', { key }), 409, 'external_dealer_id_taken');
    assert.equal((await run.connect(dana)).status, 200);
  });

  it('refuses a repeat while the first is running, and accepts one after that has ended undone', async () => {
    await run.fault({ on: 'connect', kind: 'stall', when: 'before' });
    const first = new AbortController();
    const stalled = run.connect(dana, 'adc-67890', { key, signal: first.signal });
    await until(async () => (await run.control('GET', '/faults')).faults.length === 0);
    const { message } = await refused(
      await run.connect(dana, 'adc-67890', { key }),
      409,
      'idempotency_conflict',
    );
    assert.match(message, /still running/);
    first.abort();
    await assert.rejects(stalled);
    await until(async () => (await run.log()).some(({ status }) => status === null));
    assert.deepEqual(await run.bindings(), []);
    assert.equal((await run.connect(dana, 'adc-67890', { key })).status, 200);
  });

  it('lets a repeat wait for the first if the switch says so', async () => {
    await run.switch({ repeatWhileRunning: 'wait' });
    await run.fault({ on: 'connect', kind: 'delay', ms: 200 });
    const [one, two] = await Promise.all([
      run.connect(dana, 'adc-67890', { key }),
      run.connect(dana, 'adc-67890', { key }),
    ]);
    assert.equal(one.status, 200);
    assert.equal(await two.text(), await one.text());
    assert.equal(await audited(), 1);
  });
});
