import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { type Browser, type Page } from 'playwright-core';
import { launchChromium } from '../browsers/chromium.js';

const dealer = {
  dealer_id: 12345,
  external_dealer_id: 'adc-67890',
  company_name: 'Acme Security Systems, Inc.',
};
const host = (
  title: string,
) => `<!doctype html><title>${title}</title><script src="/chekt-connect.js"></script>
  <chekt-connect external-dealer-id="adc-67890" api-base-url="/api" token-url="/token"></chekt-connect>`;

/** How the page's service answers; tests change it. */
const service = { authorized: true, connectStatus: 200, names: [] as string[] };

const server: Server = createServer(async (request, response) => {
  const path = request.url?.split('?')[0];
  const send = (status: number, type: string, body: string) =>
    response.writeHead(status, { 'Content-Type': type }).end(body);
  if (path === '/chekt-connect.js')
    return send(200, 'text/javascript', readFileSync('dist/chekt-connect.js', 'utf8'));
  if (path === '/token')
    return service.authorized ? send(200, 'application/json', '{}') : send(204, 'text/plain', '');
  if (path?.startsWith('/api/')) {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    service.names.push(
      (JSON.parse(Buffer.concat(parts).toString()) as { company_name: string }).company_name,
    );
    return send(
      service.connectStatus,
      'application/json',
      JSON.stringify(service.connectStatus < 300 ? dealer : {}),
    );
  }
  return path === '/' || path === '/elsewhere'
    ? send(200, 'text/html', path === '/' ? host('Platform') : '<!doctype html><title>Elsewhere</title>')
    : send(404, 'text/plain', '');
});

let browser: Browser;
let origin: string;

before(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  browser = await launchChromium({
    isWhole: true,
    // Playwright turns off the back/forward cache, which a person's browser has
    ignoreDefaultArgs: ['--disable-back-forward-cache'],
  });
});
after(async () => {
  await browser.close();
  server.close();
  server.closeAllConnections();
});

async function visit(): Promise<Page> {
  Object.assign(service, { authorized: true, connectStatus: 200, names: [] });
  const page = await (await browser.newContext()).newPage();
  await page.goto(origin);
  await state(page, 'authorized');
  return page;
}

const state = (page: Page, name: string) => page.locator(`chekt-connect:state(${name})`).waitFor();
const field = (page: Page) => page.locator('chekt-connect').getByRole('textbox');

describe('back and forward', () => {
  it('shows the page as it was left, the typed name included, and asks again whether the dealer has authorized', async () => {
    const page = await visit();
    await field(page).fill('Acme Security');
    await page.evaluate(() => {
      addEventListener(
        'pageshow',
        ({ persisted }) => (document.title = persisted ? 'from the cache' : 'loaded'),
      );
    });
    await page.goto(`${origin}/elsewhere`);
    await page.goBack({ waitUntil: 'commit' });
    await page.waitForFunction(() => document.title === 'from the cache');
    await state(page, 'authorized');
    assert.equal(await field(page).inputValue(), 'Acme Security');
    service.authorized = false;
    await page.goto(`${origin}/elsewhere`);
    await page.goBack({ waitUntil: 'commit' });
    await state(page, 'unauthorized');
    await page.context().close();
  });
});

describe('a Korean keyboard', () => {
  it('does not connect with the Enter that ends a composition, and does with the next one', async () => {
    const page = await visit();
    const keyboard = await page.context().newCDPSession(page);
    await field(page).focus();
    const composing = ['ㅇ', '에', '에이', '에이크미'];
    for (const text of composing) {
      const { length } = text;
      await keyboard.send('Input.imeSetComposition', { text, selectionStart: length, selectionEnd: length });
    }
    const enter = { key: 'Enter', code: 'Enter' };
    await keyboard.send('Input.dispatchKeyEvent', {
      type: 'rawKeyDown',
      windowsVirtualKeyCode: 229,
      ...enter,
    });
    await keyboard.send('Input.insertText', { text: '에이크미' });
    await keyboard.send('Input.dispatchKeyEvent', { type: 'keyUp', windowsVirtualKeyCode: 13, ...enter });
    assert.equal(await field(page).inputValue(), '에이크미');
    await state(page, 'authorized');
    assert.deepEqual(service.names, []);
    await field(page).press('Enter');
    await state(page, 'connected');
    assert.deepEqual(service.names, ['에이크미']);
    await page.context().close();
  });
});

describe('a key that is held down', () => {
  it('starts one attempt, even if CHeKT refuses at once', async () => {
    const page = await visit();
    service.connectStatus = 403;
    await field(page).fill('Acme Security');
    await field(page).focus();
    for (let time = 0; time < 3; time += 1) await page.keyboard.down('Enter');
    await page.locator('chekt-connect').locator('[part~=error]').waitFor();
    for (let time = 0; time < 5; time += 1) await page.keyboard.down('Enter');
    await page.keyboard.up('Enter');
    await state(page, 'authorized');
    assert.deepEqual(service.names, ['Acme Security']);
    await page.context().close();
  });
});

describe('the memory', () => {
  it('keeps no element that was removed, whatever its state', async () => {
    const page = await visit();
    await page.evaluate(async () => {
      const references: WeakRef<Element>[] = [];
      for (let count = 0; count < 30; count += 1) {
        const element = document.createElement('chekt-connect');
        element.setAttribute('external-dealer-id', `dealer-${count}`);
        element.setAttribute('api-base-url', '/api');
        if (count % 3) element.setAttribute('token-url', '/token');
        document.body.append(element);
        if (count % 3 === 1) await (element as Element & { ready: Promise<void> }).ready;
        element.remove();
        references.push(new WeakRef(element));
      }
      Object.assign(window, { references });
    });
    const left = () =>
      page.evaluate(
        () =>
          (window as unknown as { references: WeakRef<Element>[] }).references.filter((one) => one.deref())
            .length,
      );
    for (let time = 0; time < 20 && (await left()) > 0; time += 1) await page.requestGC();
    assert.equal(await left(), 0);
    await page.context().close();
  });
});
