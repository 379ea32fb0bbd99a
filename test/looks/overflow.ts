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
