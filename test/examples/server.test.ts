import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { words } from '../e2e/words.js';
import { buildHost, renderOnServer } from './build.js';
import { startExamples, type Examples } from './support.js';

const attributes = [
  'external-dealer-id',
  'platform-name',
  'api-base-url',
  'token-url',
  'authorize-url',
  'disconnect-base-url',
];

const binding = {
  dealerId: 12345,
  externalDealerId: 'adc-67890',
  companyName: 'Acme Security Systems, Inc.',
};

describe('a server-rendered example', () => {
  let examples: Examples;
  before(async () => (examples = await startExamples()));
  after(() => examples.close());

  for (const name of ['react', 'vue', 'svelte'])
    it(`in ${name} is the tag with its attributes, and hydrates without a mismatch`, async () => {
      const [html, connected] = await renderOnServer(name, null, binding);
      for (const rendered of [html!, connected!]) {
        const [tag = ''] = /<chekt-connect[^>]*>/.exec(rendered) ?? [];
        assert.deepEqual(
          [...tag.matchAll(/\s([\w-]+)=/g)].map(([, attribute]) => attribute),
          attributes,
        );
      }

      const host = await buildHost(name, `/examples/${name}/`, html);
      const visit = await examples.visit(`/examples/${name}/`, host);
      await visit.signIn();
      await visit.page.goto('/host/');
      await visit.sees('Dana Reyes');
      assert.deepEqual(await visit.element.evaluate((element) => element.getAttributeNames()), attributes);
      await visit.element.getByRole('button', { name: words('connect') }).click();
      await visit.sees(words('connectedNow'));
      await visit.hears('Welcome, Acme Security Systems, Inc.');
      await visit.page.reload();
      await visit.sees(words('headingConnected'));
      assert.deepEqual(await visit.element.evaluate((element) => element.getAttributeNames()), attributes);
      assert.deepEqual(visit.complaints, []);
      await visit.end();
    });
});
