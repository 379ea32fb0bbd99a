import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { ACCOUNT, DANA, startWorld, type World } from './world.js';

describe('what the page gets of an answer of CHeKT', () => {
  let world: World;
  before(async () => void (world = await startWorld()));
  after(() => world.close());

  async function signedIn() {
    const platform = await world.platform();
    const person = platform.person();
    await person.signIn(DANA);
    const { access_token: token } = await (await person.get('/browser-token')).json();
    const answers = (on: 'connect' | 'disconnect', status: number, body: object) =>
      platform.fault({ on, kind: 'body', status, body: JSON.stringify(body), contentType: 'text/html' });
    return { platform, person, token: token as string, answers };
  }

  const dealer = { dealer_id: 12345, external_dealer_id: ACCOUNT, company_name: 'Acme Security' };

  it('is made anew from the fields of an error: no message, no field that is not known, no header', async () => {
    const { person, token, answers } = await signedIn();
    const error = {
      code: 'invalid',
      message: `got Bearer ${token}`,
      field: 'company_name',
      request_id: 'req_1',
    };
    await answers('connect', 422, { error: { ...error, details: [token] }, debug: token });
    const answer = await person.connect();
    assert.equal(answer.status, 422);
    assert.equal(answer.headers.get('Content-Type'), 'application/json');
    assert.deepEqual(await answer.json(), { error: { ...error, message: 'CHeKT answered 422.' } });
  });

  it('is made anew from the fields of a dealer, also when the answer is remembered', async () => {
    const { platform, person, token, answers } = await signedIn();
    await answers('connect', 200, {
      ...dealer,
      company_email: 'a@acme.example',
      debug: token,
      note: { token },
    });
    const key = crypto.randomUUID();
    const { sign_in_id: signInId } = await person.token();
    await platform.fault(
      { on: 'connect', kind: 'body', status: 200, body: JSON.stringify({ ...dealer, debug: token }) },
      {
        on: 'dealer',
        kind: 'body',
        status: 200,
        body: JSON.stringify({ ...dealer, debug: token }),
        times: null,
      },
    );
    for (let time = 0; time < 2; time++) {
      assert.deepEqual(await (await person.connect({ key, signInId })).json(), dealer);
    }
  });

  it('says of a disconnect nothing but what a dealer has', async () => {
    const { person, token, answers } = await signedIn();
    assert.equal((await person.connect()).status, 200);
    await answers('disconnect', 200, { status: 'ok', debug: token });
    const answer = await person.disconnect(12345);
    assert.equal(answer.status, 200);
    assert.deepEqual(await answer.json(), {});
  });

  it('gives a wait as a number of seconds, or none', async () => {
    const { platform, person } = await signedIn();
    const { sign_in_id: signInId } = await person.token();
    const fault = { on: 'connect', kind: 'status', status: 503, code: 'unavailable' };
    for (const [said, given] of [
      ['7', '7'],
      ['soon', null],
      [new Date(Date.now() + 9_500).toUTCString(), /^(8|9|10)$/],
    ] as const) {
      await platform.fault({ ...fault, retryAfter: said });
      const wait = (await person.connect({ signInId })).headers.get('Retry-After');
      if (given instanceof RegExp) assert.match(String(wait), given);
      else assert.equal(wait, given, said);
    }
  });
});

describe('a token that CHeKT or its issuer echoes', () => {
  let world: World;
  before(async () => void (world = await startWorld()));
  after(() => world.close());

  it('is in no answer, log line or audit row, whichever field says it, also in part', async () => {
    const platform = await world.platform();
    const person = platform.person();
    await person.signIn(DANA);
    const { access_token: token } = await (await person.get('/browser-token')).json();
    const part = token.slice(-20);
    const names = {
      company_name: `Acme ${part}`,
      company_email: token,
      company_address1: part.toUpperCase(),
    };
    const said: string[] = [];
    const { sign_in_id: signInId } = await person.token();
    for (const [status, body] of [
      [422, { error: { code: part, request_id: part, field: part } }],
      [422, { error: { code: 'invalid', request_id: part, field: `x.${part}` } }],
      [403, { error: part }],
      [200, { dealer_id: 12345, external_dealer_id: ACCOUNT, ...names }],
    ] as const) {
      await platform.fault({ on: 'connect', kind: 'body', status, body: JSON.stringify(body) });
      const answer = await person.connect({ signInId });
      assert.equal(answer.status, status);
      said.push(await answer.text());
    }
    const { items } = await platform.chekt.audit();
    assert.deepEqual(
      items.map(({ action, requestId }) => [action, requestId]),
      [...Array(3).fill(['connect.refused', null]), ['connect.recorded', null]],
    );
    said.push(JSON.stringify([items, platform.log, await platform.chekt.bindings.get(ACCOUNT)]));
    assert.ok(platform.log.length >= 3);
    for (const text of said) assert.ok(!text.toLowerCase().includes(part.toLowerCase()), text);
    assert.match(said[3] ?? '', /"company_name":"…"/);
  });

  it('is in no log line where the issuer says it', async () => {
    const platform = await world.platform();
    const person = platform.person();
    const secret = 'abcdefghijklmnopqrstuvwxyz';
    const sent = globalThis.fetch;
    globalThis.fetch = async (input, init) => {
      const response = await sent(input, init);
      if (!/oauth\/token/.test(String(input))) return response;
      const body = new URLSearchParams(String(init?.body));
      const echo = (body.get('code_verifier') ?? secret).slice(3, 30);
      return Response.json({ error: echo }, { status: 400, headers: { 'X-Request-Id': echo } });
    };
    try {
      await person.signIn(DANA);
    } finally {
      globalThis.fetch = sent;
    }
    const line = platform.log.find(({ message }) => message.includes('The sign-in with CHeKT failed'));
    assert.equal(line?.fields['oauthError'], 'unreadable');
    assert.equal(line.fields['requestId'], undefined);
  });
});
