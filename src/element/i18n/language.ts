/** The `lang` of the nearest ancestor, through shadow roots, else the browser's language. */
export function languageOf(element: Element): string {
  for (let node: Element | undefined = element; node;) {
    const declared: Element | null = node.closest('[lang]');
    if (declared) return declared.getAttribute('lang') || navigator.language;
    const root: Node = node.getRootNode();
    node = root instanceof ShadowRoot ? root.host : undefined;
  }
  return navigator.language;
}

/** The tags to look up for a tag, most specific first (RFC 4647 §3.4): `zh-Hant-TW`, `zh-Hant`, `zh`. */
export function lookUpOrder(lang: string): string[] {
  const tags: string[] = [];
  let tag = lang.toLowerCase().replace(/_/g, '-');
  do tags.push(tag);
  while (
    // a single letter or digit only introduces an extension, so it is removed together with what follows it
    (tag = tag.replace(/(-.)?(-|^)[^-]*$/, ''))
  );
  return tags;
}
