/** What the person does with text: a page that does not see into shadow roots takes the target for no field. */
const TEXT_EVENTS = ['keydown', 'keypress', 'keyup', 'cut', 'copy', 'paste'];

/** Keys that belong to the page even while somebody types: dialogs close, focus moves on, function keys work. */
const OF_THE_PAGE = /^(Escape|Tab|F\d+)$/;

/**
 * Keeps what belongs to the element from handlers of the page. To them the target of every event in here is the element itself, so
 * a hotkey for "/" takes the slash out of "A/V", and a router takes the click on the link that has to leave the page.
 * Handlers of the capture phase come first and cannot be kept away.
 */
export function shieldFromPage(root: HTMLElement | DocumentFragment): void {
  const keep = (event: Event) => {
    if (root.contains(event.target as Node) && isField(event.target) && !isForPage(event))
      event.stopPropagation();
  };
  for (const type of TEXT_EVENTS) root.addEventListener(type, keep);
  root.addEventListener('click', (event) => {
    const { target } = event;
    // what the page has put into the slots is its own
    if (root.contains(target as Node) && (target as Element).closest('a')) event.stopPropagation();
  });
  root.addEventListener('beforeinput', joinLines);
}

function isField(target: EventTarget | null): boolean {
  return (target as Element).localName === 'input';
}

/**
 * Shortcuts too; but Ctrl with Alt types on Windows, where AltGr is both. In Safari the key that ends a composition comes after it,
 * and only the code 229 says that it was one.
 */
function isForPage(event: Event): boolean {
  if (!('key' in event)) return false;
  const { key, keyCode, ctrlKey, altKey, metaKey, isComposing } = event as KeyboardEvent;
  return !isComposing && keyCode !== 229 && ((ctrlKey && !altKey) || metaKey || OF_THE_PAGE.test(key));
}

/** Browsers drop the line breaks of what is pasted or dropped into a field, and glue "1 Main St" to "Suite 200". */
function joinLines(event: Event): void {
  const { inputType, data, dataTransfer } = event as InputEvent;
  const text = data ?? dataTransfer?.getData('text/plain') ?? '';
  if (!/^insertFrom(Paste|Drop)/.test(inputType) || !/[\t-\r\u2028\u2029]/.test(text)) return;
  event.preventDefault();
  const joined = text.replace(/\s+/g, ' ').trim();
  // the command keeps the way back by Ctrl+Z
  if (document.execCommand('insertText', false, joined)) return;
  const field = event.target as HTMLInputElement;
  field.setRangeText(joined, field.selectionStart ?? 0, field.selectionEnd ?? 0, 'end');
  field.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
}
