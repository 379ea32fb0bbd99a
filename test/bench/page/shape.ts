/** A rendered shadow tree as a template: its markup, cut where the texts are bound, and its style. */
export interface Shape {
  readonly markup: readonly string[];
  readonly texts: readonly string[];
  readonly css: string;
}

const MARK = '<!--text-->';

/** Comments are left out: they are how Lit remembers its parts, and the floor has its own. */
export function shapeOf(root: ShadowRoot): Shape {
  const copy = document.createElement('template').content;
  for (const child of root.childNodes) copy.append(child.cloneNode(true));
  // what a property has set is not in the markup
  for (const input of root.querySelectorAll('input'))
    copy.querySelector(`#${input.id}`)?.setAttribute('value', input.value);
  const walker = document.createTreeWalker(copy, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_COMMENT);
  const nodes: Node[] = [];
  while (walker.nextNode()) nodes.push(walker.currentNode);
  const texts: string[] = [];
  for (const node of nodes as CharacterData[]) {
    if (node instanceof Comment) node.remove();
    else if (node.data.trim()) {
      texts.push(node.data);
      node.replaceWith(document.createComment('text'));
    }
  }
  const holder = document.createElement('div');
  holder.append(copy);
  const rules = root.adoptedStyleSheets.flatMap(({ cssRules }) => [...cssRules]);
  return {
    markup: holder.innerHTML.split(MARK),
    texts,
    css: rules.map(({ cssText }) => cssText).join('\n'),
  };
}
