import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { Site, type Visit } from './site.js';
import { embed, listen, script, walkThrough } from './walk.js';

const page = (head: string, body = embed) =>
  `<!doctype html><html lang="en"><head><title>A host</title>${head}</head><body>${body}</body></html>`;

/**
 * As Chrome's and Google's translators do, replaces each text node by two nested `<font>`: the node that a framework holds is gone.
 * Extensions wrap single words, and insert their own elements anywhere.
 */
const translator = `<script>
  const translate = (root) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT), texts = [];
    while (walker.nextNode()) texts.push(walker.currentNode);
    for (const text of texts) {
      if (!text.data.trim() || text.parentNode.closest('font')) continue;
      const outer = document.createElement('font'), inner = document.createElement('font'), word = document.createElement('mark');
      const [first] = text.data.trim().split(' '), at = text.data.indexOf(first) + first.length;
      word.append(text.data.slice(0, at)); inner.append(word, text.data.slice(at)); outer.append(inner); text.replaceWith(outer);
    }
    for (const parent of root.querySelectorAll('div, form')) {
      if (parent.querySelector(':scope > grammarly-extension')) continue;
      for (const child of [...parent.children]) child.before(document.createElement('grammarly-extension'));
    }
  };
  setInterval(() => { const { shadowRoot } = document.querySelector('chekt-connect'); if (shadowRoot) translate(shadowRoot) }, 5);
</script>`;

/** Whether the translator has replaced the texts of the element. */
function isTranslated(): boolean {
  return document.querySelector('chekt-connect')?.shadowRoot?.querySelector('h2 font') !== null;
}

describe('a person on a page', () => {
  let site: Site;
  before(async () => (site = await Site.open()));
  after(() => site.close());

  async function open(visit: Visit, html: string, cookie = ''): Promise<Page> {
    visit.pages.set('/', { body: html });
    if (cookie) await visit.context.addCookies([{ name: cookie, value: '1', url: visit.origin }]);
    const opened = await visit.context.newPage();
    await opened.goto(visit.origin);
    return opened;
  }

  // solidjs/solid #1451, react/react #11538, sveltejs/svelte #15090, angulardart/angular_components #426, mdn/web-components-examples #95,
  // ttu-ttu/ebook-reader #199 (a highlighter), jinjor/elm-break-dom #12 (Grammarly)
  it('reads the same texts in every state with a translator and without', async () => {
    const read = (head: string) =>
      site.visit({}, async (visit) => {
        const opened = await open(visit, page(script + head));
        const element = opened.locator('chekt-connect');
        const texts: string[] = [];
        await walkThrough({
          page: opened,
          visit,
          inState: async (state) => {
            if (head) await opened.waitForFunction(isTranslated);
            const text = await element.evaluate((host) => host.shadowRoot!.textContent.replace(/\s+/g, ' '));
            const hasFont = await element.evaluate((host) => !!host.shadowRoot!.querySelector('h2 font'));
            assert.equal(hasFont, head !== '', 'the translator has run');
            // rrweb-io/rrweb #1581: recorders mask texts, and no attributes
            const named = await element.evaluate((host) =>
              [...host.shadowRoot!.querySelectorAll('*')]
                .flatMap(({ attributes }) => [...attributes])
                .filter(({ value }) => /Dana|Acme/.test(value))
                .map(({ name }) => name),
            );
            assert.deepEqual(named, []);
            texts.push(`${state}: ${text.replace(/\d+ (minutes|seconds)/, '')}`);
          },
        });
        return texts;
      });
    const translated = await read(translator);
    assert.ok(new Set(translated).size >= 4, translated.join('\n'));
    assert.deepEqual(translated, await read(''));
  });

  // roundcube/roundcubemail #8729, mirego/accent #210
  it('leaves the frame for the sign-in if the host says so', () =>
    site.visit({}, async (visit) => {
      const { pages, requests } = visit;
      pages.set('/inside', {
        body: page(script, embed.replace('service-url', 'authorize-target="_top" service-url')),
      });
      const opened = await open(visit, page('', '<iframe src="/inside" width="600" height="600"></iframe>'));
      await opened.frameLocator('iframe').locator('[part~="authorize-button"]').click();
      await opened.waitForURL(`${visit.origin}/inside`);
      await opened.locator('chekt-connect:state(authorized)').waitFor();
      assert.ok(requests.some(({ path }) => path.startsWith('/chekt/authorize')));
    }));

  // dart-lang/pub-dev #2988, outline/outline PR #1641
  it('sees that the dealer admin has signed in in another tab', () =>
    site.visit({}, async (visit) => {
      const first = await open(visit, page(script));
      await first.locator('chekt-connect:state(unauthorized)').waitFor();
      const second = await visit.context.newPage();
      await second.goto(`${visit.origin}/chekt/authorize?return_to=/`);
      await second.locator('chekt-connect:state(authorized)').waitFor();
      await first.bringToFront();
      await first.evaluate(() => dispatchEvent(new Event('focus')));
      await first.locator('chekt-connect:state(authorized)').waitFor();
    }));

  // vuejs/vue #7058, grafana/grafana PR #14920, bitwarden/clients #19065 and gramps-project/gramps-web #310: what fills in may
  // say so with no more than an event that stays in the shadow root
  it('sends what autofill has filled in without an input event', () =>
    site.visit({}, async (visit) => {
      const opened = await open(visit, page(script), 'signed_in');
      const field = opened.locator('chekt-connect input');
      await field.evaluate((input: HTMLInputElement) => {
        input.value = 'Filled Security';
        input.dispatchEvent(new Event('change', { bubbles: true }));
      });
      await opened.locator('[part~="connect-button"]').click();
      await opened.locator('chekt-connect:state(connected)').waitFor();
      assert.match(visit.requests.find(({ method }) => method === 'PUT')!.body, /Filled Security/);
    }));

  for (const [pasted, sent] of [
    // sankeymatic #54, sourcegraph/sourcegraph-public-snapshot #36692, jmadler/emoji-picker #43
    ['Acme\tSecurity', 'Acme Security'],
    ['Acme Security\r\n1 Main St\nSuite 200\n', 'Acme Security 1 Main St Suite 200'],
    // bitchat #214
    ['Cafe\u0301 Security', 'Caf\u00e9 Security'],
  ] as const)
    it(`sends ${JSON.stringify(sent)} for the pasted ${JSON.stringify(pasted)}`, () =>
      site.visit({ permissions: ['clipboard-read', 'clipboard-write'] }, async (visit) => {
        const opened = await open(visit, page(script), 'signed_in');
        await opened.locator('chekt-connect input').click();
        await opened.evaluate((text) => navigator.clipboard.writeText(text), pasted);
        await opened.keyboard.press('Control+V');
        await opened.locator('[part~="connect-button"]').click();
        await opened.locator('chekt-connect:state(connected)').waitFor();
        const { body } = visit.requests.find(({ method }) => method === 'PUT')!;
        assert.equal((JSON.parse(body) as { company_name: string }).company_name, sent);
      }));

  it('undoes a paste with Ctrl+Z', () =>
    site.visit({ permissions: ['clipboard-read', 'clipboard-write'] }, async (visit) => {
      const opened = await open(visit, page(script), 'signed_in');
      const field = opened.locator('chekt-connect input');
      await field.click();
      await opened.keyboard.type('Acme ');
      await opened.evaluate(() => navigator.clipboard.writeText('Main\nOffice'));
      await opened.keyboard.press('Control+V');
      assert.equal(await field.inputValue(), 'Acme Main Office');
      await opened.keyboard.press('Control+Z');
      assert.doesNotMatch(await field.inputValue(), /Main/);
    }));

  it('can use the shortcuts of the page in the field: Escape and Ctrl+K reach the page', () =>
    site.visit({}, async (visit) => {
      const opened = await open(
        visit,
        page(
          `${script}<script>window.keys = []; addEventListener('keydown', (event) => keys.push(event.key))</script>`,
        ),
        'signed_in',
      );
      await opened.locator('chekt-connect input').click();
      for (const key of ['a', '/', ' ', 'ArrowLeft', 'Backspace', 'Escape', 'Control+k'])
        await opened.keyboard.press(key);
      assert.deepEqual(await opened.evaluate('keys'), ['Escape', 'Control', 'k']);
    }));

  it('can press a link in a slot, whose clicks the host hears', () =>
    site.visit({}, async (visit) => {
      const opened = await open(
        visit,
        page(
          `${script}<script>addEventListener('click', (event) => { event.preventDefault(); window.clicked = event.target.id })</script>`,
          embed.replace('></', '><a id="help" slot="footer" href="/help">Help</a></'),
        ),
      );
      await opened.locator('#help').click();
      assert.equal(await opened.evaluate('window.clicked'), 'help');
    }));

  // rx-player PR #1864 is in test/faults/retry-after.test.ts; this is the day that the host keeps
  for (const [connectedAt, day] of [
    ['2026-05-26', 'May 26, 2026'],
    ['2026-05-26 19:00:00.123+00', 'May 26, 2026'],
  ] as const)
    it(`shows ${connectedAt} as ${day} in Los Angeles`, () =>
      site.visit({ timezoneId: 'America/Los_Angeles' }, async (visit) => {
        const opened = await open(visit, page(script));
        await opened.evaluate((value) => {
          const element = document.querySelector('chekt-connect') as unknown as { binding: unknown };
          element.binding = {
            dealerId: 1,
            externalDealerId: 'adc-67890',
            companyName: 'Acme',
            connectedAt: value,
          };
        }, connectedAt);
        const text = await opened.locator('[part~="binding"]').textContent();
        assert.ok(text?.includes(day), text ?? '');
      }));

  // focus-trap #39; structuredClone keeps the message only
  it('gets an error that a logger can read', () =>
    site.visit({}, async (visit) => {
      const opened = await open(visit, page(script));
      const said = listen(opened);
      const [cloned, json] = await opened.evaluate(async () => {
        const element = document.querySelector('chekt-connect') as unknown as {
          ready: Promise<void>;
          connect(): Promise<unknown>;
        };
        await element.ready;
        const error = await element.connect().catch((reason: Error) => reason);
        return [
          structuredClone(error as Error).message,
          JSON.parse(JSON.stringify(error)) as Record<string, unknown>,
        ] as const;
      });
      assert.equal(json['message'], cloned);
      assert.equal(json['name'], 'ChektConnectError');
      assert.deepEqual(
        [json['code'], json['outcome'], json['retryable']],
        ['unauthorized', 'not-applied', false],
      );
      assert.deepEqual(said, []);
    }));
});
