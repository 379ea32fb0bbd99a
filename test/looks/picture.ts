/** Draws the picture of docs/appearance.md: the parts of the element by number. Takes the built file; `tsx test/looks/picture.ts`. */
import { readFileSync } from 'node:fs';
import type { ChektConnectElement } from '../../src/index.js';
import { launchChromium } from '../browsers/chromium.js';

const root = new URL('../../', import.meta.url);
const style = `
  body { display: grid; grid-template-columns: 30rem 30rem 14rem; gap: 1.5rem; align-items: start; margin: 1.5rem;
    font: 15px/1.7 system-ui, sans-serif; background: #eef1f4; color: #123 }
  chekt-connect:nth-of-type(2) { color-scheme: dark }
  b { display: inline-grid; place-content: center; inline-size: 1.5rem; block-size: 1.5rem; border-radius: 50%; background: #a06;
    color: #fff; font-size: 13px }
  body > b { position: absolute; translate: -50% -50% }
  li { display: grid; grid-template-columns: 1.5rem 1fr; gap: 0.5rem; margin-block-end: 0.25rem; line-height: 1.5rem }
  ol { margin: 0; padding: 0; list-style: none }`;

const browser = await launchChromium();
const page = await browser.newPage({ viewport: { width: 1272, height: 600 }, deviceScaleFactor: 1 });
await page.route('http://localhost/', (route) =>
  route.fulfill({ contentType: 'text/html', body: `<!doctype html><html lang="en"><style>${style}</style>` }),
);
await page.goto('http://localhost/');
await page.addScriptTag({ content: readFileSync(new URL('dist/chekt-connect.js', root), 'utf8') });
// tsx names functions with this helper, which the page does not have
await page.addScriptTag({ content: 'globalThis.__name = (named) => named' });
await page.evaluate(async () => {
  // the same trace id in each picture
  crypto.getRandomValues = (bytes) => (bytes instanceof Uint8Array && bytes.fill(7), bytes);
  const add = (properties: Partial<ChektConnectElement>) => {
    const element = document.createElement('chekt-connect') as ChektConnectElement;
    const given = {
      externalDealerId: 'adc-67890',
      platformName: 'Northwind Cloud',
      disconnectBaseUrl: '/chekt',
    };
    Object.assign(element, { ...given, platformScope: 'read:dealer read:sites update:sites', ...properties });
    return document.body.appendChild(element);
  };
  const person = {
    name: 'Dana Reyes',
    email: 'dana@acme.example',
    company_name: 'Acme Security Systems, Inc.',
  };
  const refusal = { error: { code: 'invalid', field: 'company_name', request_id: 'req_01HQ7Z3M9K' } };
  const form = add({
    getAccessToken: async () => ({ access_token: 'opaque', expires_in: 2520, ...person }),
    fetch: async () => new Response(JSON.stringify(refusal), { status: 422 }),
  });
  const bound = add({
    binding: { dealerId: 12345, externalDealerId: 'adc-67890', companyName: 'Acme Security Systems, Inc.' },
  });
  const signIn = add({
    getAccessToken: () => Promise.reject(Object.assign(new Error(), { error: 'access_denied' })),
  });
  await form.ready;
  await form.connect('Acme').catch(() => {});
  await Promise.all([bound.ready, signIn.ready]);
  await bound.updateComplete;
  bound.shadowRoot!.querySelector<HTMLElement>('[part~=disconnect-button]')!.click();
  await Promise.all([form.updateComplete, bound.updateComplete, signIn.updateComplete]);

  const legend = document.createElement('ol');
  const shown = [
    ...form.shadowRoot!.querySelectorAll('[part]'),
    ...bound.shadowRoot!.querySelectorAll('[part]'),
  ];
  const alert = signIn.shadowRoot!.querySelectorAll('[part~=error], [part~=authorize-button]');
  const names = new Map([...shown, ...alert].map((node) => [node.getAttribute('part')!, node]));
  const badge = (number: number) =>
    Object.assign(document.createElement('b'), { textContent: String(number) });
  signIn.style.gridColumn = '2';
  document.body.append(legend);
  for (const [index, name] of [...names.keys()].entries()) {
    const item = legend.appendChild(document.createElement('li'));
    item.append(badge(index + 1), `${name}${name === 'status' ? ' (is heard)' : ''}`);
  }
  legend.style.gridArea = '1 / 3';
  bound.style.gridArea = '1 / 2';
  form.style.gridArea = '1 / 1 / span 2';
  for (const [index, [name, node]] of [...names].entries()) {
    if (name === 'status') continue;
    const { left, right, top } = node.getBoundingClientRect();
    const mark = document.body.appendChild(badge(index + 1));
    // the form begins where its first box does
    mark.style.cssText = `inset-block-start: ${top + scrollY}px; inset-inline-start: ${name === 'form' ? left : right}px`;
  }
});
await page.screenshot({ path: new URL('docs/parts.png', root).pathname, fullPage: true });
await browser.close();
