import assert from 'node:assert/strict';
import type { Steps } from '../scenario-tests.js';
import { words } from '../words.js';

/** What another tab of the same browser changes while this one is open. */
export const otherPerson: Steps = {
  'sign-in-changed': async (visit) => {
    await visit.sees('Dana Reyes');
    await visit.page.getByRole('button', { name: 'Sign in as Mira Lindqvist in another tab' }).click();
    await visit.page.getByText('This page has not been told.').waitFor();
    assert.equal(await visit.element.getByText('Mira Lindqvist').count(), 0);
    await visit.connect('Acme');
    await visit.sees(words('signInChanged', { person: 'Mira Lindqvist' }));
    await visit.hears('chekt-before-connect', 'chekt-error');
    assert.deepEqual(await visit.requests('connect'), []);
    assert.equal(await visit.element.getByText('Dana Reyes').count(), 0);
    await visit.connect('Harbor Alarm');
    await visit.becomes(() => visit.connections(), ['23456 adc-67890']);
  },
};

export const otherAccount: Steps = {
  'account-changed': async (visit) => {
    await visit.sees('Dana Reyes');
    await visit.page.getByRole('button', { name: 'Switch to adc-11111 in another tab' }).click();
    await visit.page.getByText('This page has not been told.').waitFor();
    await visit.connect();
    const told = words('error.forbidden.other_account', { account: 'adc-67890' });
    await visit.sees(told);
    assert.deepEqual(await visit.requests('connect'), []);
    assert.deepEqual(await visit.connections(), []);
    await visit.page.getByRole('button', { name: 'Switch back to adc-67890' }).click();
    await visit.page.getByText('The account is adc-67890 again.').waitFor();
    await visit.element.getByRole('button', { name: words('tryAgain') }).click();
    await visit.element.getByText(told).waitFor({ state: 'detached' });
    await visit.sees('Dana Reyes');
  },
};
