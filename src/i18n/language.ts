/** The nearest `lang`, through shadow roots, then the browser's language. */
export function languageOf(element: Element): string {
  for (let node: Element | undefined = element; node;) {
    const declared: Element | null = node.closest('[lang]');
    if (declared) return declared.getAttribute('lang') || navigator.language;
    const root: Node = node.getRootNode();
    node = root instanceof ShadowRoot ? root.host : undefined;
  }
  return navigator.language;
}
