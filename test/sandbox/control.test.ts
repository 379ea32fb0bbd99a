import assert from 'node:assert/strict';
import { request } from 'node:http';
import { after, before, beforeEach, describe, it } from 'node:test';
import { discover, SignIn } from './sign-in.js';
import { DANA, PAGE, refused, startSandbox, Tester, TOM } from './support.js';

describe('the control API', () => {
  let sandbox: Awaited<ReturnType<typeof startSandbox>>;
  let run: Tester;
  before(async () => void (sandbox = await startSandbox()));
  after(() => sandbox.close());
  beforeEach(() => void (run = sandbox.run()));

  const bad: [string, string, unknown, RegExp][] = [
    ['PUT', '/switches', { cors: 'maybe' }, /cors: .*"platform"/],
    ['PUT', '/switches', { nonsense: 1 }, /nonsense/],
    ['PUT', '/faults', {}, /faults/],
    ['PUT', '/faults', { faults: [{ on: 'connect', kind: 'explode' }] }, /faults\.0\.kind/],
    ['PUT', '/faults', { faults: [{ on: 'lunch', kind: 'stall' }] }, /faults\.0\.on/],
    ['PUT', '/faults', { faults: [{ on: 'connect', kind: 'status', status: 200 }] }, /faults\.0\.status/],
    ['PUT', '/faults', { faults: [{ on: 'connect', kind: 'stall', times: 0 }] }, /faults\.0\.times/],
    [
      'PUT',
      '/bindings',
      { dealerId: 1, externalDealerId: 'a' },
      /dealerId: must be the id of a sample dealer/,
    ],
    ['PUT', '/bindings', { dealerId: 12345, externalDealerId: '' }, /externalDealerId/],
    ['POST', '/tokens', { account: 'who@acme.example' }, /account: must be the e-mail of a sample account/],
    ['POST', '/tokens', {}, /account: is needed/],
    ['POST', '/portal/disconnect', {}, /account: must be the e-mail/],
    ['POST', '/revoke', { account: 'who' }, /account: must be/],
  ];
  for (const [method, path, body, message] of bad) {
    it(`says what is wrong with ${method} ${path} ${JSON.stringify(body)}`, async () => {
      const response = await run.controlRequest(method, path, body);
      assert.equal(response.status, 400);
      assert.match((await response.json()).message, message);
    });
  }

  it('requires JSON, a valid run and an existing route', async () => {
    const url = `${sandbox.origin}/sandbox/runs/${run.id}`;
    const broken = { method: 'PUT', headers: { 'Content-Type': 'application/json' }, body: '{' };
    assert.equal((await fetch(`${url}/switches`, broken)).status, 400);
    assert.equal((await fetch(`${url}/reset`, { method: 'POST' })).status, 400);
    assert.equal((await fetch(`${url}/reset`, { method: 'POST', body: 'a' })).status, 400);
    assert.equal((await fetch(`${sandbox.origin}/sandbox/runs/NO/switches`)).status, 400);
    assert.equal((await fetch(`${url}/nothing`)).status, 404);
    assert.equal((await run.controlRequest('DELETE', '/bindings/none')).status, 404);
  });

  it('answers only to loopback host names, to prevent DNS rebinding', async () => {
    const statusFor = (host: string) =>
      new Promise((resolve, reject) => {
        request(`${sandbox.origin}/sandbox/runs/a/log`, { headers: { Host: host } }, (response) =>
          resolve(response.resume().statusCode),
        )
          .once('error', reject)
          .end();
      });
    assert.equal(await statusFor('evil.example'), 403);
    assert.equal(await statusFor('127.0.0.1.evil.example:80'), 403);
    assert.equal(await statusFor('localhost:5174'), 200);
    assert.equal(await statusFor('[::1]:5174'), 200);
  });

  it("admits the platform's pages and no others", async () => {
    const good = await run.controlRequest('PUT', '/switches', { cors: 'off' }, { Origin: PAGE });
    assert.equal(good.status, 200);
    assert.equal(good.headers.get('Access-Control-Allow-Origin'), PAGE);
    const evil = await run.controlRequest(
      'PUT',
      '/switches',
      { cors: 'any' },
      { Origin: 'https://evil.example' },
    );
    assert.equal(evil.status, 403);
    assert.equal(evil.headers.get('Access-Control-Allow-Origin'), null);
    assert.equal((await run.control('GET', '/switches')).cors, 'off');
    const preflight = await run.controlRequest('OPTIONS', '/switches', undefined, {
      Origin: PAGE,
      'Access-Control-Request-Method': 'PUT',
    });
    assert.match(preflight.headers.get('Access-Control-Allow-Methods') ?? '', /PUT.*DELETE/);
  });

  it('keeps runs apart', async () => {
    const other = sandbox.run();
    const dana = await run.token(DANA);
    await run.switch({ withoutAdmin: 'ok' });
    await run.fault({ on: 'connect', kind: 'status', status: 500, times: 2 });
    await run.connect(dana);
    assert.equal((await other.connect(dana, 'adc-67890', { key: 'same-key' })).status, 200);
    assert.equal((await other.control('GET', '/switches')).withoutAdmin, 'forbidden');
    assert.deepEqual(await run.bindings(), []);
    assert.equal((await run.log()).length, 1);
    assert.equal((await run.control('GET', '/audit')).length, 0);
    assert.equal((await other.log()).length, 1);
    const byDefault = await fetch(`${sandbox.origin}/partner/v1/dealers/connect`, { method: 'PUT' });
    assert.equal(byDefault.status, 401);
    assert.equal((await new Tester(sandbox.origin, 'default').log()).length, 1);
  });

  it('restores the initial data', async () => {
    const dana = await run.token(DANA);
    await run.connect(dana, 'adc-67890', { key: 'a-key' });
    await run.switch({ cors: 'off' });
    await run.fault({ on: 'connect', kind: 'stall' });
    const state = await run.control('POST', '/reset', {});
    assert.deepEqual([state.bindings, state.faults, state.switches.cors], [[], [], 'platform']);
    assert.deepEqual([await run.log(), await run.control('GET', '/audit')], [[], []]);
    assert.equal((await run.connect(dana, 'adc-11111', { key: 'a-key' })).status, 200);
  });

  it('seeds and removes bindings', async () => {
    const [binding] = await run.control('PUT', '/bindings', { dealerId: 23456, externalDealerId: 'a/b c' });
    assert.equal(binding.companyName, 'Harbor Alarm & Video, LLC');
    assert.equal((await run.bindings())[0]?.externalDealerId, 'a/b c');
    assert.deepEqual(await run.control('DELETE', `/bindings/${encodeURIComponent('a/b c')}`), []);
  });

  it("disconnects in CHeKT's portal: a dealer admin does, and no platform calls", async () => {
    const platform = await run.machineToken();
    await run.connect(await run.token(DANA));
    const byTom = await run.controlRequest('POST', '/portal/disconnect', { account: TOM });
    assert.equal(byTom.status, 403);
    assert.equal((await run.bindings()).length, 1);
    assert.deepEqual(await run.control('POST', '/portal/disconnect', { account: DANA }), []);
    await refused(await run.call('GET', '/dealers/12345', { token: platform }), 403, 'permission_denied');
    const again = await run.controlRequest('POST', '/portal/disconnect', { account: DANA });
    assert.equal(again.status, 404);
    const [, entry] = await run.control('GET', '/audit');
    const { action, outcome, subject, clientId, externalDealerId, requestId } = entry;
    assert.deepEqual(
      { action, outcome, subject, clientId, externalDealerId, requestId },
      {
        action: 'disconnect',
        outcome: 'recorded',
        subject: 'user|dana',
        clientId: 'dealer-portal',
        externalDealerId: 'adc-67890',
        requestId: null,
      },
    );
    assert.ok((await run.log()).every(({ operation }) => operation !== 'disconnect'));
  });

  it('lists the switches with their values', async () => {
    const list: { name: string; values: string[] | null; default: unknown }[] = await (
      await fetch(`${sandbox.origin}/sandbox/switches`)
    ).json();
    const defaults = Object.fromEntries(list.map(({ name, default: value }) => [name, value]));
    assert.deepEqual(defaults, await run.control('GET', '/switches'));
    for (const { name, values, default: first } of list) {
      if (values) assert.equal(values[0], first, name);
      for (const value of values ?? [])
        assert.equal(((await run.switch({ [name]: value })) as never)[name], value);
    }
  });

  it("issues tokens in the format of a token endpoint's answer", async () => {
    const { access_token, ...rest } = await run.control('POST', '/tokens', { account: TOM, expiresIn: 30 });
    assert.equal(access_token.split('.').length, 3);
    assert.deepEqual(rest, {
      token_type: 'Bearer',
      expires_in: 30,
      scope:
        'openid profile email read:dealer update:dealer create:sites read:sites update:sites delete:sites create:devices read:devices update:devices delete:devices',
      name: 'Tom Okafor',
      email: TOM,
      company_name: 'Acme Security Systems, Inc.',
      dealer_id: '12345',
    });
  });

  it('revokes what a person holds in the run: tokens and the sign-in they came from', async () => {
    const config = await discover(sandbox.origin);
    const [here, there] = [sandbox.run(), sandbox.run()];
    const mine = await new SignIn(config, here.id).tokens(DANA);
    const others = await new SignIn(config, there.id).tokens(DANA);
    const minted = await here.token(DANA);
    await here.control('POST', '/revoke', { account: DANA });
    await refused(await here.connect(mine.access_token), 401, 'invalid_api_key');
    await refused(await here.connect(minted), 401, 'invalid_api_key');
    const { refreshTokenGrant } = await import('openid-client');
    await assert.rejects(refreshTokenGrant(config, mine.refresh_token ?? ''), { error: 'invalid_grant' });
    assert.equal((await there.connect(others.access_token)).status, 200);
  });

  it('shows no token in the log', async () => {
    const dana = await run.token(DANA);
    await run.connect(dana);
    const text = JSON.stringify(await run.log());
    assert.ok(!text.includes(dana) && !text.includes(dana.split('.')[2] ?? ''));
    assert.ok(text.includes('Bearer [redacted]'));
  });

  it('streams the log from where a listener left off', async () => {
    await run.connect('bad');
    await run.connect('bad');
    const stream = await run.controlRequest('GET', '/events', undefined, {
      'Last-Event-ID': '1',
      Origin: PAGE,
    });
    assert.match(stream.headers.get('Content-Type') ?? '', /^text\/event-stream/);
    assert.equal(stream.headers.get('Access-Control-Allow-Origin'), PAGE);
    const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    const read = async (pattern: RegExp) => {
      while (!pattern.test(text)) text += (await reader?.read())?.value ?? assert.fail('the stream ended');
    };
    await read(/id: 2\n/);
    await run.connect(await run.token(DANA));
    await read(/"status":200.*\n/);
    assert.doesNotMatch(text, /id: 1\n/);
    assert.match(text, /event: request\n/);
    await reader?.cancel();
  });
});
