import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { avoidedGlobals } from '../../browser-globals.js';
import { Site } from './site.js';
import { embed, listen, script } from './walk.js';

interface Connector {
  readonly ready: Promise<void>;
  readonly state: string;
  connect(companyName: string): Promise<{ dealerId: number }>;
  disconnect(): Promise<void>;
}

/** Replaces a global by one that throws when the element's script uses it. */
function breaking({ object, property }: (typeof avoidedGlobals)[number]): string {
  const owner =
    { crypto: 'Crypto.prototype', navigator: 'Navigator.prototype' }[object ?? ''] ?? object ?? 'window';
  // Playwright uses some of these in the page, so only our own script fails
  return `window.used = []; Object.defineProperty(${owner}, '${property}', { configurable: true, get() {
    if (/chekt-connect/.test(new Error().stack)) { window.used.push(new Error().stack); throw new Error('broken') } return undefined }, set() {} });`;
}

describe('a page without', () => {
  let site: Site;
  before(async () => (site = await Site.open()));
  after(() => site.close());

  for (const global of avoidedGlobals)
    it(`${global.object ? `${global.object}.` : ''}${global.property} has a working element`, () =>
      site.visit({}, async (visit) => {
        visit.pages.set('/', {
          body: `<!doctype html><title>A host</title><script>${breaking(global)}</script>${script}${embed}`,
        });
        await visit.context.addCookies([{ name: 'signed_in', value: '1', url: visit.origin }]);
        const page = await visit.context.newPage();
        const said = listen(page);
        await page.goto(visit.origin);
        const [dealerId, state] = await page.evaluate(async () => {
          const connector = document.querySelector('chekt-connect') as unknown as Connector;
          await connector.ready;
          const binding = await connector.connect('Acme');
          await connector.disconnect();
          return [binding.dealerId, connector.state] as const;
        });
        assert.deepEqual([dealerId, state], [12345, 'authorized']);
        assert.deepEqual(await page.evaluate('window.used'), []);
        assert.deepEqual(said, []);
      }));
});
