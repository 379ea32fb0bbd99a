import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { AxeResults, RunOptions } from 'axe-core';
import { type Browser, type Page } from 'playwright-core';
import { contrast, parse } from '../accessibility/contrast.js';
import { launchChromium } from '../browsers/chromium.js';
import { openScenes } from '../looks/scene-page.js';
import { scenes } from '../looks/scenes.js';
import type * as Scenes from '../looks/scenes.js';

// Only Chromium's DevTools protocol can emulate forced colors and reduced motion, so these are not among the
// tests of three engines.

type Looks = { looks: typeof Scenes };
type Axe = { axe: { run(node: string, options: RunOptions): Promise<AxeResults> } };

/** Plays a scene with the page's only element. */
async function show(page: Page, name: string): Promise<void> {
  await page.evaluate(async (scene) => {
    document.body.replaceChildren();
    await (globalThis as unknown as Looks).looks.play(scene, document.body);
  }, name);
}

const launch = () => {
  return launchChromium();
};

for (const colorScheme of ['light', 'dark'] as const)
  describe(`in forced colors, ${colorScheme}`, () => {
    let browser: Browser;
    let page: Page;
    before(async () => {
      browser = await launch();
      page = await openScenes(browser, { forcedColors: 'active', colorScheme });
      await page.addStyleTag({ content: ':root { color-scheme: light dark }' });
      await page.addScriptTag({ path: 'node_modules/axe-core/axe.min.js' });
      assert.ok(await page.evaluate(() => matchMedia('(forced-colors: active)').matches));
    });
    after(() => browser.close());

    for (const name of Object.keys(scenes))
      it(`the element is readable, has visible edges and passes axe: ${name}`, async () => {
        await show(page, name);
        const invisible = await page.evaluate(() => {
          const root = document.querySelector('chekt-connect')!.shadowRoot!;
          return [...root.querySelectorAll('.base, .box, .tile, .button, input')]
            .filter((node) => {
              const { borderTopStyle, borderTopWidth, borderTopColor, backgroundColor } =
                getComputedStyle(node);
              return (
                borderTopStyle === 'none' || borderTopWidth === '0px' || borderTopColor === backgroundColor
              );
            })
            .map(({ outerHTML }) => outerHTML);
        });
        assert.deepEqual(invisible, []);
        const { surface, texts } = await page.evaluate(() => {
          const nodes = [
            ...document.querySelector('chekt-connect')!.shadowRoot!.querySelectorAll('.base, .base *'),
          ].filter((node) => !node.closest('[aria-disabled]'));
          return {
            surface: getComputedStyle(nodes[0]!).backgroundColor,
            texts: nodes.map((node) => getComputedStyle(node).color),
          };
        });
        for (const text of new Set(texts))
          assert.ok(contrast(text, parse(surface)) >= 4.5, `${text} on ${surface}`);
        const { violations, incomplete } = await page.evaluate(() =>
          (globalThis as unknown as Axe).axe.run('chekt-connect', {
            // axe takes -webkit-text-fill-color for the text color, and that is not the forced one
            rules: { 'color-contrast': { enabled: false } },
          }),
        );
        const found = [...violations, ...incomplete].map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
        assert.deepEqual(found, []);
      });

    it('the main and the secondary button differ, and a link has no box', async () => {
      const widths = (selectors: readonly string[]) =>
        page.evaluate(
          (all) =>
            all.map((selector) => {
              const node = document.querySelector('chekt-connect')!.shadowRoot!.querySelector(selector)!;
              return getComputedStyle(node).borderTopWidth;
            }),
          selectors,
        );
      await show(page, 'confirming');
      assert.deepEqual(await widths(['.danger.button', '[part~=keep-button]']), ['3px', '1px']);
      await show(page, 'ready');
      assert.deepEqual(await widths(['.primary', '[part~=link]', '.quiet .link']), ['3px', '0px', '0px']);
    });
  });

describe('the busy mark', () => {
  let browser: Browser;
  before(async () => void (browser = await launch()));
  after(() => browser.close());

  for (const [title, reducedMotion, expected] of [
    ['stands still for a person who prefers reduced motion', 'reduce', 'none'],
    ['spins for everybody else', 'no-preference', 'spin'],
  ] as const)
    it(title, async () => {
      const page = await openScenes(browser, { reducedMotion });
      for (const [name, selector] of [
        ['connecting', '.button.busy'],
        ['disconnecting', '.button.busy'],
        ['authorizing', '.mark.busy'],
      ] as const) {
        await show(page, name);
        const { animation, width } = await page.evaluate((busy) => {
          const node = document.querySelector('chekt-connect')!.shadowRoot!.querySelector(busy)!;
          const style = getComputedStyle(node, node.matches('.mark') ? undefined : '::before');
          return { animation: style.animationName, width: parseFloat(style.inlineSize) };
        }, selector);
        assert.equal(animation, expected, name);
        assert.ok(width > 10, 'it is there');
      }
    });
});
