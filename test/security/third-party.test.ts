import { expect } from '@open-wc/testing';
import { dealer } from '../faults/row.js';
import { createWire } from '../wire/wire.js';
import { embedOn, hostOf, openPage, prepared } from './page.js';

/** A sample of test/hosts in three engines; test/hosts has more pages, in Chromium alone. */
const rows: readonly (readonly [
  name: string,
  scripts: readonly string[],
  isThere: (host: Window) => boolean,
])[] = [
  [
    // angular/angular #53507, open-telemetry/opentelemetry-js #4354
    'zone.js 0.14.2, which has no Promise.withResolvers',
    ['npm/zone-0-14-2/bundles/zone.umd.js'],
    (host) => 'Zone' in host,
  ],
  [
    // open-telemetry/opentelemetry-js #4354
    'Bluebird in place of Promise',
    ['npm/bluebird/js/browser/bluebird.min.js', 'replaced-promise.js'],
    (host) => 'P' in host && (host as unknown as { Promise: unknown }).Promise === host.P,
  ],
  [
    // zloirock/core-js #332, zloirock/core-js #283
    'core-js, which replaces what it considers broken',
    ['npm/core-js-bundle/minified.js'],
    (host) => '__core-js_shared__' in host,
  ],
  [
    // JakeChampion/fetch #1454
    'whatwg-fetch in place of fetch, without streams',
    ['no-fetch.js', 'npm/whatwg-fetch/dist/fetch.umd.js'],
    (host) => 'polyfill' in host.fetch,
  ],
  [
    // prototypejs/prototype #338, browserify/browserify #1636, TanStack/query #4772, douglascrockford/JSON-js #10
    'Array.from without its mapping function, a replaced self, navigator.onLine always false and a method on every object',
    ['replaced-globals.js'],
    (host) => 'extend' in host && !host.navigator.onLine,
  ],
];

describe('an element beside third-party code', () => {
  before(prepared);

  for (const [name, scripts, isThere] of rows)
    it(`connects and disconnects on a page with ${name}`, async () => {
      const wire = await createWire([{ json: dealer }, { status: 204 }]);
      const frame = await openPage(['recorder.js', ...scripts, 'chekt-connect.js']);
      expect(isThere(hostOf(frame)), 'the code of the page has run').to.equal(true);
      const element = embedOn(frame, {
        apiBaseUrl: wire.baseUrl,
        disconnectBaseUrl: wire.sameOriginBaseUrl,
        getAccessToken: async () => 'token-1',
      });
      await element.ready;
      await element.updateComplete;
      const field = element.shadowRoot!.querySelector('input')!;
      field.value = 'A/V  Acme';
      field.dispatchEvent(new Event('change', { bubbles: true }));
      const connected = new Promise((resolve) => element.addEventListener('chekt-connected', resolve));
      element.shadowRoot!.querySelector<HTMLElement>('[part~=connect-button]')!.click();
      await connected;
      await element.disconnect();
      expect(element.state).to.equal('authorized');
      const puts = (await wire.requests()).filter(({ method }) => method === 'PUT');
      expect(puts.map(({ path }) => path)).to.deep.equal([
        '/partner/v1/dealers/connect',
        `/partner/v1/dealers/${dealer.dealer_id}/disconnect?external_dealer_id=adc-67890`,
      ]);
      expect(JSON.parse(puts[0]!.body)).to.deep.equal({
        external_dealer_id: 'adc-67890',
        company_name: 'A/V Acme',
      });
      expect(puts[0]!.headers['idempotency-key']).to.match(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
      expect(hostOf(frame).seen).to.deep.equal([]);
      frame.remove();
      await wire.close();
    });
});
