import { accounts, people } from '../schedule.js';

/** What a person sees of an element. */
export interface Display {
  readonly text: string;
  /** The content of the company name's field; undefined where there is none. */
  readonly field: string | undefined;
}

/**
 * The rendered text: no attribute, nothing hidden, no closed `<details>`. Errors and announcements do not count: they may name the
 * previous person.
 */
export function displayOf(element: HTMLElement): Display {
  const root = element.shadowRoot;
  if (!root) return { text: '', field: undefined };
  const field = fieldOf(element);
  const texts: string[] = [];
  const walker = element.ownerDocument.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode.nodeValue?.trim();
    const parent = walker.currentNode.parentElement;
    if (!text || !parent || parent.closest('style, [part~="status"], [part~="error"]')) continue;
    if (isVisible(parent)) texts.push(text.normalize('NFC').replace(/\s+/g, ' '));
  }
  return { text: texts.join('\n'), field: field && isVisible(field) ? field.value : undefined };
}

export function fieldOf(element: HTMLElement): HTMLInputElement | null {
  return element.shadowRoot?.querySelector<HTMLInputElement>('[part~="form-control-input"]') ?? null;
}

function isVisible(element: HTMLElement): boolean {
  return element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
}

/** Whether the account, and no other, is on the screen, by its name or its id. */
export function showsAccount({ text }: Display, account: string): boolean {
  const shown = accounts.filter(({ id, name }) => text.includes(id) || text.includes(name));
  return shown.length === 1 && shown[0]?.id === account;
}

/** Whether the person, and nobody else, is on the screen: by name or e-mail. */
export function showsPerson({ text }: Display, person: keyof typeof people): boolean {
  const shown = Object.values(people).filter(
    ({ name, email }) => text.includes(name) || text.includes(email),
  );
  return shown.length === 1 && shown[0] === people[person];
}

/** Whether the field contains the company name or, without a field, the text does. */
export function showsCompany({ text, field }: Display, company: string): boolean {
  return (field ?? text).includes(company) && company !== '';
}
