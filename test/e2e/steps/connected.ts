import assert from 'node:assert/strict';
import type { Steps } from '../scenario-tests.js';
import type { Visit } from '../support.js';
import { words } from '../words.js';

const DISCONNECTED = words('disconnected');

/** The binding is still shown, and still there. */
async function isStillConnected(visit: Visit): Promise<void> {
  await visit.sees(words('headingConnected'));
  assert.deepEqual(await visit.connections(), ['12345 adc-67890']);
}

export const connected: Steps = {
  connected: async (visit) => {
    await visit.sees(words('headingConnected'));
    await visit.reaches(12345, { platform: /Riverside Warehouse/ });
    assert.deepEqual(await visit.events(), []);
    const asked = visit.page.locator('#timeline [data-source=page] summary');
    assert.equal(await asked.filter({ hasText: 'GET /chekt/token' }).count(), 0);
    await visit.element.getByRole('button', { name: words('disconnect') }).click();
    await visit.sees(words('disconnectFrom'));
    await visit.element.getByRole('button', { name: words('keepConnected') }).click();
    await isStillConnected(visit);
    await visit.disconnect();
    await visit.sees(DISCONNECTED);
    await visit.reaches(12345, { platform: /^403/ });
    assert.deepEqual(await visit.connections(), []);
  },

  'disconnect-lost-answer': async (visit) => {
    await visit.disconnect();
    await visit.sees(DISCONNECTED);
    const requests = await visit.requests('disconnect');
    assert.deepEqual(
      requests.map(({ status, attempt }) => [status, attempt]),
      // CHeKT no longer lets the platform see the dealer, which proves nothing; the repeat gets the answer to its key
      [
        [null, 1],
        [200, 2],
      ],
    );
    assert.deepEqual(await visit.outcomes(), ['recorded']);
  },

  'disconnect-no-content': async (visit) => {
    await visit.disconnect();
    await visit.sees(DISCONNECTED);
    assert.deepEqual(
      (await visit.requests('disconnect')).map(({ status }) => status),
      [204],
    );
  },

  'disconnect-refused': async (visit) => {
    await visit.disconnect();
    await visit.sees(words('error.forbidden'));
    await visit.sees(words('reference'));
    await isStillConnected(visit);
    await visit.hears('chekt-before-disconnect', 'chekt-error');
  },

  'relay-down': async (visit) => {
    await visit.disconnect();
    await visit.sees(words('title.server'));
    await visit.sees(words('outcomeUnknown'));
    await isStillConnected(visit);
    await visit.sandbox('PUT', '/faults', { faults: [] });
    await visit.element.getByRole('button', { name: words('checkAgain') }).click();
    await visit.sees(DISCONNECTED);
  },

  'no-relay': async (visit) => {
    await visit.sees(words('askToDisconnect'));
    assert.equal(await visit.element.getByRole('button', { name: words('disconnect') }).count(), 0);
  },

  'disconnected-elsewhere': async (visit) => {
    await visit.sees(words('bindingUnreachable'));
    assert.equal(await visit.element.getByText(DISCONNECTED).count(), 0);
    await visit.sees(words('signInFirst'));
    await visit.hears('chekt-authorization-required');
  },

  'disconnected-meanwhile': async (visit) => {
    await visit.sees(words('headingConnected'));
    await visit.becomes(() => visit.connections(), []);
    await visit.disconnect();
    await visit.sees(DISCONNECTED);
    // only CHeKT's own answer to the disconnect says that it is gone
    assert.deepEqual(await visit.outcomes(), ['dealer_not_connected']);
  },

  'not-checked': async (visit) => {
    await visit.sees(words('headingConnected'));
    await visit.page.getByText('could not ask CHeKT whether this connection is still there').waitFor();
  },

  'two-tabs': async (visit) => {
    await visit.sees(words('notYou'));
    const [second, third] = [await visit.anotherTab(), await visit.anotherTab()];
    await third.sees(words('notYou'));
    await second.sees(words('notYou'));
    await second.connect();
    await second.sees(words('connectedNow'));
    await visit.comeBack();
    await visit.sees(words('headingConnected'));
    // a tab that was never hidden finds out at the press
    await third.connect();
    await third.sees(words('headingConnected'));
    assert.deepEqual(await visit.connections(), ['12345 adc-67890']);
    assert.equal((await visit.requests('connect')).length, 1);
  },
};
