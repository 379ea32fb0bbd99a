import assert from 'node:assert/strict';
import type { Steps } from '../scenario-tests.js';
import { words } from '../words.js';

const CONNECTED = words('connectedNow');
const NOT_SET_UP = words('error.configuration');

export const platform: Steps = {
  'session-ended': async (visit) => {
    await visit.sees(words('error.unauthorized.login_required'));
    await visit.reload();
    await visit.page.getByRole('button', { name: 'Sign in to Northwind Cloud' }).click();
    await visit.sees(words('signInFirst'));
  },

  'not-stored': async (visit) => {
    await visit.connect();
    await visit.sees(CONNECTED);
    await visit.page.getByText('Northwind Cloud could not store it.').waitFor();
    assert.deepEqual(await visit.connections(), ['12345 adc-67890']);
    await visit.page.getByRole('button', { name: 'Store it' }).click();
    await visit.page.getByText('Northwind Cloud has stored the connection.').waitFor();
    await visit.reload();
    await visit.sees(words('headingConnected'));
  },

  'not-read-back': async (visit) => {
    await visit.connect();
    await visit.sees(CONNECTED);
    const requests = await visit.requests('connect');
    assert.deepEqual(
      requests.map(({ attempt, replayed }) => [attempt, replayed]),
      [[1, false]],
    );
    await visit.becomes(() => visit.sandbox('GET', '/faults'), { faults: [] }); // reading it back has been tried
    await visit.reload();
    await visit.sees(words('headingConnected'));
  },

  'closed-meanwhile': async (visit) => {
    await visit.connect();
    // CHeKT has the request and delays its answer
    await visit.becomes(() => visit.sandbox('GET', '/faults'), { faults: [] });
    await visit.reload();
    // the platform has stored the binding and then revokes the sign-in
    await visit.becomes(async () => (await visit.requests('revoke')).length > 0, true);
    await visit.reload();
    await visit.sees(words('headingConnected'));
    assert.deepEqual(await visit.connections(), ['12345 adc-67890']);
  },

  'other-account': async (visit) => {
    await visit.sees(words('title.forbidden.other_account'));
    assert.deepEqual(await visit.requests('connect'), []);
    assert.deepEqual(await visit.connections(), []);
  },

  misconfigured: async (visit) => {
    await visit.sees(NOT_SET_UP);
    await visit.hears('chekt-error');
    await visit.becomes(() => visit.complaints.length, 1);
  },

  'unsafe-url': async (visit) => {
    await visit.sees(NOT_SET_UP);
    await visit.becomes(() => visit.complaints.length, 1);
  },

  'token-attribute': async (visit) => {
    await visit.hears('chekt-error');
    await visit.becomes(() => visit.complaints.length, 1);
    assert.equal(await visit.element.getAttribute('access-token'), null);
    await visit.connect();
    await visit.sees(CONNECTED);
  },

  disabled: async (visit) => {
    const button = visit.element.getByRole('button', { name: words('connect') });
    assert.equal(await button.getAttribute('aria-disabled'), 'true');
    await button.click({ force: true });
    assert.deepEqual(await visit.events(), []);
    await visit.page.getByRole('checkbox', { name: 'disabled' }).uncheck();
    await visit.connect();
    await visit.sees(CONNECTED);
  },

  'long-texts': async (visit) => {
    await visit.sees('manage:video_verification_schedules_of_every_site');
    for (const width of ['240', '900', 'auto']) {
      await visit.page.getByRole('combobox', { name: 'Width in px' }).selectOption(width);
      const overflow = await visit.element.evaluate(
        ({ shadowRoot }) =>
          [...shadowRoot!.querySelectorAll('*')].filter(
            (node) =>
              node.scrollWidth > node.clientWidth + 1 &&
              node.clientWidth > 1 &&
              getComputedStyle(node).display !== 'inline' &&
              !node.matches('input'),
          ).length,
      );
      assert.equal(overflow, 0, `at ${width}`);
    }
  },

  bare: async (visit) => {
    await visit.sees(words('notYou'));
    assert.equal(await visit.element.getByRole('listitem').count(), 0);
    await visit.connect();
    await visit.sees(words('connectedNow', { platform: 'localhost' }));
    await visit.sees(words('askToDisconnect', { platform: 'localhost' }));
  },
};
