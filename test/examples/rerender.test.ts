import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { ChektConnectElement } from '../../src/index.js';
import { words } from '../e2e/words.js';
import { buildHost } from './build.js';
import { startExamples, type Examples, type Visit } from './support.js';

/** What a person would notice if a render interfered. */
const typing = ({ field }: Visit) =>
  field.evaluate((input: HTMLInputElement) => ({
    value: input.value,
    caret: input.selectionStart,
    hasFocus: document.hasFocus() && (input.getRootNode() as ShadowRoot).activeElement === input,
  }));

describe('a React host that re-renders on every event and key press, with a new getAccessToken each time', () => {
  let examples: Examples;
  before(async () => (examples = await startExamples()));
  after(() => examples.close());

  it('disturbs neither the typed text, nor the focus, nor the operation', async () => {
    const visit = await examples.visit('/examples/react/', await buildHost('rerender', '/examples/react/'));
    await visit.signIn();
    await visit.page.goto('/host/');
    await visit.element.getByText(words('change'), { exact: true }).click();
    await visit.field.fill('');
    const renders = async () => Number(await visit.page.locator('main').getAttribute('data-renders'));
    await visit.field.click();
    const before = await renders();
    await visit.page.keyboard.type('Acme Sec');
    await visit.page.keyboard.press('Home');
    await visit.page.keyboard.type('The ');
    assert.equal(await renders(), before + 12);
    assert.deepEqual(await typing(visit), { value: 'The Acme Sec', caret: 4, hasFocus: true });

    await examples.sandbox('PUT', '/faults', {
      faults: [{ on: 'connect', kind: 'status', status: 400, code: 'invalid_request', times: 1 }],
    });
    await visit.page.keyboard.press('Enter');
    await visit.sees(words('title.invalid-request'));
    assert.ok((await renders()) >= before + 16, 'before-connect, two states and the error were rendered');
    assert.equal((await typing(visit)).value, 'The Acme Sec');

    // an operation that takes long enough for the host to render again and again meanwhile
    await examples.sandbox('PUT', '/faults', {
      faults: [{ on: 'connect', kind: 'delay', ms: 700, times: 1 }],
    });
    await visit.field.press('Enter');
    await visit.page.waitForFunction(() => document.querySelector('chekt-connect:state(connecting)'));
    for (let again = 0; again < 20; again++) await visit.element.dispatchEvent('input');
    await visit.sees(words('connectedNow'));
    assert.deepEqual(await visit.statuses('connect'), [400, 200]);
    assert.deepEqual(await visit.connections(), ['12345 adc-67890']);

    const { error, asked } = await visit.element.evaluate((element: ChektConnectElement) => ({
      error: element.error,
      asked: performance.getEntriesByType('resource').filter(({ name }) => name.includes('/chekt/token'))
        .length,
    }));
    assert.equal(error, null);
    assert.ok(asked <= (await renders()), `asked ${asked} times`);
    assert.ok((await renders()) < before + 60, 'the renders are bounded');
    // Chromium itself reports a 400
    assert.deepEqual(
      visit.complaints.filter((text) => !text.includes('400')),
      [],
    );
    await visit.end();
  });
});
