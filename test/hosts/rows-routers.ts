import assert from 'node:assert/strict';
import type { Row } from './row.js';

const npm = (file: string) => `<script src="/npm/${file}"></script>`;
const inline = (code: string) => `<script>${code}</script>`;

/** Pages whose own code takes clicks, keys, focus and navigations. */
export const takers: readonly Row[] = [
  {
    name: '@lit-labs/router, which takes every click on a link',
    source: 'vaadin/router #417, stacksjs/stx #1864',
    after: '<script src="/bundle/lit-router.js"></script>',
    body: (embed) => `<host-app>${embed}</host-app>`,
    also: async (page) => {
      await page.locator('#link').click();
      await page.locator('#other').waitFor();
    },
  },
  {
    name: 'a router that takes every click with an anchor in its path',
    source: 'lukeed/navaid #30, preactjs/preact-iso #4, visionmedia/page.js #71',
    after: inline(`document.addEventListener('click', (event) => {
      const link = event.composedPath().find((node) => node.tagName === 'A');
      if (!link || link.origin !== location.origin) return;
      event.preventDefault(); history.pushState({}, '', link.href); window.routed = link.pathname;
    })`),
    body: (embed) => `<a id="link" href="/other">Other</a>${embed}`,
    also: async (page) => {
      await page.locator('#link').click();
      await page.waitForFunction(() => (window as { routed?: string }).routed === '/other');
    },
  },
  {
    name: 'page.js',
    source: 'visionmedia/page.js #71, sveltejs/kit #2768, dotnet/aspnetcore #27587',
    after: npm('page/page.js'),
    body: (embed) =>
      `<a id="link" href="/other">Other</a>${embed}${inline("page('/other', () => { window.routed = true }); page('*', () => {}); page()")}`,
    also: async (page) => {
      await page.locator('#link').click();
      await page.waitForFunction(() => (window as { routed?: boolean }).routed);
    },
  },
  {
    name: 'Turbo Drive',
    source: 'hotwired/turbo #45, chatwoot/chatwoot PR #9443, hitobito/hitobito #2476',
    after: npm('@hotwired/turbo/dist/turbo.es2017-umd.js'),
    body: (embed) => `${embed}<a id="away" href="/away">Away</a>`,
    prepare: ({ pages }) =>
      pages.set('/away', {
        body: `<!doctype html><title>Away</title>${npm('@hotwired/turbo/dist/turbo.es2017-umd.js')}<p id="there">Away</p>`,
      }),
    also: async (page) => {
      await page.evaluate(() => ((window as { kept?: boolean }).kept = true));
      await page.locator('#away').click();
      await page.locator('#there').waitFor();
      await page.goBack();
      await page.locator('chekt-connect:state(authorized)').waitFor();
      assert.equal(
        await page.evaluate(() => (window as { kept?: boolean }).kept),
        true,
        'Turbo reloaded the page',
      );
    },
  },
  {
    name: 'htmx with hx-boost on the body',
    source: 'bigskysoftware/htmx #2442',
    after: npm('htmx.org/dist/htmx.min.js'),
    body: (embed) =>
      `<div hx-boost="true" hx-boost:inherited="true">${embed}<a id="boosted" href="/away">Away</a></div>`,
    prepare: ({ pages }) => pages.set('/away', { body: '<!doctype html><p id="there">Away</p>' }),
    also: async (page) => {
      await page.evaluate(() => ((window as { kept?: boolean }).kept = true));
      await page.locator('#boosted').click();
      await page.locator('#there').waitFor();
      assert.equal(await page.evaluate(() => (window as { kept?: boolean }).kept), true);
    },
  },
  {
    name: 'Mousetrap, with "/" for the search',
    source: 'ccampbell/mousetrap #245, algolia/react-instantsearch #2918',
    after: npm('mousetrap/mousetrap.min.js'),
    body: (embed) =>
      `<input id="search">${embed}${inline("Mousetrap.bind(['/', 'a', 'v'], () => { document.querySelector('#search').focus(); return false })")}`,
    also: async (page) => {
      await page.locator('body').click({ position: { x: 1, y: 1 } });
      await page.keyboard.press('/');
      await page.locator('#search:focus').waitFor();
    },
  },
  {
    name: 'hotkeys-js, with single letters',
    source: 'PostHog/posthog PR #45615',
    after: npm('hotkeys-js/dist/hotkeys-js.min.js'),
    body: (embed) =>
      `${embed}<p id="pressed"></p>${inline("hotkeys('a,/,c,esc', () => { document.querySelector('#pressed').textContent += '!'; return false })")}`,
    also: async (page) => {
      await page.locator('body').click({ position: { x: 1, y: 1 } });
      await page.keyboard.press('c');
      await page.locator('#pressed', { hasText: '!' }).waitFor();
    },
  },
  {
    name: 'a hotkey that only looks at the target of the event',
    source: 'JohannesKlauss/react-hotkeys-hook #1161, storybookjs/storybook PR #24179',
    after:
      inline(`for (const type of ['keydown', 'keypress', 'keyup']) document.addEventListener(type, (event) => {
      if (event.target.tagName === 'INPUT' || event.key === 'Escape' || event.key === 'Tab') return;
      event.preventDefault(); window.taken = (window.taken ?? '') + event.key;
    })`),
    also: async (page) => {
      await page.locator('body').click({ position: { x: 1, y: 1 } });
      await page.keyboard.press('/');
      await page.waitForFunction(() => (window as { taken?: string }).taken?.includes('/'));
    },
  },
  {
    name: 'focus-trap, with the element in a dialog',
    source: 'focus-trap/focus-trap #39',
    after: npm('tabbable/dist/index.umd.min.js') + npm('focus-trap/dist/focus-trap.umd.min.js'),
    body: (embed) =>
      `<a href="#">Outside</a><div id="dialog"><button id="close">Close</button>${embed}</div>${inline(`
      addEventListener('load', () => { window.trap = focusTrap.createFocusTrap('#dialog', { tabbableOptions: { getShadowRoot: true } });
      window.trap.activate(); })`)}`,
    also: async (page) => {
      for (let presses = 0; presses < 12; presses++) {
        await page.keyboard.press('Tab');
        const inside = await page.evaluate(() => document.activeElement?.closest('#dialog') !== null);
        assert.ok(inside, 'the focus left the dialog');
      }
      assert.equal(
        await page.evaluate(() => {
          (document.querySelector('chekt-connect') as HTMLElement).focus();
          return document.activeElement?.localName;
        }),
        'chekt-connect',
      );
    },
  },
  {
    name: 'a service worker that answers navigations with the shell, and leaves the service out',
    source: 'angular/angular #20404',
    body: (embed) => embed,
    prepare: ({ pages }) =>
      pages.set('/worker.js', {
        headers: { 'Content-Type': 'text/javascript' },
        body: `addEventListener('install', () => skipWaiting());
          addEventListener('activate', (event) => event.waitUntil(clients.claim()));
          addEventListener('fetch', (event) => {
            const { pathname } = new URL(event.request.url);
            if (event.request.mode === 'navigate' && !pathname.startsWith('/chekt/')) event.respondWith(fetch('/'));
          });`,
      }),
    arrive: async (page) => {
      await page.evaluate(async () => {
        await navigator.serviceWorker.register('/worker.js');
        await navigator.serviceWorker.ready;
      });
      await page.reload();
      await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    },
  },
  {
    name: 'speculation rules that prefetch every link',
    source: 'cloudflare/cloudflare-docs PR #16676',
    before:
      '<script type="speculationrules">{"prefetch":[{"where":{"href_matches":"/*"},"eagerness":"immediate"}]}</script>',
    arrive: async (page, { requests }) => {
      await page.locator('chekt-connect:state(unauthorized)').waitFor();
      // a prefetch says that it is one, so that the service starts no sign-in for it
      for (const { path, headers } of requests) {
        if (path.startsWith('/chekt/authorize')) assert.match(String(headers['sec-purpose']), /prefetch/);
      }
    },
  },
];
