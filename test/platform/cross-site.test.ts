import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { ACCOUNT, DANA, startWorld, type Visit } from './support.js';

const routes = [
  ['PUT', '/partner/v1/dealers/connect', { external_dealer_id: ACCOUNT, company_name: 'Acme Security' }],
  ['PUT', '/partner/v1/dealers/12345/disconnect', undefined],
  ['POST', '/bindings', { dealerId: 12345 }],
  ['POST', '/demo-session', { externalDealerId: 'adc-11111' }],
  ['DELETE', '/demo-session', undefined],
  ['POST', '/demo-sign-in', { account: DANA }],
] as const;

const foreign: Record<string, Record<string, string>> = {
  'another site': { 'Sec-Fetch-Site': 'cross-site', Origin: 'https://evil.example' },
  'another port of localhost, which is the same site': {
    'Sec-Fetch-Site': 'same-site',
    Origin: 'http://localhost:1',
  },
  'a browser without Sec-Fetch-Site, on another site': { Origin: 'https://evil.example' },
  'an opaque origin': { Origin: 'null' },
  'nowhere that can be told': {},
};

describe('cross-site requests', () => {
  let world: Awaited<ReturnType<typeof startWorld>>;
  let visit: Visit;
  before(async () => {
    world = await startWorld();
    visit = world.visit();
    await visit.signIn(DANA);
  });
  after(() => world.close());

  const send = (method: string, path: string, json: unknown, headers: Record<string, string>) =>
    visit.browser.fetch(visit.base + path, {
      method,
      headers: { 'Content-Type': 'text/plain', 'Idempotency-Key': 'a-key-of-somebody-else', ...headers },
      ...(json === undefined ? {} : { body: JSON.stringify(json) }),
    });

  for (const [method, path, json] of routes) {
    for (const [whence, headers] of Object.entries(foreign)) {
      it(`refuses ${method} ${path} from ${whence}`, async () => {
        const answer = await send(method, path, json, headers);
        assert.equal(answer.status, 403);
        assert.equal((await answer.json()).error.code, 'cross_site_request');
        assert.deepEqual(await visit.log(/dealers/), []);
        assert.equal((await visit.session()).externalDealerId, ACCOUNT);
      });
    }
  }

  for (const path of ['/token', '/browser-token', '/session', '/reach']) {
    it(`does not let another site read ${path}`, async () => {
      for (const site of ['cross-site', 'same-site']) {
        assert.equal((await send('GET', path, undefined, { 'Sec-Fetch-Site': site })).status, 403);
      }
      const answer = await send('GET', path, undefined, { 'Sec-Fetch-Site': 'same-origin' });
      assert.equal(answer.status, 200);
      assert.equal(answer.headers.get('Access-Control-Allow-Origin'), null);
    });
  }

  it('takes a request of its own page from a browser without Sec-Fetch-Site', async () => {
    const answer = await send(
      'POST',
      '/bindings',
      { dealerId: 12345 },
      { Origin: world.demo.platformOrigin },
    );
    assert.equal((await answer.json()).error.code, 'other_account');
  });
});
