import 'axe-core/axe.min.js';
import type { AxeResults, RunOptions } from 'axe-core';
import { expect } from '@open-wc/testing';

const { axe } = globalThis as unknown as {
  axe: { run(root: Element, options: RunOptions): Promise<AxeResults> };
};

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Looks at the element with every rule of WCAG 2.2 AA that axe knows; what it cannot decide is no pass. */
export async function expectAccessible(element: Element): Promise<void> {
  const { violations, incomplete, passes } = await axe.run(element, {
    runOnly: tags,
    // about whole pages: a test page has no landmark and no title of its own
    rules: { region: { enabled: false } },
  });
  const found = [...violations, ...incomplete].flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
  );
  expect(found).to.deep.equal([]);
  expect(passes.map(({ id }) => id)).to.include('color-contrast');
}
