import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startWorld, type Visit } from './support.js';
import { words } from './words.js';

const SIGN_IN_CHANGED = words('signInChanged', { person: 'Mira Lindqvist' });
const OTHER_ACCOUNT = words('error.forbidden.other_account');

/** What is on the screen when somebody presses Connect is what is connected, whatever happens in another tab. */
for (const mode of ['service', 'browser'] as const) {
  describe(`two tabs in ${mode} mode`, () => {
    let world: Awaited<ReturnType<typeof startWorld>>;
    before(async () => void (world = await startWorld()));
    after(() => world.close());

    async function danaIsShown(tour: (visit: Visit) => Promise<void>): Promise<void> {
      const visit = await world.visit(`?mode=${mode}`);
      try {
        await visit.signIn('Dana Reyes');
        await visit.sees('Dana Reyes');
        await tour(visit);
      } finally {
        await visit.end();
      }
    }

    async function miraSignsInElsewhere(visit: Visit): Promise<void> {
      const other = await visit.anotherTab();
      await other.signIn('Mira Lindqvist', words('switchAccount'));
      await other.sees('Mira Lindqvist');
    }

    async function anotherAccountElsewhere(visit: Visit): Promise<void> {
      const other = await visit.anotherTab();
      const url = new URL(other.page.url());
      url.searchParams.set('account', 'adc-11111');
      await other.page.goto(url.href);
      await other.ready();
      await other.sees('adc-11111');
    }

    it('show another person who has signed in, once the first tab is shown again', () =>
      danaIsShown(async (visit) => {
        await miraSignsInElsewhere(visit);
        await visit.comeBack();
        await visit.sees('Mira Lindqvist');
        assert.equal(await visit.element.getByText('Dana Reyes').count(), 0);
        assert.deepEqual(await visit.events(), []);
      }));

    it('connect nothing on a press after another person has signed in, and name that person', () =>
      danaIsShown(async (visit) => {
        await miraSignsInElsewhere(visit);
        await visit.connect('Acme Security');
        await visit.sees(SIGN_IN_CHANGED);
        assert.deepEqual(await visit.connections(), []);
        assert.equal(await visit.element.getByText('Acme Security', { exact: true }).count(), 0);
        await visit.connect('Harbor Alarm');
        await visit.sees(words('headingConnected'));
        await visit.becomes(() => visit.connections(), ['23456 adc-67890']);
      }));

    // with `service-url` the service says the account; a page that names one itself is told that the session has another
    it('show another account of the platform, or say that it is another, once the first tab is shown again', () =>
      danaIsShown(async (visit) => {
        await anotherAccountElsewhere(visit);
        await visit.comeBack();
        await visit.sees(mode === 'service' ? 'adc-11111' : OTHER_ACCOUNT);
        assert.equal(await visit.element.getByText('Dana Reyes').count(), 0);
      }));

    it('connect nothing on a press after the account of the platform has changed, and say so', () =>
      danaIsShown(async (visit) => {
        await anotherAccountElsewhere(visit);
        await visit.connect('Acme Security');
        await visit.sees(OTHER_ACCOUNT);
        assert.deepEqual(await visit.connections(), []);
      }));

    it("show who is signed in now after the browser's Back to the page as Dana left it", () =>
      danaIsShown(async (visit) => {
        const { page, demo } = visit;
        await visit.signIn('Mira Lindqvist', words('switchAccount'));
        await visit.sees('Mira Lindqvist');
        do await page.goBack();
        while (!page.url().startsWith(demo.url));
        await visit.ready();
        await visit.sees('Mira Lindqvist');
        assert.equal(await visit.element.getByText('Dana Reyes').count(), 0);
        assert.deepEqual(await visit.connections(), []);
      }));
  });
}
