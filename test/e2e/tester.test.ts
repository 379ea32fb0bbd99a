import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { startWorld, type Visit } from './support.js';
import { words } from './words.js';

const SCREEN = { viewport: { width: 1280, height: 900 } };

describe('a tester', { concurrency: 2 }, () => {
  let world: Awaited<ReturnType<typeof startWorld>>;
  before(async () => void (world = await startWorld()));
  after(() => world.close());

  const visiting = async (query: string, tour: (visit: Visit) => Promise<void>) => {
    const visit = await world.visit(query, SCREEN);
    try {
      await tour(visit);
    } finally {
      await visit.end();
    }
  };

  const focused = (page: Page) =>
    page.evaluate(() => {
      let node = document.activeElement;
      while (node?.shadowRoot?.activeElement) node = node.shadowRoot.activeElement;
      return node?.id || node?.getAttribute('part') || node?.localName;
    });

  it('sees the element and the timeline side by side on one screen', () =>
    visiting('?scenario=lost-answer', async ({ page, element }) => {
      const timeline = page.locator('#timeline-frame');
      assert.equal(await page.locator('#filter').inputValue(), 'PUT');
      await page.locator('#filter').fill('');
      await page.locator('#side').selectOption('both');
      await timeline.getByText('chekt-ready').waitFor();
      const [left, right, report] = await Promise.all(
        [element, timeline, page.getByRole('button', { name: 'Copy report' })].map((each) =>
          each.boundingBox(),
        ),
      );
      assert.ok(left && right && report);
      assert.equal(await page.evaluate(() => scrollY), 0);
      assert.ok(left.x + left.width < right.x, 'side by side');
      assert.ok(left.y < 300, `the element begins at ${left.y} px`);
      assert.ok(right.height > 250, `the timeline is ${right.height} px high`);
      assert.ok(
        report.y + report.height <= 900,
        `the timeline's last button ends at ${report.y + report.height} px`,
      );
      assert.ok(report.x + report.width <= 1280);
    }));

  it('reads in one chronological list what the page did and what CHeKT saw', () =>
    visiting('?scenario=lost-answer', async (visit) => {
      await visit.page.locator('#filter').fill('');
      await visit.page.locator('#side').selectOption('both');
      await visit.connect();
      await visit.sees(words('connectedNow'));
      const items = visit.page.locator('#timeline li');
      await items.filter({ hasText: 'stored answer' }).waitFor();
      await items.filter({ hasText: 'chekt-connected' }).waitFor();
      const times = await items
        .locator('time')
        .evaluateAll((nodes) => nodes.map((node) => node.getAttribute('datetime')));
      assert.deepEqual(times, [...times].sort());
      const lines = await items.filter({ hasText: /PUT|chekt-(before-connect|connected)/ }).allTextContents();
      const told = lines.map((line) => /(Page|CHeKT) (\S+ ?\S*) → (no answer|\d+)|chekt-\S+/.exec(line)?.[0]);
      assert.match(told[0] ?? '', /^chekt-before-connect/);
      assert.match(told[1] ?? '', /^CHeKT PUT .* → no answer/);
      assert.match(told[2] ?? '', /^Page PUT .* → 502/);
      assert.match(told[3] ?? '', /^CHeKT PUT .* → 200/);
      assert.equal(told.length, 6);
    }));

  it('finds a scenario by what should happen in it', () =>
    visiting('', async ({ page }) => {
      const search = page.getByRole('searchbox', { name: 'Search the scenarios' });
      await search.fill('same KEY no answer');
      assert.equal(await page.locator('#scenario-links li:visible').count(), 1);
      await page.getByText(/^1 of \d+$/).waitFor();
      await page.locator('#scenario-links small:visible', { hasText: 'first answer gets lost' }).waitFor();
      await search.press('Enter');
      await page.waitForURL(/scenario=lost-answer/);
    }));

  it('goes from one scenario to the next with keys that do nothing in fields and can be switched off', () =>
    visiting('?scenario=lost-answer', async (visit) => {
      const { page } = visit;
      await page.keyboard.press('n');
      await page.waitForURL(/scenario=lost-answers/);
      await visit.ready();
      await page.keyboard.press('p');
      await page.waitForURL(/scenario=lost-answer&|scenario=lost-answer$/);
      await visit.ready();
      await page.keyboard.press('t');
      assert.equal(await focused(page), 'filter');
      await page.keyboard.press('n');
      assert.equal(await page.locator('#filter').inputValue(), 'PUTn');
      const field = await visit.typeName('');
      await field.pressSequentially('ppn/?');
      assert.equal(await field.inputValue(), 'ppn/?');
      await page.locator('h1:visible').click();
      await page.keyboard.press('/');
      assert.equal(await focused(page), 'search');

      await page.locator('h1:visible').click();
      await page.keyboard.press('?');
      await page.getByRole('checkbox', { name: 'Use these keys' }).uncheck();
      await page.keyboard.press('n');
      await page.reload();
      await visit.ready();
      await page.keyboard.press('n');
      await visit.roundTrip();
      assert.match(page.url(), /scenario=lost-answer(&|$)/);
    }));

  it('ticks off what has been seen, and keeps the ticks across a sign-in with CHeKT, until Reset', () =>
    visiting('?scenario=first-visit', async (visit) => {
      const { page } = visit;
      const first = page.getByRole('checkbox', { name: /^Before: nobody is signed in/ });
      await first.check();
      await page.getByText('1 of 4').waitFor();
      await visit.signIn('Dana Reyes');
      assert.equal(await first.isChecked(), true);
      await page.evaluate(() => delete document.body.dataset.ready);
      await page.getByRole('button', { name: 'Reset' }).click();
      await visit.ready();
      assert.equal(await first.isChecked(), false);
    }));

  it('can give the element the themes of three partners', () =>
    visiting('?scenario=authorized', async ({ page, element }) => {
      const button = element.locator('[part~=connect-button]');
      const colors = new Set<string>();
      for (const theme of ['none', 'material', 'shadcn', 'bootstrap']) {
        await page.getByLabel('Partner theme').selectOption(theme);
        await page.waitForFunction(
          (name) =>
            name === 'none'
              ? !document.querySelector('link[data-partner]')
              : document.querySelector<HTMLLinkElement>(`link[data-partner=${name}]`)?.sheet,
          theme,
        );
        colors.add(await button.evaluate((node) => getComputedStyle(node).backgroundColor));
      }
      assert.equal(colors.size, 4);
      assert.match(page.url(), /partner=bootstrap/);
    }));

  it('sees the settings of the embed only if the link or the scenario changes one', () =>
    visiting('?scenario=authorized', async (visit) => {
      const width = visit.page.getByLabel('Width in px');
      assert.equal(await width.isVisible(), false);
      await visit.open('?scenario=authorized&width=320');
      assert.equal(await width.isVisible(), true);
      await visit.open('?scenario=disabled');
      assert.equal(await visit.page.getByRole('checkbox', { name: 'disabled' }).isVisible(), true);
    }));

  it('can play and report the lost answer by keyboard alone, without a server log', () =>
    visiting('', async (visit) => {
      const { page } = visit;
      const keys = async (...pressed: string[]) => {
        for (const key of pressed) await page.keyboard.press(key);
      };
      await keys('/');
      await page.keyboard.type('lost answer');
      await keys('Enter');
      await page.waitForURL(/scenario=lost-answer/);
      await visit.ready();
      await visit.sees('Dana Reyes');
      await keys('e');
      assert.equal(await page.evaluate(() => document.activeElement?.localName), 'chekt-connect');
      await keys('Enter');
      await visit.sees(words('connectedNow', { account: 'adc-67890' }));
      await page.getByText(/^1 connected.*: Acme Security/).waitFor();
      await keys('t', 'Control+A');
      await page.keyboard.type('key');
      await page.locator('#timeline li:visible').nth(1).waitFor();
      for (const box of await page.locator('#checklist input').all()) await box.press('Space');
      await keys('b');
      const report = await visit.clipboard();
      assert.match(report, /(- \[x\] .*\n){3}/);
      assert.match(report, /1 connected after 1 connect: Acme Security/);
      assert.match(report, /Everything is as expected\./);
      assert.match(report, /## What the card says\n[^#]*CHeKT is connected/);
    }));
});
