import type { ChektConnectElement } from '../../src/index.js';

/** The window of a host's page, as `pages/recorder.js` has prepared it. */
export type HostWindow = Window &
  typeof globalThis & { readonly seen: string[]; readonly warned: string[]; readonly trustedTypes?: unknown };

const base = `${location.origin}/__pages/`;
const address = (script: string) => base + script;

/** The policy of SECURITY.md, with the Partner API in browser mode. */
export function strictPolicy(scripts: readonly string[], api: string, policies = 'chekt-connect'): string {
  return [
    "default-src 'none'",
    `script-src ${scripts.map(address).join(' ')}`,
    `connect-src 'self' ${new URL(api).origin}`,
    "require-trusted-types-for 'script'",
    `trusted-types ${policies}`,
  ].join('; ');
}

/** The first request builds the file, which takes a while. */
export async function prepared(this: Mocha.Context): Promise<void> {
  this.timeout(90_000);
  await fetch(address('chekt-connect.js'));
}

/** Opens a page in a frame. */
export async function openPage(
  scripts: readonly string[],
  csp = '',
  prepare: (frame: HTMLIFrameElement) => void = () => {},
): Promise<HTMLIFrameElement> {
  const frame = document.createElement('iframe');
  frame.width = frame.height = '600';
  frame.src = `${base}page?${new URLSearchParams({ scripts: scripts.join(), csp })}`;
  prepare(frame);
  const loaded = new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
  document.body.append(frame);
  await loaded;
  return frame;
}

export const hostOf = (frame: HTMLIFrameElement) => frame.contentWindow as HostWindow;

/** An element on that page. */
export function embedOn(
  frame: HTMLIFrameElement,
  properties: Partial<ChektConnectElement>,
): ChektConnectElement {
  const element = frame.contentDocument!.createElement('chekt-connect');
  Object.assign(element, { externalDealerId: 'adc-67890', platformName: 'Northwind Cloud', ...properties });
  frame.contentDocument!.body.append(element);
  return element;
}
