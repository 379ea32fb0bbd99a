import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import type { BrowserContextOptions } from 'playwright-core';
import { startWorld, type Visit } from './support.js';
import { words } from './words.js';

const NARROW: BrowserContextOptions = { viewport: { width: 320, height: 640 } };
const file = new URL('../../dist/chekt-connect.js', import.meta.url);
const sha384 = `sha384-${createHash('sha384').update(readFileSync(file)).digest('base64')}`;

describe('the page for testers', { concurrency: 2 }, () => {
  let world: Awaited<ReturnType<typeof startWorld>>;
  before(async () => void (world = await startWorld()));
  after(() => world.close());

  const visiting = async (
    query: string,
    tour: (visit: Visit) => Promise<void>,
    options?: BrowserContextOptions,
  ) => {
    const visit = await world.visit(query, options);
    try {
      await tour(visit);
    } finally {
      await visit.end();
    }
  };

  it('names the version and the hash of the file under test', () =>
    visiting('', async ({ page }) => {
      const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
      assert.equal(await page.locator('#version').textContent(), version);
      assert.equal(await page.locator('#sha').textContent(), sha384);
    }));

  it('keeps every setting in a link that shows somebody else the same', () =>
    visiting('?scenario=authorized', async (visit) => {
      const { page } = visit;
      await page.locator('select[name=theme]').selectOption('dark');
      await page.getByText('The embed').click();
      for (const [label, value] of [
        ['Language', 'ko'],
        ['Direction', 'rtl'],
        ['Width in px', '320'],
        ['Text size in %', '150'],
      ] as const) {
        await page.getByLabel(label).selectOption(value);
      }
      await page.getByLabel('platform-name').fill('Another & "Platform"');
      await page.getByLabel('timeout').fill('5000');
      await page.getByLabel('timeout').blur();
      await page.getByRole('button', { name: 'Copy link' }).click();
      await page.getByRole('button', { name: 'Copied' }).waitFor();

      const other = await world.visit(new URL(await visit.clipboard()).search);
      assert.notEqual(other.run, visit.run);
      for (const { element } of [visit, other]) {
        await element.getByText('Dana Reyes').first().waitFor();
        assert.deepEqual(
          await element.evaluate((node) => [
            node.getAttribute('platform-name'),
            node.getAttribute('timeout'),
            node.matches(':dir(rtl)'),
            getComputedStyle(node).colorScheme,
            node.getBoundingClientRect().width,
            getComputedStyle(document.documentElement).fontSize,
            node.shadowRoot?.querySelector('[lang]')?.getAttribute('lang'),
            (node as HTMLElement & { state: string }).state,
          ]),
          ['Another & "Platform"', '5000', true, 'dark', 320, '24px', 'ko', 'authorized'],
        );
      }
      await other.end();
    }));

  it('changes how CHeKT answers at once, and keeps it in the link', () =>
    visiting('?scenario=authorized', async (visit) => {
      const { page } = visit;
      await page.getByText('How CHeKT answers').click();
      await page.getByLabel('unboundDealer').selectOption('not-connected');
      await page.waitForURL(/not-connected/);
      await page.getByLabel('tokenLifetime').fill('0');
      await page.getByLabel('tokenLifetime').blur();
      await page.locator('#switches :invalid').waitFor();
      const switches = () => visit.sandbox('GET', '/switches') as Promise<Record<string, unknown>>;
      assert.equal((await switches())['unboundDealer'], 'not-connected');
      assert.equal((await switches())['tokenLifetime'], 3600);

      await page.getByRole('button', { name: 'Copy link' }).click();
      await page.getByRole('button', { name: 'Copied' }).waitFor();
      await visit.open(new URL(await visit.clipboard()).search);
      assert.equal((await switches())['unboundDealer'], 'not-connected');
      await page.getByRole('button', { name: 'Reset' }).click();
      await page.getByText('How CHeKT answers').click();
      assert.equal(await page.getByLabel('unboundDealer').inputValue(), 'not-connected');
    }));

  it('keeps the chosen language in another scenario and in the gallery', () =>
    visiting('?scenario=authorized', async (visit) => {
      const { page } = visit;
      await page.getByText('The embed').click();
      await page.getByLabel('Language').selectOption('fr');
      await page.getByRole('link', { name: 'Technician without rights' }).click();
      await page.waitForURL(/scenario=technician/);
      await page.locator('#stage chekt-connect [lang=fr]').waitFor();
      await page.getByRole('link', { name: 'Gallery' }).click();
      await page.locator('#connected .light [lang=fr]').waitFor();
      await page.getByRole('link', { name: 'Scenarios' }).click();
      await page.locator('#stage chekt-connect [lang=fr]').waitFor();
      assert.match(page.url(), /scenario=technician/);
    }));

  it('has a snippet that works when it is pasted into an empty page', () =>
    visiting('?scenario=authorized', async (visit) => {
      const { page } = visit;
      await page.getByText('In your page').click();
      await page.getByRole('button', { name: 'Copy: Script tag' }).click();
      await page.getByRole('button', { name: 'Copied' }).waitFor();
      const snippet = await visit.clipboard();
      assert.ok(snippet.includes(`integrity="${sha384}"`));
      const empty = `${visit.demo.platformOrigin}/empty.html`;
      await page.route(empty, (route) =>
        route.fulfill({ contentType: 'text/html', body: `<!doctype html><title>Empty</title>${snippet}` }),
      );
      await page.goto(empty);
      const element = page.locator('chekt-connect');
      await element.getByRole('button', { name: words('connect') }).click();
      await element.getByText(words('connectedNow')).first().waitFor();
    }));

  it('shows what happened on both sides, can be filtered, and can be copied as a report without any token', () =>
    visiting('?scenario=flaky&mode=browser', async (visit) => {
      const { page } = visit;
      await visit.connect();
      await visit.sees(words('connectedNow'));
      const atChekt = page.locator('#timeline [data-source=chekt]').filter({ hasText: 'PUT' });
      await atChekt.nth(2).waitFor();
      const shown = page.locator('#timeline li:visible');
      await page.getByRole('combobox', { name: 'Whose side of the timeline' }).selectOption('CHeKT');
      assert.equal(await shown.filter({ hasText: 'chekt-connected' }).count(), 0);
      await page.getByRole('searchbox', { name: 'Filter the timeline' }).fill('attempt 2');
      assert.equal(await shown.count(), 1);
      assert.match((await shown.textContent()) ?? '', /PUT .*503.*attempt 2/);

      await page.getByRole('checkbox', { name: 'The company is connected; no error was shown.' }).check();
      await page.getByRole('textbox', { name: 'What was different, for the report' }).fill('It took long.');
      await page.getByRole('button', { name: 'Copy report' }).click();
      await page.getByRole('button', { name: 'Copied' }).waitFor();
      const report = await visit.clipboard();
      const [first] = await visit.requests('connect');
      for (const part of [
        'Flaky, then fine',
        '- [x] The company is connected; no error was shown.',
        '- [ ] At CHeKT: three PUTs with one key',
        'What was different: It took long.',
        'CHeKT is connected',
        page.url(),
        sha384,
        '"attempts"',
        'chekt-connected',
        first?.idempotencyKey,
      ]) {
        assert.ok(report.includes(part ?? 'a key'), part ?? 'a key');
      }
      assert.doesNotMatch(report, /eyJ/);
    }));

  it('goes back to the initial data on Reset', () =>
    visiting('?scenario=connected', async (visit) => {
      const { run } = visit;
      await visit.disconnect();
      await visit.sees(words('disconnected'));
      await visit.page.evaluate(() => delete document.body.dataset.ready);
      await visit.page.getByRole('button', { name: 'Reset' }).click();
      await visit.ready();
      await visit.sees(words('headingConnected'));
      assert.equal(visit.run, run);
      assert.deepEqual(await visit.connections(), ['12345 adc-67890']);
      assert.deepEqual(await visit.audit(), []);
    }));

  it('shows the audit trail as it grows', () =>
    visiting('?scenario=technician', async (visit) => {
      await visit.connect();
      const row = visit.page.locator('#audit tr').filter({ hasText: 'permission_denied' });
      await row.waitFor();
      const entry = (await row.locator('td').allTextContents()).slice(1, 6);
      await visit.sees(words('error.forbidden.permission_denied'));
      assert.deepEqual(entry, ['connect', 'permission_denied', 'user|tom', '12345', 'adc-67890']);
    }));

  it('opens another build beside this one, but only from /dist/', () =>
    visiting('', async (visit) => {
      const { page, demo } = visit;
      const other = readFileSync(file, 'utf8').replaceAll('1.0.0', '0.9.0');
      await page.route(`${demo.platformOrigin}/dist/old/chekt-connect.js`, (route) =>
        route.fulfill({ contentType: 'text/javascript', body: other }),
      );
      await visit.open('?scenario=authorized&build=/dist/old/chekt-connect.js');
      const frame = page.frameLocator('#other-build iframe');
      await frame.getByText('0.9.0').waitFor();
      await frame.getByText(`sha384-${createHash('sha384').update(other).digest('base64')}`).waitFor();
      await frame.locator('chekt-connect').getByText('Dana Reyes').waitFor();
      await visit.sees('Dana Reyes');
      assert.notEqual(await page.locator('#version').textContent(), '0.9.0');

      for (const build of [
        'https://evil.example/x.js',
        '//evil.example/x.js',
        '/dist/../x.js',
        '/chekt/x.js',
      ]) {
        await visit.open(`?build=${encodeURIComponent(build)}`);
        assert.equal(await page.locator('iframe').count(), 0, build);
      }
      assert.equal(new URL(page.url()).origin, demo.platformOrigin);
      assert.deepEqual(visit.complaints, []);
    }));

  it('has a skip link past the scenarios to the element', () =>
    visiting('?scenario=authorized', async (visit) => {
      const { page } = visit;
      await visit.ready();
      const skip = page.getByRole('link', { name: 'Skip to the element' });
      await skip.focus();
      await page.keyboard.press('Enter');
      await page.keyboard.press('Tab');
      assert.equal(await page.evaluate(() => document.activeElement?.localName), 'chekt-connect');
      assert.match(page.url(), /scenario=authorized/);
      await visit.sees(words('notYou'));
    }));

  it('can be used by keyboard alone', () =>
    visiting('', async (visit) => {
      const { page } = visit;
      const reach = async (name: RegExp) => {
        const focused = () =>
          page.evaluate(() => {
            let node = document.activeElement;
            while (node?.shadowRoot?.activeElement) node = node.shadowRoot.activeElement;
            return node?.textContent?.trim() || node?.id || '';
          });
        for (let presses = 0; !name.test(await focused()); presses++) {
          assert.ok(presses < 120, `Tab does not come to ${name}`);
          await page.keyboard.press('Tab');
        }
      };
      await reach(/^Signed in$/);
      await page.keyboard.press('Enter');
      await page.waitForURL(/scenario=authorized/);
      await visit.ready();
      await visit.sees(words('notYou'));
      await reach(new RegExp(`^${words('connect')}$`));
      await page.keyboard.press('Enter');
      await visit.sees(words('connectedNow'));
    }));

  it('leaves the element enough room when the text is twice as large', () =>
    visiting('?scenario=authorized&text=200', async (visit) => {
      await visit.sees('Dana Reyes');
      const { width = 0 } = (await visit.page.locator('#stage').boundingBox()) ?? {};
      assert.ok(width > 600, `${width} px`);
    }));

  for (const query of ['?scenario=lost-answer', '?view=gallery', '?scenario=authorized&text=200']) {
    it(`needs no sideways scrolling at 320 px: ${query}`, () =>
      visiting(
        query,
        async ({ page }) => {
          await page.locator('chekt-connect').getByText('Dana Reyes').first().waitFor();
          const { scrollWidth, clientWidth } = await page.evaluate(() => {
            const { scrollWidth, clientWidth } = document.documentElement;
            return { scrollWidth, clientWidth };
          });
          assert.ok(scrollWidth <= clientWidth, `${scrollWidth} > ${clientWidth}`);
        },
        NARROW,
      ));
  }
});
