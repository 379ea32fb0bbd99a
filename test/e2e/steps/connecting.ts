import assert from 'node:assert/strict';
import type { Steps } from '../scenario-tests.js';
import { words } from '../words.js';

const CONNECTED = words('connectedNow');

export const connecting: Steps = {
  technician: async (visit) => {
    await visit.connect();
    await visit.sees(words('error.forbidden.permission_denied'));
    await visit.element.getByRole('link', { name: words('switchAccount') }).waitFor();
    assert.deepEqual(await visit.outcomes(), ['permission_denied']);
    await visit.hears('chekt-before-connect', 'chekt-error');
  },

  'dealer-app-token': async (visit) => {
    await visit.connect();
    await visit.sees(words('error.forbidden'));
    assert.deepEqual(await visit.outcomes(), ['user_token_required']);
  },

  'bound-elsewhere': async (visit) => {
    await visit.connect();
    await visit.sees(words('error.conflict'));
    assert.deepEqual(await visit.outcomes(), ['dealer_already_connected']);
    assert.deepEqual(await visit.connections(), ['12345 adc-11111']);
    assert.equal(await visit.element.getByRole('button', { name: words('connect') }).count(), 0);
  },

  'id-taken': async (visit) => {
    await visit.connect();
    await visit.sees(words('error.conflict'));
    assert.deepEqual(await visit.outcomes(), ['external_dealer_id_taken']);
    assert.deepEqual(await visit.connections(), ['23456 adc-67890']);
  },

  'connected-before': async (visit) => {
    await visit.sees(words('notYou'));
    await visit.connect();
    await visit.sees(CONNECTED);
    assert.deepEqual(await visit.connections(), ['12345 adc-67890']);
    await visit.reload();
    await visit.sees(words('headingConnected'));
  },

  'name-refused': async (visit) => {
    await visit.connect('Acne');
    const field = visit.element.getByRole('textbox', { name: words('companyName') });
    await visit.sees(words('companyNameRefused'));
    assert.equal(await field.getAttribute('aria-invalid'), 'true');
    assert.equal(await field.inputValue(), 'Acne');
    await visit.connect();
    await visit.sees(CONNECTED);
    await visit.hears('chekt-before-connect', 'chekt-error', 'chekt-before-connect', 'chekt-connected');
    const keys = (await visit.requests('connect')).map(({ idempotencyKey }) => idempotencyKey);
    assert.equal(new Set(keys).size, 2);
  },

  'unknown-dealer': async (visit) => {
    await visit.connect();
    await visit.sees(words('error.not-found'));
    const [request] = await visit.requests('connect');
    await visit.element.getByText(words('reference')).click();
    await visit.sees(`${request?.requestId} / ${request?.traceId}`);
    await visit.element.getByRole('button', { name: words('copy') }).click();
    await visit.element.getByRole('button', { name: words('copied') }).waitFor();
    assert.equal(await visit.clipboard(), `${request?.requestId} / ${request?.traceId}`);
  },

  'other-spellings': async (visit) => {
    await visit.connect();
    await visit.sees(CONNECTED);
    await visit.element.getByText(words('companyDetails')).click();
    await visit.sees('12345');
    await visit.sees('200 Commerce Street, Suite 410');
    assert.deepEqual(await visit.connections(), ['12345 adc-67890']);
  },

  vetoed: async (visit) => {
    await visit.connect();
    await visit.page.getByText('Northwind Cloud connects nobody today.').waitFor();
    await visit.hears('chekt-before-connect', 'chekt-error');
    await visit.page.locator('#timeline [data-source=page]', { hasText: 'cancelled' }).waitFor();
    assert.deepEqual(await visit.requests('connect'), []);
    assert.equal(await visit.element.getByText(words('reference')).count(), 0);
    await visit.element.getByRole('button', { name: words('connect') }).waitFor();
  },

  'asks-first': async (visit) => {
    await visit.connect();
    const approve = visit.page.getByRole('button', { name: 'Approve' });
    await approve.waitFor();
    assert.deepEqual(await visit.requests('connect'), []);
    await approve.click();
    await visit.sees(CONNECTED);
    assert.equal((await visit.requests('connect')).length, 1);
  },
};
