import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import * as z from 'zod/mini';
import { setViewport } from '../browsers/viewport.js';

describe('the page in which the tests run', () => {
  it('has the focus, so that focus and keys work as for a person', async () => {
    const input = document.body.appendChild(document.createElement('input'));
    const events: string[] = [];
    input.addEventListener('focus', () => events.push('focus'));
    input.addEventListener('input', () => events.push(input.value));
    input.focus();
    await sendKeys({ press: 'a' });
    expect(document.hasFocus()).to.equal(true);
    expect(events).to.deep.equal(['focus', 'a']);
    input.remove();
  });

  it('renders frames as a visible page does', async () => {
    const started = performance.now();
    for (let frame = 0; frame < 5; frame += 1) await new Promise(requestAnimationFrame);
    expect(document.visibilityState).to.equal('visible');
    // A page in the background renders one frame a second.
    expect(performance.now() - started).to.be.below(3_000);
  });

  it('starts with 800 by 600 pixels and can be resized', async () => {
    expect([innerWidth, innerHeight]).to.deep.equal([800, 600]);
    const resized = new Promise((resolve) => addEventListener('resize', resolve, { once: true }));
    await setViewport({ width: 480, height: 500 });
    await resized;
    expect([innerWidth, innerHeight]).to.deep.equal([480, 500]);
  });

  it('has a real language and a secure context', () => {
    expect(navigator.language).to.equal('en-US');
    expect(isSecureContext).to.equal(true);
  });

  it('loads zod as one file, and no development builds', () => {
    expect(z.safeParse(z.object({ a: z.string() }), { a: 1 }).success).to.equal(false);
    const loaded = performance.getEntriesByType('resource').map(({ name }) => name);
    expect(loaded.filter((name) => name.includes('zod'))).to.have.length(1);
    expect(loaded.filter((name) => name.includes('/development/'))).to.deep.equal([]);
  });
});
