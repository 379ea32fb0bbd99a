import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { ChektConnectElement } from '../../src/index.js';
import { en } from '../../src/element/i18n/en.js';
import { startWorld } from './support.js';
import { words } from './words.js';

const STATES = [
  'authorized',
  'authorizing',
  'connected',
  'connecting',
  'disconnecting',
  'unauthorized',
  'unavailable',
  'unconfigured',
];

const alsoShown = [
  'loading',
  'signInFirst',
  'title.rate-limited',
  'title.signInCheckFailed',
  'stillWorking',
  'outcomeUnknown',
  'companyNameMissing',
  'companyNameRefused',
  'askToDisconnect',
  'disconnectLoses',
  'disconnected',
] as const;

describe('the gallery', () => {
  let world: Awaited<ReturnType<typeof startWorld>>;
  before(async () => void (world = await startWorld()));
  after(() => world.close());

  it('shows every state and every error message, in light and in dark, and sends no request', async () => {
    const visit = await world.visit('?view=gallery');
    const { page } = visit;
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    for (const scheme of ['light', 'dark']) {
      const elements = page.locator(`.${scheme} > chekt-connect`);
      const errors = (Object.keys(en) as (keyof typeof en)[])
        .filter((key) => key.startsWith('error.'))
        // the gallery shows the pause, whose countdown stands in the place of this sentence
        .filter((key) => key !== 'error.rate-limited');
      for (const key of [...errors, ...alsoShown] as const) {
        await elements.getByText(words(key)).first().waitFor();
      }
      const shown = await elements.evaluateAll((nodes) =>
        nodes.map((node) => [(node as ChektConnectElement).state, getComputedStyle(node).colorScheme]),
      );
      assert.deepEqual([...new Set(shown.map(([state]) => state))].sort(), STATES);
      assert.ok(shown.every(([, colorScheme]) => colorScheme === scheme));
    }
    assert.deepEqual(asked, []);
    await visit.end();
  });

  it('shows a single state under a link of its own, with the ways to the others', async () => {
    const visit = await world.visit('?view=gallery&lang=fr');
    const { page } = visit;
    const states = page.getByRole('navigation', { name: 'States' });
    const count = await page.locator('#cells > section').count();
    assert.equal(await states.getByRole('link').count(), count);
    await states.getByRole('link', { name: 'connected: just now' }).click();
    await page.waitForURL(/state=connected-now/);
    await page.locator('#connected-now .dark [lang=fr]').waitFor();
    assert.equal(await page.locator('#cells chekt-connect').count(), 2);
    await page.locator('body[data-ready]').waitFor();
    await page.keyboard.press('n');
    await page.waitForURL(/state=no-relay/);
    await page.getByRole('link', { name: 'All states' }).click();
    await page.locator('#connected .light [lang=fr]').waitFor();
    assert.equal(await page.locator('#cells > section').count(), count);
    await visit.end();
  });

  it('follows the language', async () => {
    const visit = await world.visit('?view=gallery&lang=fr');
    await visit.page.locator('#connected .light [lang=fr]').waitFor();
    await visit.page.getByLabel('Language').selectOption('es');
    await visit.page.locator('#connected .light [lang=es]').waitFor();
    await visit.end();
  });
});
