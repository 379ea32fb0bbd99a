import type { ChektConnectElement } from '../../../src/index.js';
import { choiceControl } from '../controls.js';
import { byId, make } from '../dom.js';
import { applyLook } from '../look.js';
import { Settings } from '../settings.js';
import { dana, later, type Cell, type CellGroup } from './cell.js';
import { failures } from './failures.js';
import { connected, form, signIn } from './states.js';

const groups: readonly CellGroup[] = [
  { name: 'Sign in', cells: signIn },
  { name: 'Connect', cells: form },
  { name: 'Connected', cells: connected },
  { name: 'Errors on connect', cells: failures },
];

const common = {
  'external-dealer-id': 'adc-67890',
  'platform-name': 'Northwind Cloud',
  'platform-scope': 'read:dealer create:sites read:sites update:sites delete:sites read:devices',
  'api-base-url': '/gallery',
  'authorize-url': '/gallery/authorize',
  'disconnect-base-url': '/gallery',
  timeout: '86400000',
};

/** Every state and every error, each by the real element that has come there; nothing leaves this page. */
export async function showGallery(): Promise<void> {
  byId('looks').replaceChildren(
    ...(['lang', 'dir', 'width', 'text'] as const).map((name) => choiceControl(name)),
  );
  applyLook(Settings.current);
  const acts: Promise<unknown>[] = [];
  const show = (cell: Cell, scheme: 'light' | 'dark') => {
    const element = elementOf(cell);
    if (cell.act) acts.push(element.ready.then(() => cell.act?.(element)));
    return make('div', { class: scheme }, element);
  };
  for (const { name, cells } of groups) {
    byId('cells').append(make('h2', {}, name));
    for (const cell of cells) {
      const id = cell.id.replace(/\W+/g, '-');
      const pair = make('div', { class: 'pair' }, show(cell, 'light'), show(cell, 'dark'));
      byId('cells').append(make('section', { id }, make('h3', {}, cell.name), pair));
    }
  }
  await Promise.all(acts);
}

function elementOf({
  attributes,
  tokens = [dana],
  tokenUrl,
  answer = later,
  binding,
}: Cell): ChektConnectElement {
  const element = document.createElement('chekt-connect');
  for (const [name, value] of Object.entries({ ...common, ...attributes })) {
    if (value !== null) element.setAttribute(name, value);
  }
  const left = tokens.values();
  if (tokenUrl) element.tokenUrl = '/gallery/token';
  else {
    element.getAccessToken = async () => {
      const token = left.next().value ?? null;
      return typeof token === 'function' ? token() : token;
    };
  }
  element.fetch = async (url) => (String(url).includes('/gallery/token') && tokenUrl ? tokenUrl() : answer());
  if (binding) element.binding = binding;
  element.addEventListener('chekt-authorize', (event) => event.preventDefault()); // nobody leaves the gallery
  return element;
}
