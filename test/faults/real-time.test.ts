import { expect } from '@open-wc/testing';
import { catalogue } from './catalogue.js';
import { connected, refusal, success, type Row } from './row.js';
import { words } from './words.js';

/** Milliseconds from pressing Connect. */
let elapsed: () => number;

/** Resolves with the milliseconds until a text appears in the element. */
function appearing(root: ShadowRoot, text: string): Promise<number> {
  const started = performance.now();
  return new Promise((resolve) => {
    const observer = new MutationObserver(() => {
      if (!root.textContent?.includes(text)) return;
      observer.disconnect();
      resolve(performance.now() - started);
    });
    observer.observe(root, { subtree: true, childList: true, characterData: true });
  });
}

const pressing =
  (then: (root: ShadowRoot) => Promise<void> = async () => {}): Row['act'] =>
  async ({ element, type, press }) => {
    await element.ready;
    await type('Acme Security');
    const started = performance.now();
    elapsed = () => performance.now() - started;
    const watched = then(element.shadowRoot!);
    await press('connect-button');
    await watched;
  };

catalogue('real time', [
  {
    name: 'a stall: "Still working" after 5 s, repeated after 8 s with the same key',
    speed: 1,
    answers: [{ ...success, fault: { kind: 'stall', at: 'before-headers' } }, success],
    wire: { ownPort: true },
    act: pressing(async (root) => {
      expect(await appearing(root, words('stillWorking'))).to.be.within(4_900, 7_500);
    }),
    ends: connected,
    requests: 2,
    also: () => expect(elapsed()).to.be.within(7_900, 12_000),
  },
  {
    name: 'Retry-After of 2 seconds',
    speed: 1,
    answers: [{ ...refusal(429, 'rate_limited'), headers: { 'Retry-After': '2' } }, success],
    act: pressing(),
    ends: connected,
    requests: 2,
    also: () => expect(elapsed()).to.be.within(1_980, 6_000),
  },
]);
