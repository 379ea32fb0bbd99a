import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, beforeEach, describe, it } from 'node:test';
import { DANA, refused, startSandbox, type Tester, until } from './support.js';

describe('a fault', () => {
  let sandbox: Awaited<ReturnType<typeof startSandbox>>;
  let run: Tester;
  let dana: string;
  before(async () => void (sandbox = await startSandbox()));
  after(() => sandbox.close());
  beforeEach(async () => {
    run = sandbox.run();
    dana = await run.token(DANA);
  });
  const bound = async () => (await run.bindings()).length === 1;
  const lastStatus = async () => (await run.log()).at(-1)?.status;
  const reset = (error: { cause?: { code?: string } }) => error.cause?.code === 'ECONNRESET';

  it('answers a status before the work, for the given number of times', async () => {
    await run.fault({ on: 'connect', kind: 'status', status: 503, times: 2 });
    await refused(await run.connect(dana), 503, 'server_error');
    await refused(await run.connect(dana), 503, 'server_error');
    assert.equal(await bound(), false);
    assert.equal((await run.connect(dana)).status, 200);
    assert.deepEqual(
      (await run.log()).map(({ fault }) => fault),
      ['status', 'status', null],
    );
  });

  it('answers a status after the work if it says so', async () => {
    await run.fault({ on: 'connect', kind: 'status', status: 502, when: 'after', shape: 'html' });
    const response = await run.connect(dana);
    assert.equal(response.status, 502);
    assert.match(response.headers.get('Content-Type') ?? '', /^text\/html/);
    assert.equal(await bound(), true);
  });

  const shapes: [string, RegExp, RegExp][] = [
    [
      'nested',
      /json/,
      /^\{"error":\{"code":"busy","message":"Later\.","request_id":"req_\w+","field":"company_name"\}\}$/,
    ],
    ['flat', /json/, /^\{"message":"Later\."\}$/],
    ['oauth', /json/, /^\{"error":"busy","error_description":"Later\."\}$/],
    ['html', /html/, /^<!doctype html>/],
    ['text', /plain/, /^Later\.$/],
    ['empty', /^$/, /^$/],
  ];
  for (const [shape, type, body] of shapes) {
    it(`has the shape ${shape}`, async () => {
      const more = { code: 'busy', message: 'Later.', field: 'company_name', retryAfter: 7, shape };
      await run.fault({ on: 'connect', kind: 'status', status: 429, ...more });
      const response = await run.connect(dana);
      assert.equal(response.status, 429);
      assert.equal(response.headers.get('Retry-After'), '7');
      assert.match(response.headers.get('Content-Type') ?? '', type);
      assert.match(await response.text(), body);
    });
  }

  it('applies without limit with times null, in the given order', async () => {
    await run.fault(
      { on: 'connect', kind: 'status', status: 500 },
      { on: 'any', kind: 'status', status: 504, times: null },
    );
    const statuses = [];
    for (let i = 0; i < 3; i++) statuses.push((await run.connect(dana)).status);
    statuses.push((await run.disconnect(await run.machineToken())).status);
    assert.deepEqual(statuses, [500, 504, 504, 504]);
  });

  it('leaves other operations alone', async () => {
    await run.fault({ on: 'sites', kind: 'status', status: 500 });
    assert.equal((await run.connect(dana)).status, 200);
    const platform = await run.machineToken();
    assert.equal((await run.call('GET', '/dealers/12345/sites', { token: platform })).status, 500);
  });

  it('resets the connection before anything is recorded', async () => {
    await run.fault({ on: 'connect', kind: 'reset-before' });
    await assert.rejects(run.connect(dana), reset);
    assert.equal(await bound(), false);
    assert.equal(await lastStatus(), null);
  });

  it('loses the answer after CHeKT recorded the binding; a repeat with the key finds it', async () => {
    const key = randomUUID();
    await run.fault({ on: 'connect', kind: 'reset-after' });
    await assert.rejects(run.connect(dana, 'adc-67890', { key }), reset);
    assert.equal(await bound(), true);
    assert.equal((await run.connect(dana, 'adc-67890', { key })).status, 200);
    assert.equal((await run.control('GET', '/audit')).length, 1);
    assert.deepEqual(
      (await run.log()).map(({ idempotencyKey, attempt, status }) => [idempotencyKey, attempt, status]),
      [
        [key, 1, null],
        [key, 2, 200],
      ],
    );
  });

  it('loses the answer after CHeKT has removed the binding', async () => {
    await run.connect(dana);
    await run.fault({ on: 'disconnect', kind: 'reset-after' });
    await assert.rejects(run.disconnect(await run.machineToken()), reset);
    assert.equal(await bound(), false);
  });

  it('loses the answer after an issuer has issued a token', async () => {
    await run.fault({ on: 'token', kind: 'reset-after' }, { on: 'm2m-token', kind: 'status', status: 503 });
    const form = {
      grant_type: 'client_credentials',
      client_id: 'acme-dashboard',
      client_secret: 'acme-sample-secret',
    };
    const ask = (issuer = '') =>
      fetch(`${sandbox.origin}/runs/${run.id}${issuer}/oauth/token`, {
        method: 'POST',
        body: new URLSearchParams(form),
      });
    assert.equal((await ask('/m2m')).status, 503);
    await assert.rejects(ask(), reset);
    assert.equal((await ask()).status, 200);
    assert.deepEqual(
      (await run.log()).map(({ operation, status, fault }) => [operation, status, fault]),
      [
        ['m2m-token', 503, 'status'],
        ['token', null, 'reset-after'],
        ['token', 200, null],
      ],
    );
  });

  it('also applies to a repeat whose answer comes from the store', async () => {
    const key = randomUUID();
    await run.fault({ on: 'connect', kind: 'reset-after', times: 2 });
    await assert.rejects(run.connect(dana, 'adc-67890', { key }), reset);
    await assert.rejects(run.connect(dana, 'adc-67890', { key }), reset);
    assert.equal((await run.connect(dana, 'adc-67890', { key })).status, 200);
  });

  it('can apply before the store, which it leaves unchanged', async () => {
    const key = randomUUID();
    await run.connect(dana, 'adc-67890', { key });
    await run.fault({ on: 'connect', kind: 'status', status: 503 });
    assert.equal((await run.connect(dana, 'adc-67890', { key })).status, 503);
    assert.equal((await run.connect(dana, 'adc-67890', { key })).status, 200);
  });

  it('stalls before the headers, after the work', async () => {
    await run.fault({ on: 'connect', kind: 'stall' });
    const hangUp = new AbortController();
    const stalled = run.connect(dana, 'adc-67890', { signal: hangUp.signal });
    await until(bound);
    hangUp.abort();
    await assert.rejects(stalled, { name: 'AbortError' });
    await until(async () => (await lastStatus()) === null);
  });

  it('stalls in the body', async () => {
    await run.fault({ on: 'connect', kind: 'stall-body' });
    const hangUp = new AbortController();
    const response = await run.connect(dana, 'adc-67890', { signal: hangUp.signal });
    assert.equal(response.status, 200);
    const { value } = (await response.body?.getReader().read()) ?? {};
    assert.ok(value && value.length < Number(response.headers.get('Content-Length')));
    hangUp.abort();
    await until(async () => (await lastStatus()) === null);
  });

  it('truncates the body', async () => {
    await run.fault({ on: 'connect', kind: 'truncated' });
    const response = await run.connect(dana);
    assert.equal(response.status, 200);
    await assert.rejects(response.text());
    assert.equal(await bound(), true);
  });

  it('breaks the JSON', async () => {
    await run.fault({ on: 'connect', kind: 'invalid-json' });
    const response = await run.connect(dana);
    assert.equal(response.status, 200);
    await assert.rejects(response.json(), SyntaxError);
    assert.equal(await bound(), true);
  });

  it('drips the answer byte by byte', async () => {
    await run.fault({ on: 'connect', kind: 'drip', ms: 1 });
    const response = await run.connect(dana);
    assert.equal((await response.json()).dealer_id, 12345);
  });

  it('answers any body, by default after the work', async () => {
    await run.fault({ on: 'connect', kind: 'body', body: 'ok', status: 201, contentType: null });
    const response = await run.connect(dana);
    assert.equal(response.status, 201);
    assert.equal(response.headers.get('Content-Type'), null);
    assert.equal(await response.text(), 'ok');
    assert.equal(await bound(), true);
    await run.fault({ on: 'connect', kind: 'body', body: '', status: 204 });
    assert.equal((await run.connect(dana)).status, 204);
  });

  it('redirects', async () => {
    await run.fault({ on: 'connect', kind: 'redirect', location: 'https://elsewhere.example/', status: 308 });
    const response = await run.connect(dana);
    assert.equal(response.status, 308);
    assert.equal(response.headers.get('Location'), 'https://elsewhere.example/');
    assert.equal(await bound(), false);
  });

  it('delays before the work or after it', async () => {
    await run.fault({ on: 'connect', kind: 'delay', ms: 60_000, when: 'after' });
    const hangUp = new AbortController();
    const slow = run.connect(dana, 'adc-67890', { signal: hangUp.signal });
    await until(bound);
    assert.equal(await lastStatus(), undefined);
    hangUp.abort();
    await assert.rejects(slow);
    await until(async () => (await lastStatus()) === null);
    await run.control('POST', '/reset', {});
    await run.fault({ on: 'connect', kind: 'delay', ms: 60 });
    const startedAt = performance.now();
    assert.equal((await run.connect(dana)).status, 200);
    assert.ok(performance.now() - startedAt >= 55);
  });

  it('applies to the token endpoint of the run', async () => {
    const token = () =>
      fetch(`${sandbox.origin}/runs/${run.id}/oauth/token`, {
        method: 'POST',
        body: new URLSearchParams({
          grant_type: 'client_credentials',
          client_id: 'northwind-platform',
          client_secret: 'northwind-sample-secret',
        }),
      });
    await run.fault(
      { on: 'token', kind: 'status', status: 503, shape: 'oauth' },
      { on: 'token', kind: 'reset-after' },
      { on: 'token', kind: 'invalid-json' },
    );
    assert.equal((await token()).status, 503);
    await assert.rejects(token(), reset);
    await assert.rejects((await token()).json(), SyntaxError);
    const { access_token } = await (await token()).json();
    assert.equal((await run.call('GET', '/dealers/1', { token: access_token })).status, 403);
    assert.deepEqual(
      (await run.log()).map(({ operation }) => operation),
      [...Array(4).fill('token'), 'dealer'],
    );
  });
});
