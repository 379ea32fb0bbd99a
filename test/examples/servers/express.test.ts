import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type Browser } from 'playwright-core';
import { createSandbox, type Sandbox } from '../../../demo/sandbox/index.js';
import { launchChromium } from '../../browsers/chromium.js';
import { words } from '../../e2e/words.js';
import { createDatabase } from '../../service/support/postgres.js';
import { readmeEnv, startExample, type ExampleServer } from './server.js';

describe('the Express example, as the README shows it, in a browser', () => {
  let sandbox: Sandbox;
  let server: ExampleServer;
  let browser: Browser;
  before(async () => {
    sandbox = await createSandbox({ platformOrigins: [] });
    const env = await readmeEnv(sandbox.describe());
    server = await startExample({ file: 'express.js', databaseUrl: await createDatabase(), env });
    browser = await launchChromium();
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
    await sandbox?.close();
  });

  it('signs in, allows, connects, is connected after a reload, and disconnects', async () => {
    const page = await browser.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (['warning', 'error'].includes(message.type())) complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(String(error)));
    const element = page.locator('chekt-connect');
    const sees = (text: string) => element.getByText(text).first().waitFor();
    const bindings = async () => (await fetch(`${sandbox.describe().controls}/bindings`)).json();

    await page.goto(`${server.origin}/login`);
    await element.getByRole('link', { name: words('signIn') }).click();
    await page.getByRole('button', { name: 'Dana Reyes' }).click();
    await page.getByRole('button', { name: 'Allow', exact: true }).click();
    await page.waitForURL(`${server.origin}/`);
    await sees('Acme');
    await element.locator('[part~="connect-button"]').click();
    await sees(words('headingConnected'));
    const [bound] = await bindings();
    assert.deepEqual([bound.dealerId, bound.externalDealerId], [12345, 'adc-67890']);

    await page.reload();
    await sees(words('headingConnected'));
    await element.getByRole('button', { name: words('disconnect') }).click();
    await element.getByRole('button', { name: words('disconnect') }).click();
    await sees(words('disconnected'));
    assert.deepEqual(await bindings(), []);
    assert.deepEqual(complaints, []);
    assert.doesNotMatch(server.said(), /^(error|warning|chekt-connect)/m);
  });
});
