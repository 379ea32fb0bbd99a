import { byId, make } from './dom.js';

/** Shows a message of the platform above the element, with an optional action. */
export function notice(text: string, action?: { readonly label: string; readonly do: () => unknown }): void {
  const parts: HTMLElement[] = [make('p', {}, text)];
  if (action) {
    const button = make('button', { type: 'button' }, action.label);
    button.addEventListener('click', () => void action.do());
    parts.push(button);
  }
  byId('notice').replaceChildren(...parts);
}

export function copyOnClick(button: HTMLElement, text: () => string): void {
  const label = button.textContent;
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(text());
    button.textContent = 'Copied';
    button.addEventListener('blur', () => (button.textContent = label), { once: true });
  });
}
