import type { ChektConnectElement } from '../../../src/index.js';
import { choiceControl } from '../controls.js';
import { byId, make } from '../dom.js';
import { applyLook } from '../look.js';
import { Settings } from '../settings.js';
import { dana, later, type Cell } from './cell.js';
import { cells, groups, idOf } from './groups.js';
import { showIndex, stateLink } from './index-of-states.js';

const common = {
  'external-dealer-id': 'adc-67890',
  'account-name': 'adc-67890',
  'platform-name': 'Northwind Cloud',
  'platform-scope': 'read:dealer create:sites read:sites update:sites delete:sites read:devices',
  'api-base-url': '/gallery',
  'authorize-url': '/gallery/authorize',
  'disconnect-base-url': '/gallery',
  timeout: '86400000',
};

/** Shows every state and every error with real elements. No request leaves this page. */
export async function showGallery(): Promise<void> {
  byId('looks').replaceChildren(
    ...(['partner', 'lang', 'dir', 'width', 'text'] as const).map((name) => choiceControl(name)),
  );
  applyLook(Settings.current);
  const one = cells.find((cell) => idOf(cell) === Settings.current.state);
  showIndex(one);
  const acts: Promise<unknown>[] = [];
  const show = (cell: Cell, scheme: 'light' | 'dark') => {
    const element = elementOf(cell);
    if (cell.act) acts.push(element.ready.then(() => cell.act?.(element)));
    return make('div', { class: scheme }, element);
  };
  const pairOf = (cell: Cell) => make('div', { class: 'pair' }, show(cell, 'light'), show(cell, 'dark'));
  if (one) byId('cells').append(make('section', { id: idOf(one) }, pairOf(one)));
  else {
    for (const { name, cells } of groups) {
      const sections = cells.map((cell) =>
        make('section', { id: idOf(cell) }, make('h3', {}, stateLink(cell, cell.name)), pairOf(cell)),
      );
      byId('cells').append(make('h2', {}, name), ...sections);
    }
  }
  await Promise.all(acts);
}

function elementOf(cell: Cell): ChektConnectElement {
  const { attributes, tokens = [dana], tokenUrl, answer = later, binding, formerBinding } = cell;
  const element = document.createElement('chekt-connect');
  for (const [name, value] of Object.entries({ ...common, ...attributes })) {
    if (value !== null) element.setAttribute(name, value);
  }
  let asked = 0;
  if (tokenUrl) element.tokenUrl = '/gallery/token';
  else {
    element.getAccessToken = async () => {
      // the last one also answers the questions that follow whenever this window gets the focus
      const token = tokens[Math.min(asked++, tokens.length - 1)] ?? null;
      return typeof token === 'function' ? token() : token;
    };
  }
  element.fetch = async (url) =>
    String(url).includes('/gallery/token') && tokenUrl ? tokenUrl(asked++) : answer();
  if (binding) element.binding = binding;
  if (formerBinding) element.formerBinding = formerBinding;
  element.addEventListener('chekt-authorize', (event) => event.preventDefault()); // nobody leaves the gallery
  return element;
}
