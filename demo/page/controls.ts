import type { ChektConnectElement } from '../../src/index.js';
import { byId, make } from './dom.js';
import type { Mode } from './embed.js';
import { applyLook } from './look.js';
import { attributeNames, choices, Settings, type AttributeName, type Choice } from './settings.js';
import { showSnippets } from './snippets.js';

const labels: Readonly<Record<Choice, string>> = {
  mode: 'Mode',
  account: 'Account',
  theme: 'Theme',
  partner: 'Partner theme',
  lang: 'Language',
  dir: 'Direction',
  width: 'Width in px',
  text: 'Text size in %',
};

const folded = ['lang', 'dir', 'width', 'text'] as const;

/**
 * Shows a control for each choice and each attribute, and writes changes into the URL at once. The rarer
 * controls are folded unless one of them has been changed or the scenario is about them.
 */
export function showControls(element: ChektConnectElement, mode: Mode, isAboutEmbed: boolean): void {
  byId('platform-controls').replaceChildren(
    choiceControl('theme'),
    choiceControl('partner'),
    choiceControl('mode', mode),
    choiceControl('account'),
  );
  const looks = folded.map((name) => choiceControl(name));
  const inputs = attributeNames.map((name) =>
    make('label', {}, make('code', {}, name), input(name, element)),
  );
  const form = byId('controls');
  form.replaceChildren(...looks, ...inputs);
  form.addEventListener('change', () => void showSnippets(element));
  void showSnippets(element);
  const { current } = Settings;
  byId<HTMLDetailsElement>('embed').open =
    isAboutEmbed ||
    folded.some((name) => current.choice(name) !== choices[name][0]) ||
    attributeNames.some((name) => current.attribute(name) !== undefined);
}

export function choiceControl(name: Choice, value: string = Settings.current.choice(name)): HTMLElement {
  const control = make('select', { name }, ...choices[name].map((option) => make('option', {}, option)));
  control.value = value;
  control.addEventListener('change', () => {
    const settings = Settings.current.with({ [name]: control.value });
    // these two belong to the platform, so its page has to reload
    if (name === 'mode' || name === 'account') return location.assign(settings.href);
    settings.keep();
    applyLook(settings);
  });
  return make('label', {}, labels[name], control);
}

function input(name: AttributeName, element: ChektConnectElement): HTMLElement {
  const isSwitch = name === 'disabled';
  const control = make('input', { name, type: isSwitch ? 'checkbox' : 'text' });
  control.checked = element.hasAttribute(name);
  control.value = isSwitch ? 'true' : (element.getAttribute(name) ?? '');
  control.addEventListener('change', () => {
    const value = isSwitch && !control.checked ? '' : control.value;
    Settings.current.with({ [name]: value }).keep();
    if (value === '') element.removeAttribute(name);
    else element.setAttribute(name, isSwitch ? '' : value);
  });
  return control;
}
