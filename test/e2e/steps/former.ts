import assert from 'node:assert/strict';
import type { Steps } from '../scenario-tests.js';
import { words } from '../words.js';

/** Scenarios with a former binding. */
export const former: Steps = {
  'former-lost': async (visit) => {
    await visit.sees(words('bindingLost'));
    assert.equal(await visit.element.getByText(words('bindingUnreachable')).count(), 0);
    await visit.signIn('Dana Reyes');
    await visit.connect();
    await visit.becomes(() => visit.connections(), ['12345 adc-67890']);
    await visit.sees(words('connectedNow', { account: 'adc-67890' }));
  },
};
