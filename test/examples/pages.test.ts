import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { words } from '../e2e/words.js';
import { startExamples, type Examples } from './support.js';

describe('an example page', () => {
  let examples: Examples;
  before(async () => (examples = await startExamples()));
  after(() => examples.close());

  for (const name of ['html', 'react', 'vue', 'svelte'])
    it(`in ${name} signs in, connects, comes back and disconnects, and the console stays silent`, async () => {
      const visit = await examples.visit(`/examples/${name}/`);
      await visit.signIn();
      await visit.field.fill('Acme Security');
      await visit.field.press('Enter');
      await visit.sees(words('connectedNow'));
      await visit.hears('Welcome, Acme Security Systems, Inc.');
      assert.deepEqual(await visit.connections(), ['12345 adc-67890']);

      await visit.page.reload();
      await visit.sees(words('headingConnected'));
      // a page with a binding from the start requests no token; the plain HTML one sets it later
      if (name !== 'html') assert.ok(!visit.asked.includes('/chekt/token'), `${visit.asked}`);

      await visit.disconnect();
      await visit.hears('Goodbye, Acme Security Systems, Inc.');
      assert.deepEqual(await visit.connections(), []);
      assert.deepEqual(visit.complaints, []);
      await visit.end();
    });
});
