import assert from 'node:assert/strict';
import type { Row } from './row.js';
import { embed } from './walk.js';

const inline = (code: string) => `<script>${code}</script>`;
const nonce =
  "script-src 'nonce-abc' 'strict-dynamic'; object-src 'none'; base-uri 'none'; style-src 'self'; connect-src 'self'";

/** Pages with other encodings, other document types and policies. */
export const pages: readonly Row[] = [
  ...(['windows-1252', 'euc-kr'] as const).map((charset): Row => ({
    name: `a page in ${charset}, the script without a charset`,
    source: 'evanw/esbuild #2234, isso-comments/isso #169, SUI-Components/sui PR #206',
    headers: { 'Content-Type': `text/html; charset=${charset}` },
    also: async (page) => {
      const text = await page.locator('chekt-connect').evaluate((host) => host.shadowRoot!.textContent);
      assert.ok(text?.includes('’'), text ?? '');
      assert.doesNotMatch(text ?? '', /â€|\ufffd/);
      assert.equal(await page.evaluate(() => document.characterSet.toLowerCase()), charset);
    },
  })),
  {
    name: 'an XHTML page',
    source: 'lit/lit #634, phetsims/scenery #1780',
    headers: { 'Content-Type': 'application/xhtml+xml' },
    also: async (page) =>
      assert.equal(await page.evaluate(() => document.contentType), 'application/xhtml+xml'),
  },
  {
    name: 'a CSP with nonces and strict-dynamic',
    source: 'altcha-org/altcha #185, stripe/connect-js #205',
    headers: {
      'Content-Security-Policy': `${nonce}; require-trusted-types-for 'script'; trusted-types chekt-connect`,
    },
    script: '<script nonce="abc" src="/dist/chekt-connect.js"></script>',
  },
  {
    name: 'a CSP with strict-dynamic, the script added by a loader',
    source: 'altcha-org/altcha #185',
    headers: { 'Content-Security-Policy': nonce },
    script: `<script nonce="abc">document.head.append(Object.assign(document.createElement('script'), { src: '/dist/chekt-connect.js' }))</script>`,
  },
  {
    name: 'a page with <base>, and with a page-wide reset that shows what is hidden',
    source: 'kepano/defuddle #179, starfederation/datastar #1047',
    before:
      '<base href="https://cdn.example/assets/"><style>* { all: unset } [hidden] { display: flex } html { font-size: 3px }</style>',
    script: '',
    body: (tag) =>
      `${inline("document.head.append(Object.assign(document.createElement('script'), { src: location.origin + '/dist/chekt-connect.js' }))")}${tag}`,
  },
  {
    name: 'a tag manager that writes the element into the page',
    source: 'react/react #35446: what is attached late',
    script: '',
    body: () =>
      `<div id="slot"></div>${inline(
        `addEventListener('load', () => setTimeout(() => {
      document.querySelector('#slot').innerHTML = ${JSON.stringify(embed)};
      document.body.append(Object.assign(document.createElement('script'), { src: '/dist/chekt-connect.js', async: true }));
    }))`.replaceAll('</', '<\\/'),
      )}`,
  },
  {
    name: 'a session replay that clones the page and reads every node, and a dark mode that adds style sheets to shadow roots',
    source: 'getsentry/sentry-javascript #7474, darkreader/darkreader PR #15206, 0kku/destiny #52',
    before: inline(`{
      const { get, set } = Object.getOwnPropertyDescriptor(ShadowRoot.prototype, 'adoptedStyleSheets');
      const dark = new CSSStyleSheet();
      dark.replaceSync('* { background-color: black !important; color: white !important }');
      Object.defineProperty(ShadowRoot.prototype, 'adoptedStyleSheets', {
        configurable: true, get,
        set(sheets) {
          window.rules = [...sheets].reduce((sum, { cssRules }) => sum + cssRules.length, 0);
          set.call(this, [...sheets, dark]);
        },
      });
    }`),
    also: (page) => page.waitForFunction(() => (window as { rules?: number }).rules),
    after: inline(`addEventListener('load', () => {
      const attach = Element.prototype.attachShadow;
      Element.prototype.attachShadow = function (init) { window.attached = true; return attach.call(this, init) };
      new MutationObserver(() => { document.documentElement.cloneNode(true); new XMLSerializer().serializeToString(document) })
        .observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
      setInterval(() => JSON.stringify(document.querySelector('chekt-connect')), 20);
    })`),
  },
];
