/** Elements that overflow to a side, or clip their own text. */
export function overflowing(element: HTMLElement): string[] {
  const { left, right } = element.getBoundingClientRect();
  const sticksOut = (inner: Element) => {
    const box = inner.getBoundingClientRect();
    return box.left < left - 0.5 || box.right > right + 0.5;
  };
  // a field scrolls its text itself
  const hidesText = (inner: Element) => !inner.matches('input') && inner.scrollWidth > inner.clientWidth + 1;
  return [...element.shadowRoot!.querySelectorAll<HTMLElement>('.base, .base *')]
    .filter((inner) => !inner.matches('.heard') && inner.checkVisibility())
    .filter((inner) => sticksOut(inner) || (inner.clientWidth > 0 && hidesText(inner)))
    .map((inner) => `${inner.localName}: ${inner.innerText}`);
}

/** Words of an element's own text that are on more than one line. What fits on no line, as an address may, has to be broken. */
export function brokenWords(inner: Element): string[] {
  const walker = document.createTreeWalker(inner, NodeFilter.SHOW_TEXT);
  const broken: string[] = [];
  while (walker.nextNode()) {
    const node = walker.currentNode as Text;
    for (const { 0: word, index } of node.data.matchAll(/\S+/g)) {
      const range = document.createRange();
      range.setStart(node, index);
      range.setEnd(node, index + word.length);
      const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)));
      if (lines.size > 1 && word.length < 12) broken.push(word);
    }
  }
  return broken;
}
