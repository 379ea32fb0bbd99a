import type { ChektConnectElement } from '../../src/index.js';
import { byId, make } from './dom.js';

const OFF = 'demo-keys-off';

interface Key {
  readonly key: string;
  readonly label: string;
  readonly press: () => void;
}

const click = (selector: string) => () =>
  document.querySelector<HTMLElement>(`main:not([hidden]) ${selector}`)?.click();

/** In the gallery, these keys move between states once one is shown alone. */
const everywhere: readonly Key[] = [
  { key: 'n', label: 'Next', press: click('a[rel=next]') },
  { key: 'p', label: 'Previous', press: click('a[rel=prev]') },
  { key: '?', label: 'Show these keys', press: toggle },
];

const onThePage: readonly Key[] = [
  { key: '/', label: 'Search the scenarios', press: search },
  { key: 'e', label: 'To the element', press: toElement },
  { key: 't', label: 'Filter the timeline', press: () => byId('filter').focus() },
  { key: 'r', label: 'Reset', press: click('#reset') },
  { key: 'b', label: 'Copy report', press: click('#copy-report') },
];

/**
 * Handles keys without a modifier. They can be switched off (WCAG 2.1.4), and do nothing while typing in a
 * field.
 */
export function listenToKeys(view: 'page' | 'gallery'): void {
  const keys = view === 'page' ? [...everywhere, ...onThePage] : everywhere;
  byId('key-list').replaceChildren(
    ...keys.flatMap(({ key, label }) => [make('dt', {}, make('kbd', {}, key)), make('dd', {}, label)]),
  );
  const use = byId<HTMLInputElement>('use-keys');
  use.checked = localStorage.getItem(OFF) === null;
  use.addEventListener('change', () => {
    if (use.checked) localStorage.removeItem(OFF);
    else localStorage.setItem(OFF, '1');
  });
  addEventListener('keydown', (event) => {
    const { key: pressed, ctrlKey, altKey, metaKey, isComposing, defaultPrevented } = event;
    if (!use.checked || ctrlKey || altKey || metaKey || isComposing || defaultPrevented) return;
    if (isTyping(event)) return;
    const found = keys.find(({ key }) => key === pressed);
    if (!found) return;
    event.preventDefault(); // otherwise the key would be typed into the newly focused field
    found.press();
  });
}

/** Looks at the innermost target, because `event.target` is retargeted at the shadow root. */
function isTyping(event: Event): boolean {
  const [target] = event.composedPath();
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.matches('input:not([type=checkbox]), select, textarea');
}

function search(): void {
  byId<HTMLDetailsElement>('scenarios').open = true;
  byId('search').focus();
}

function toElement(): void {
  document.querySelector<ChektConnectElement>('#stage chekt-connect')?.focus();
}

function toggle(): void {
  const list = byId<HTMLDetailsElement>('keys');
  list.open = !list.open;
}
