import assert from 'node:assert/strict';
import type { Steps } from '../scenario-tests.js';
import { words } from '../words.js';

const CONNECTED = words('connectedNow');

export const signingIn: Steps = {
  'first-visit': async (visit) => {
    await visit.sees(words('signInFirst'));
    await visit.hears('chekt-authorization-required');
    await visit.signIn('Dana Reyes');
    await visit.connect();
    await visit.sees(CONNECTED);
    assert.equal((await visit.bindings()).length, 1);
    await visit.hears('chekt-before-connect', 'chekt-connected');
  },

  authorized: async (visit) => {
    await visit.sees(words('notYou'));
    await visit.sees('dana@acme.example');
    assert.equal(await visit.element.getByText('minutes').count(), 0);
    await visit.sees(/^View, add, edit,? and delete your sites$/);
    await visit.connect('Acme');
    await visit.sees(words('nameDiffers', { typed: 'Acme' }));
    assert.deepEqual(await visit.outcomes(), ['recorded']);
  },

  'switch-account': async (visit) => {
    await visit.sees('Tom Okafor');
    await visit.signIn('Dana Reyes', words('switchAccount'));
    await visit.sees('Dana Reyes');
    await visit.connect();
    await visit.sees(CONNECTED);
    assert.equal((await visit.audit())[0]?.subject, 'user|dana');
  },

  'consent-denied': async (visit) => {
    await visit.element.getByRole('link', { name: words('signIn') }).click();
    await visit.page.getByRole('button', { name: 'Dana Reyes' }).click();
    await visit.page.getByRole('button', { name: /Don.t allow/ }).click();
    await visit.ready();
    await visit.sees(words('error.forbidden.access_denied'));
    await visit.hears('chekt-authorization-required', 'chekt-error');
    // CHeKT still knows who is signed in
    await visit.element.getByRole('link', { name: words('signIn') }).click();
    await visit.allow();
    await visit.sees('Dana Reyes');
    assert.deepEqual(await visit.bindings(), []);
  },

  'about-to-expire': async (visit) => {
    await visit.sees(/ends in (2 minutes|[1-5]?\d seconds)\.$/); // on a slow machine, some time has passed
    // the wall clock decides, so the test moves it instead of waiting
    await visit.jump(20_000);
    await visit.sees(/ends in [1-5]\d seconds\.$/);
    await visit.jump(60_000);
    await visit.sees(words('title.unauthorized'));
    await visit.element.getByRole('link', { name: words('signIn') }).waitFor();
  },

  expired: async (visit) => {
    await visit.element.getByRole('link', { name: words('signIn') }).waitFor();
    await visit.becomes(async () => (await visit.fetch('token')).status, 204); // the platform says the same
    await visit.sees(words('title.unauthorized'));
    assert.equal(await visit.element.getByRole('button', { name: words('connect') }).count(), 0);
    assert.deepEqual(await visit.requests('connect'), []);
    await visit.signIn('Dana Reyes');
    await visit.connect();
    await visit.sees(CONNECTED);
  },

  revoked: async (visit) => {
    await visit.connect('Typed before');
    await visit.sees(words('error.unauthorized'));
    assert.deepEqual(
      (await visit.requests('connect')).map(({ status }) => status),
      [401],
    );
    await visit.signIn('Dana Reyes');
    await visit.sees('Acme Security Systems, Inc.');
  },

  renewed: async (visit) => {
    await visit.signIn('Dana Reyes');
    await visit.connect();
    await visit.sees(CONNECTED);
    const requests = await visit.requests('connect');
    assert.deepEqual(
      requests.map(({ status }) => status),
      [401, 200],
    );
    assert.equal(new Set(requests.map(({ idempotencyKey }) => idempotencyKey)).size, 1);
    await visit.hears('chekt-before-connect', 'chekt-connected');
  },

  'opaque-token': async (visit) => {
    await visit.sees(words('signedIn'));
    await visit.element.getByRole('textbox', { name: words('companyName') }).waitFor();
    await visit.connect();
    await visit.sees(CONNECTED);
  },

  unavailable: async (visit) => {
    await visit.sees(words('title.signInCheckFailed'));
    assert.equal(await visit.element.getByText(words('signInFirst')).count(), 0);
    await visit.hears('chekt-error');
    await visit.page.getByRole('button', { name: 'Start it' }).click();
    await visit.element.getByRole('button', { name: words('tryAgain') }).click();
    await visit.sees('Dana Reyes');
  },
};
