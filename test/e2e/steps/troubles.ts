import assert from 'node:assert/strict';
import type { Steps } from '../scenario-tests.js';
import type { Visit } from '../support.js';
import { words } from '../words.js';

const CONNECTED = words('connectedNow');
const ONE = ['12345 adc-67890'];

/** The statuses of all connect requests, which must share one key and one trace id. */
async function statusesOfOneOperation(visit: Visit): Promise<(number | null)[]> {
  const requests = await visit.requests('connect');
  for (const name of ['idempotencyKey', 'traceId'] as const) {
    assert.equal(new Set(requests.map((request) => request[name])).size, 1, name);
  }
  assert.deepEqual(
    requests.map(({ attempt }) => attempt),
    requests.map((_, index) => index + 1),
  );
  return requests.map(({ status }) => status);
}

export const troubles: Steps = {
  slow: async (visit) => {
    await visit.connect();
    await visit.sees(words('stillWorking'));
    await visit.sees(CONNECTED);
    assert.deepEqual(await statusesOfOneOperation(visit), [200]);
  },

  flaky: async (visit) => {
    await visit.connect();
    await visit.sees(CONNECTED);
    assert.deepEqual(await statusesOfOneOperation(visit), [503, 503, 200]);
    await visit.hears('chekt-before-connect', 'chekt-connected');
  },

  'lost-answer': async (visit) => {
    await visit.connect();
    await visit.sees(CONNECTED);
    assert.deepEqual(await statusesOfOneOperation(visit), [null, 200]);
    assert.deepEqual(await visit.connections(), ONE);
    assert.deepEqual(await visit.outcomes(), ['recorded']);
    // the timeline shows it too, on both sides and with the same key
    const key = (await visit.requests('connect'))[0]?.idempotencyKey?.slice(0, 8);
    for (const [source, first] of [
      ['page', '502'],
      ['chekt', 'no answer'],
    ] as const) {
      await visit.page.locator('#side').selectOption(source);
      const lines = visit.page.locator(`#timeline [data-source=${source}] summary`, {
        hasText: `key ${key}`,
      });
      await lines.nth(1).waitFor();
      assert.match((await lines.nth(0).textContent()) ?? '', new RegExp(`PUT .*connect → ${first}`));
      assert.match((await lines.nth(1).textContent()) ?? '', /PUT .*connect → 200/);
    }
    await visit.page
      .getByText(
        /^1 connected after 1 connect: Acme Security Systems, Inc. \(12345\) is connected to adc-67890$/,
      )
      .waitFor();
  },

  'lost-answers': async (visit) => {
    await visit.connect();
    await visit.sees(words('outcomeUnknown'));
    assert.deepEqual(await visit.connections(), ONE);
    await visit.element.getByRole('button', { name: words('checkAgain') }).click();
    await visit.sees(CONNECTED);
    assert.deepEqual(await statusesOfOneOperation(visit), [null, null, null, null, null, 200]);
    assert.deepEqual(await visit.connections(), ONE);
  },

  'server-down': async (visit) => {
    await visit.connect();
    await visit.sees(words('title.server'));
    assert.deepEqual(await statusesOfOneOperation(visit), [503, 503, 503, 503, 503]);
    assert.deepEqual(await visit.connections(), []);
    await visit.hears('chekt-before-connect', 'chekt-error');
  },

  'no-answer': async (visit) => {
    await visit.connect();
    await visit.sees(words('title.server'));
    assert.deepEqual(await visit.connections(), []);
    await visit.hears('chekt-before-connect', 'chekt-error');
  },

  'rate-limited': async (visit) => {
    await visit.connect();
    await visit.sees(/[Tt]ry again in [1-3]?\d seconds/); // on a slow machine, some of them have passed
    const told = await visit.page
      .locator('#timeline [data-source=page] pre', { hasText: '"retryAfter"' })
      .allTextContents();
    assert.deepEqual(
      told.map((detail) => JSON.parse(detail).error.retryAfter),
      [35],
    );
    const button = visit.element.getByRole('button', { name: /Try again|Connect/ });
    assert.equal(await button.getAttribute('aria-disabled'), 'true');
    assert.deepEqual(await statusesOfOneOperation(visit), [429]);
    // the service pauses all calls by its own clock, so moving the page's clock would not help
    await visit.element.locator('[part~=connect-button]:not([aria-disabled])').click({ timeout: 60_000 });
    await visit.sees(CONNECTED);
  },

  'rate-limited-briefly': async (visit) => {
    await visit.connect();
    await visit.sees(CONNECTED);
    const [first, second] = await visit.requests('connect');
    assert.deepEqual(await statusesOfOneOperation(visit), [429, 200]);
    assert.ok(Date.parse(second!.time) - Date.parse(first!.time) >= 2000);
  },

  offline: async (visit) => {
    await visit.page.locator('#notice').getByText('This browser claims to be offline').waitFor();
    assert.equal(await visit.page.evaluate(() => navigator.onLine), false);
    await visit.connect();
    await visit.sees(CONNECTED);
    assert.deepEqual(await statusesOfOneOperation(visit), [200]);
  },

  unreadable: async (visit) => {
    await visit.connect();
    await visit.sees(words('title.server'));
    await visit.sees(words('outcomeUnknown'));
    await visit.element.getByRole('button', { name: words('checkAgain') }).click();
    await visit.sees(CONNECTED);
    assert.deepEqual(await statusesOfOneOperation(visit), [200, 200, 200]);
    assert.deepEqual(await visit.outcomes(), ['recorded']);
  },

  'other-id': async (visit) => {
    await visit.connect();
    await visit.sees(words('title.server'));
    assert.equal(await visit.element.getByText(words('headingConnected')).count(), 0);
    await visit.hears('chekt-before-connect', 'chekt-error');
  },

  redirected: async (visit) => {
    await visit.connect();
    await visit.sees(words('title.server'));
    assert.deepEqual(await statusesOfOneOperation(visit), [307]);
    assert.equal(
      (await visit.sandbox<{ path: string }[]>('GET', '/log')).some(({ path }) => path.endsWith('elsewhere')),
      false,
    );
  },

  'no-cors': async (visit) => {
    await visit.connect();
    await visit.sees(words('title.network'));
    assert.deepEqual(await visit.requests('connect'), []);
    assert.deepEqual(await visit.connections(), []);
  },
};
