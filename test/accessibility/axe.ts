import 'axe-core/axe.min.js';
import type { AxeResults, NodeResult, RunOptions } from 'axe-core';
import { expect } from '@open-wc/testing';

const { axe } = globalThis as unknown as {
  axe: { run(root: Element, options: RunOptions): Promise<AxeResults> };
};

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/**
 * Firefox leaves a rectangle without width where a text breaks right before its first space. axe looks for a colour there and
 * finds none, though the rest of the text has one.
 */
function breaksBeforeItsFirstWord({ element }: NodeResult): boolean {
  const [first, ...others] = element?.getClientRects() ?? [];
  return first?.width === 0 && others.length > 0;
}

/** Looks at the element with every rule of WCAG 2.2 AA that axe knows; what it cannot decide is no pass. */
export async function expectAccessible(element: Element): Promise<void> {
  const { violations, incomplete, passes } = await axe.run(element, {
    runOnly: tags,
    elementRef: true,
    // about whole pages: a test page has no landmark and no title of its own
    rules: { region: { enabled: false } },
  });
  const undecided = incomplete.map((result) => ({
    ...result,
    nodes: result.nodes.filter((node) => result.id !== 'color-contrast' || !breaksBeforeItsFirstWord(node)),
  }));
  const found = [...violations, ...undecided].flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
  );
  expect(found).to.deep.equal([]);
  expect(passes.map(({ id }) => id)).to.include('color-contrast');
}
