import { fixtureSync, html } from '@open-wc/testing';
import '../../src/define.js';
import type { ChektConnectElement } from '../../src/index.js';
import { createWire, type Answer } from '../wire/wire.js';

/** Records the element's own events in the order of their dispatch. */
export function recordEvents(element: HTMLElement): CustomEvent[] {
  const events: CustomEvent[] = [];
  for (const name of [
    'chekt-ready',
    'chekt-state-change',
    'chekt-authorization-required',
    'chekt-authorize',
    'chekt-before-connect',
    'chekt-connected',
    'chekt-before-disconnect',
    'chekt-disconnected',
    'chekt-error',
  ]) {
    element.addEventListener(name, (event) => events.push(event as CustomEvent));
  }
  return events;
}

/** Puts an element with these properties on the page, and records all its events. */
export function embed(properties: Partial<ChektConnectElement> = {}) {
  const element = document.createElement('chekt-connect');
  Object.assign(element, { externalDealerId: 'adc-67890', platformName: 'Northwind Cloud', ...properties });
  const events = recordEvents(element);
  fixtureSync(html`<div>${element}</div>`);
  return { element, events, names: () => events.map(({ type }) => type) };
}

/** An element in browser mode that is ready, and the server that gives these answers. */
export async function page(answers: readonly Answer[], properties: Partial<ChektConnectElement> = {}) {
  const wire = await createWire(answers);
  const shown = embed({
    apiBaseUrl: wire.baseUrl,
    disconnectBaseUrl: wire.sameOriginBaseUrl,
    getAccessToken: async () => 'secret-token-1',
    ...properties,
  });
  await shown.element.ready;
  return { ...shown, wire };
}

/** Resolves with the next event of this name. */
export function next<E extends Event = CustomEvent>(target: EventTarget, name: string): Promise<E> {
  return new Promise((resolve) =>
    target.addEventListener(name, (event) => resolve(event as E), { once: true }),
  );
}

/** CHeKT's answer to connect. */
export const dealer = {
  dealer_id: 12345,
  external_dealer_id: 'adc-67890',
  company_name: 'Acme Security Systems, Inc.',
  company_address1: '100 Main Street',
  company_email: 'office@acme.example',
  company_phone_number: '+1 555 0100',
  created_at: '2024-05-01T10:00:00Z',
};

/** The visible text of the element. */
export function textOf(element: HTMLElement): string {
  return element.shadowRoot!.querySelector<HTMLElement>('[part~=base]')!.innerText.replace(/\s+/g, ' ');
}
