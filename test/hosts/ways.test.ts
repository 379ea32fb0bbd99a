import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Site, type Visit } from './site.js';
import { embed, listen, script, walkThrough } from './walk.js';

const npm = (file: string) => `<script src="/npm/${file}"></script>`;
const turbo = npm('@hotwired/turbo/dist/turbo.es2017-umd.js');
const page = (head: string, body = embed) =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A host</title>${head}</head><body>${body}</body></html>`;

describe('a person who leaves the page or its frame', () => {
  let site: Site;
  before(async () => (site = await Site.open()));
  after(() => site.close());

  async function open(visit: Visit, html: string, isSignedIn = true) {
    visit.pages.set('/', { body: html });
    if (isSignedIn) await visit.context.addCookies([{ name: 'signed_in', value: '1', url: visit.origin }]);
    const opened = await visit.context.newPage();
    await opened.goto(visit.origin);
    return opened;
  }

  // hotwired/turbo #45, chatwoot/chatwoot PR #9443
  it('sees the binding again after Back, where Turbo restores its copy of the page', () =>
    site.visit({}, async (visit) => {
      visit.pages.set('/away', { body: page(turbo, '<p id="there">Away</p>') });
      const opened = await open(
        visit,
        page(
          turbo + script,
          `<chekt-connect service-url="/chekt"></chekt-connect><a id="away" href="/away">Away</a>`,
        ),
      );
      await opened.locator('chekt-connect [part~="form-control-input"]').fill('Acme');
      await opened.locator('chekt-connect [part~="connect-button"]').click();
      await opened.locator('chekt-connect:state(connected)').waitFor();
      await opened.evaluate(() => ((window as { kept?: boolean }).kept = true));
      await opened.locator('#away').click();
      await opened.locator('#there').waitFor();
      await opened.goBack();
      await opened.locator('chekt-connect:state(connected)').waitFor();
      assert.equal(
        await opened.evaluate(() => (window as { kept?: boolean }).kept),
        true,
        'Turbo reloaded the page',
      );
    }));

  const sandbox = 'allow-scripts allow-same-origin allow-top-navigation-by-user-activation';
  const framed = (attributes: string) =>
    page('', `<iframe src="/inside" sandbox="${attributes}" width="600" height="700"></iframe>`);

  // roundcube/roundcubemail #8729
  it('leaves a sandboxed frame for the sign-in', () =>
    site.visit({}, async (visit) => {
      visit.pages.set('/inside', {
        body: page(script, embed.replace('service-url', 'authorize-target="_top" service-url')),
      });
      const opened = await open(visit, framed(sandbox), false);
      await opened.frameLocator('iframe').locator('[part~="authorize-button"]').click();
      await opened.waitForURL(`${visit.origin}/inside`);
      await opened.locator('chekt-connect:state(authorized)').waitFor();
    }));

  it('connects and disconnects in a sandboxed frame that allows no forms', () =>
    site.visit({}, async (visit) => {
      visit.pages.set('/inside', { body: page(script) });
      const opened = await open(visit, framed(sandbox));
      const said = listen(opened);
      const inside = opened.frameLocator('iframe');
      await inside.locator('[part~="form-control-input"]').fill('Acme');
      await inside.locator('[part~="connect-button"]').click();
      await inside.locator('chekt-connect:state(connected)').waitFor();
      await inside.locator('[part~="disconnect-button"]').click();
      await inside.locator('[part~="confirm"] [part~="disconnect-button"]').click();
      await inside.locator('chekt-connect:state(authorized)').waitFor();
      assert.deepEqual(said, []);
    }));

  // dart-lang/pub-dev #2988, outline/outline PR #1641
  it('signs in in a new tab and goes on in the first one', () =>
    site.visit({}, async (visit) => {
      const opened = await open(
        visit,
        page(script, embed.replace('service-url', 'authorize-target="_blank" service-url')),
        false,
      );
      const [tab] = await Promise.all([
        visit.context.waitForEvent('page'),
        opened.locator('chekt-connect [part~="authorize-button"]').click(),
      ]);
      await tab.locator('chekt-connect:state(authorized)').waitFor();
      assert.equal(await tab.evaluate(() => window.opener === null), true);
      await tab.close();
      await opened.bringToFront();
      await opened.evaluate(() => dispatchEvent(new Event('focus')));
      await opened.locator('chekt-connect:state(authorized)').waitFor();
    }));

  // a router of the Navigation API sees every navigation, even one whose click it does not see (virtualstate/navigation #14)
  it('gets past a router of the Navigation API that leaves the paths of the service alone', () =>
    site.visit({}, async (visit) => {
      const router = `<script>navigation.addEventListener('navigate', (event) => {
        const { pathname } = new URL(event.destination.url);
        if (!event.canIntercept || event.hashChange || pathname.startsWith('/chekt/')) return;
        event.intercept({ handler: async () => { window.routed = pathname } });
      })</script>`;
      const opened = await open(
        visit,
        page(router + script, `${embed}<a id="other" href="/other">Other</a>`),
        false,
      );
      await walkThrough({ page: opened, visit });
      await opened.locator('#other').click();
      await opened.waitForFunction(() => (window as { routed?: string }).routed === '/other');
    }));
});

describe('a recording of the page', () => {
  let site: Site;
  before(async () => (site = await Site.open()));
  after(() => site.close());

  /**
   * What rrweb, the recorder inside Sentry, PostHog and others, records of an element with this class. The class does not cover
   * what is typed in a shadow root, so inputs have to be masked as well.
   */
  const recordingOf = (mask: string) =>
    site.visit({}, async (visit) => {
      visit.pages.set('/', {
        body: page(
          `${script}<script>window.mask = '${mask}'</script>`,
          '<script src="/bundle/rrweb.js"></script>',
        ),
      });
      await visit.context.addCookies([{ name: 'signed_in', value: '1', url: visit.origin }]);
      const opened = await visit.context.newPage();
      await opened.goto(visit.origin);
      await opened.locator('chekt-connect:state(authorized)').waitFor();
      await opened.locator('chekt-connect', { hasText: 'Dana Reyes' }).waitFor();
      await opened.locator('chekt-connect [part~="form-control-input"]').fill('Acme of Dana');
      const recording = () => (window as unknown as { recorded: string[] }).recorded.join('\n');
      // what was typed has been recorded, masked
      await opened.waitForFunction(() =>
        (window as unknown as { recorded: string[] }).recorded.some((event) =>
          event.includes('*'.repeat(12)),
        ),
      );
      return opened.evaluate(recording);
    });

  // getsentry/sentry-javascript #7474, rrweb-io/rrweb PR #1464
  it('contains names unless the tag has the class of the recorder', async () => {
    assert.match(await recordingOf('card'), /Dana Reyes/);
    const blocked = await recordingOf('rr-block');
    assert.match(blocked, /rr-block/);
    assert.match(blocked, /\*{12}/);
    assert.doesNotMatch(blocked, /Dana|Reyes|Acme/);
  });
});
