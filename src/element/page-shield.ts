/** Events of text editing. A page that cannot see into shadow roots does not recognize their target as a text field. */
const TEXT_EVENTS = ['keydown', 'keypress', 'keyup', 'cut', 'copy', 'paste'];

/** Keys that the page gets even while somebody types: they close dialogs, move focus or are function keys. */
const PAGE_KEYS = /^(Escape|Tab|F\d+)$/;

/**
 * Hides the element's own typing and link clicks from handlers of the page. For them, the target of every event in here is the
 * element itself. So a hotkey for "/" would swallow the slash in "A/V", and a router would handle the click on the link that
 * has to leave the page. Handlers in the capture phase run earlier, so nothing can be hidden from them.
 */
export function shieldFromPage(root: HTMLElement | DocumentFragment): void {
  const keep = (event: Event) => {
    if (root.contains(event.target as Node) && isField(event.target) && !isForPage(event))
      event.stopPropagation();
  };
  for (const type of TEXT_EVENTS) root.addEventListener(type, keep);
  root.addEventListener('click', (event) => {
    const { target } = event;
    // slotted content belongs to the page
    if (root.contains(target as Node) && (target as Element).closest('a')) event.stopPropagation();
  });
  root.addEventListener('beforeinput', joinLines);
}

function isField(target: EventTarget | null): boolean {
  return (target as Element).localName === 'input';
}

/**
 * Includes keyboard shortcuts. Ctrl with Alt is not one: on Windows, that is AltGr, which types characters. In Safari the key that
 * ends a composition is sent after it, and only its code 229 tells.
 */
function isForPage(event: Event): boolean {
  if (!('key' in event)) return false;
  const { key, keyCode, ctrlKey, altKey, metaKey, isComposing } = event as KeyboardEvent;
  return !isComposing && keyCode !== 229 && ((ctrlKey && !altKey) || metaKey || PAGE_KEYS.test(key));
}

/** Browsers delete line breaks from text pasted or dropped into a field, and join "1 Main St" and "Suite 200" without a space. */
function joinLines(event: Event): void {
  const { inputType, data, dataTransfer } = event as InputEvent;
  const text = data ?? dataTransfer?.getData('text/plain') ?? '';
  if (!/^insertFrom(Paste|Drop)/.test(inputType) || !/[\t-\r\u2028\u2029]/.test(text)) return;
  event.preventDefault();
  const joined = text.replace(/\s+/g, ' ').trim();
  // unlike setRangeText, the command can be undone with Ctrl+Z
  if (document.execCommand('insertText', false, joined)) return;
  const field = event.target as HTMLInputElement;
  field.setRangeText(joined, field.selectionStart ?? 0, field.selectionEnd ?? 0, 'end');
  field.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
}
