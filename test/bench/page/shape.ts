import type { LitElement } from 'lit';

/** A rendered shadow tree as a template: its markup, split at the text bindings, its texts and its styles. */
export interface Shape {
  readonly markup: readonly string[];
  readonly texts: readonly string[];
  readonly css: string;
}

const MARK = '<!--text-->';

/** Leaves out comments: they are Lit's markers, and the floor gets its own. */
export function shapeOf(root: ShadowRoot): Shape {
  const { elementStyles } = root.host.constructor as typeof LitElement;
  const copy = document.createElement('template').content;
  for (const child of root.childNodes) copy.append(child.cloneNode(true));
  // a value that was set as a property is not in the markup
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
  return {
    markup: holder.innerHTML.split(MARK),
    texts,
    // as written: a rule that the browser writes out is twice as long
    css: elementStyles.map((style) => ('cssText' in style ? style.cssText : '')).join('\n'),
  };
}
