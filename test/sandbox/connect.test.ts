import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, beforeEach, describe, it } from 'node:test';
import { DANA, MIRA, refused, startSandbox, type Tester, TOM } from './support.js';

const ACME = {
  dealer_id: 12345,
  external_dealer_id: 'adc-67890',
  company_name: 'Acme Security Systems, Inc.',
  company_address1: '200 Commerce Street',
  company_address2: 'Suite 410',
  company_email: 'office@acme.example',
  company_phone_number: '+1-205-555-0142',
  created_at: '2019-03-11T15:24:07.000Z',
};

describe('connect', () => {
  let sandbox: Awaited<ReturnType<typeof startSandbox>>;
  let run: Tester;
  let dana: string;
  before(async () => void (sandbox = await startSandbox()));
  after(() => sandbox.close());
  beforeEach(async () => {
    run = sandbox.run();
    dana = await run.token(DANA);
  });

  it('answers with the bare dealer under its registered name, and records the binding', async () => {
    const response = await run.connect(dana);
    assert.equal(response.status, 200);
    assert.deepEqual(await response.json(), ACME);
    const [binding] = await run.bindings();
    assert.equal(binding?.dealerId, 12345);
    assert.equal(binding?.externalDealerId, 'adc-67890');
  });

  it('writes who, what and when into the audit trail, refusals too', async () => {
    const traceId = randomUUID();
    await run.connect(dana, 'adc-67890', { headers: { 'x-partner-trace-id': traceId } });
    const { request_id } = await refused(await run.connect(await run.token(TOM)), 403, 'permission_denied');
    const [done, denied] = await run.control('GET', '/audit');
    const [entry] = await run.log();
    assert.ok(Math.abs(Date.parse(done.time) - Date.now()) < 60_000);
    assert.deepEqual(
      { ...done, time: '' },
      {
        time: '',
        action: 'connect',
        outcome: 'recorded',
        subject: 'user|dana',
        clientId: 'northwind-platform',
        dealerId: 12345,
        externalDealerId: 'adc-67890',
        traceId,
        requestId: entry?.requestId,
      },
    );
    assert.equal(denied.subject, 'user|tom');
    assert.equal(denied.outcome, 'permission_denied');
    assert.equal(denied.requestId, request_id);
  });

  const bodies: [string, unknown, string | undefined][] = [
    ['no JSON', '{', undefined],
    ['an array', [], undefined],
    ['no external id', { company_name: 'A' }, 'external_dealer_id'],
    ['an external id that is a number', { external_dealer_id: 7, company_name: 'A' }, 'external_dealer_id'],
    ['an empty external id', { external_dealer_id: ' ', company_name: 'A' }, 'external_dealer_id'],
    ['no company name', { external_dealer_id: 'adc-67890' }, 'company_name'],
    ['a blank company name', { external_dealer_id: 'adc-67890', company_name: '\t ' }, 'company_name'],
  ];
  for (const [name, body, field] of bodies) {
    it(`refuses ${name}`, async () => {
      const response = await run.call('PUT', '/dealers/connect', { token: dana, body });
      const isJson = body !== '{';
      const error = await refused(response, isJson ? 422 : 400, isJson ? 'invalid_field' : 'invalid_request');
      assert.equal(error.field, field);
      assert.deepEqual(await run.bindings(), []);
    });
  }

  it('names a wrong field with 400 if the switch says so', async () => {
    await run.switch({ invalidField: '400' });
    const response = await run.call('PUT', '/dealers/connect', { token: dana, body: {} });
    await refused(response, 400, 'invalid_field');
  });

  it('refuses a user without dealer-admin rights, unless the switch lets them', async () => {
    const tom = await run.token(TOM);
    await refused(await run.connect(tom), 403, 'permission_denied');
    assert.deepEqual(await run.bindings(), []);
    await run.switch({ withoutAdmin: 'ok' });
    assert.equal((await run.connect(tom)).status, 200);
  });

  it("refuses client credentials, unless the switch lets a dealer app's in", async () => {
    const [app, platform] = [await run.machineToken('dealer-app'), await run.machineToken()];
    await refused(await run.connect(app), 403, 'user_token_required');
    await refused(await run.connect(platform), 403, 'user_token_required');
    await run.switch({ m2mOnConnect: 'ok' });
    assert.equal((await (await run.connect(app)).json()).dealer_id, 12345);
    await refused(await run.connect(platform), 403, 'user_token_required');
  });

  it('connects again with the same id, or not, as the switch says', async () => {
    await run.connect(dana);
    const [first] = await run.bindings();
    assert.deepEqual(await (await run.connect(dana)).json(), ACME);
    assert.deepEqual(await run.bindings(), [first]);
    await run.switch({ reconnectSameId: 'conflict' });
    await refused(await run.connect(dana), 409, 'dealer_already_connected');
  });

  it('refuses another id for a connected dealer, or replaces the one it has', async () => {
    await run.connect(dana);
    await refused(await run.connect(dana, 'adc-11111'), 409, 'dealer_already_connected');
    assert.equal((await run.bindings())[0]?.externalDealerId, 'adc-67890');
    await run.switch({ reconnectOtherId: 'replace' });
    assert.equal((await (await run.connect(dana, 'adc-11111')).json()).external_dealer_id, 'adc-11111');
    assert.deepEqual(
      (await run.bindings()).map(({ externalDealerId }) => externalDealerId),
      ['adc-11111'],
    );
  });

  it('refuses an id that another dealer has, or moves it', async () => {
    await run.connect(dana);
    const mira = await run.token(MIRA);
    const { field } = await refused(await run.connect(mira), 409, 'external_dealer_id_taken');
    assert.equal(field, 'external_dealer_id');
    assert.deepEqual(
      (await run.bindings()).map(({ dealerId }) => dealerId),
      [12345],
    );
    await run.switch({ idTaken: 'move' });
    assert.equal((await run.connect(mira)).status, 200);
    assert.deepEqual(
      (await run.bindings()).map(({ dealerId }) => dealerId),
      [23456],
    );
  });

  it('sends undocumented formats as the switches say', async () => {
    const mira = await run.token(MIRA);
    assert.ok(!('company_address2' in (await (await run.connect(mira, 'adc-11111')).json())));
    await run.switch({ dealerIdType: 'string', missingAddress: 'null', timestamps: 'sql' });
    const answer = await (await run.connect(mira, 'adc-11111')).json();
    assert.equal(answer.dealer_id, '23456');
    assert.equal(answer.company_address2, null);
    assert.equal(answer.created_at, '2020-11-05 08:00:31');
    await run.switch({ missingAddress: 'empty' });
    assert.equal((await (await run.connect(mira, 'adc-11111')).json()).company_address2, '');
  });

  it('refuses a trace id that is not a UUID, and returns a valid one only if the switch says so', async () => {
    const headers = { 'x-partner-trace-id': 'abc' };
    const { field } = await refused(
      await run.connect(dana, 'adc-67890', { headers }),
      400,
      'invalid_request',
    );
    assert.equal(field, 'x-partner-trace-id');
    const good = { headers: { 'x-partner-trace-id': randomUUID() } };
    const quiet = await run.connect(dana, 'adc-67890', good);
    assert.equal(quiet.headers.get('x-partner-trace-id'), null);
    await run.switch({ traceEcho: 'on' });
    const echoed = await run.connect(dana, 'adc-67890', good);
    assert.equal(echoed.headers.get('x-partner-trace-id'), good.headers['x-partner-trace-id']);
  });
});
