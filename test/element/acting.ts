import type { Binding, ChektConnectElement, ChektConnectError } from '../../src/index.js';
import type { Answer } from '../wire/wire.js';
import { dealer } from './fixture.js';

/** An answer with which CHeKT confirms the binding. */
export const success: Answer = { method: 'PUT', status: 200, json: dealer };

/** A binding as a host stores it. */
export const binding: Binding = {
  dealerId: 12345,
  externalDealerId: 'adc-67890',
  companyName: 'Acme Security Systems, Inc.',
};

const watched = [
  'chekt-ready',
  'chekt-state-change',
  'chekt-authorization-required',
  'chekt-connected',
  'chekt-disconnected',
  'chekt-error',
];

/** Resolves once the condition holds. It is checked after every event of the element. */
export function until(element: HTMLElement, holds: () => boolean): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const listening = new AbortController();
  const look = () => {
    if (!holds()) return;
    listening.abort();
    resolve();
  };
  for (const name of watched) element.addEventListener(name, look, { signal: listening.signal });
  look();
  return promise;
}

export function untilState(element: ChektConnectElement, state: ChektConnectElement['state']): Promise<void> {
  return until(element, () => element.state === state);
}

/** The error with which a method's promise rejects. */
export async function failure(promise: Promise<unknown>): Promise<ChektConnectError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason as ChektConnectError,
  );
  if (!error) throw new Error('This should have been rejected.');
  return error;
}

export function part<E extends HTMLElement = HTMLElement>(element: HTMLElement, name: string): E | null {
  return element.shadowRoot!.querySelector<E>(`[part~="${name}"]`);
}

/** The field of the company name, which has to be opened first if the sign-in gives the name. */
export async function openField(element: ChektConnectElement): Promise<HTMLInputElement> {
  await element.updateComplete;
  if (!part(element, 'form-control-input')) {
    part(element, 'authorization')!.querySelector('button')!.click();
    await element.updateComplete;
  }
  return part<HTMLInputElement>(element, 'form-control-input')!;
}

export async function type(element: ChektConnectElement, name: string): Promise<void> {
  const field = await openField(element);
  field.value = name;
  field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
  await element.updateComplete;
}

export async function press(element: ChektConnectElement, name: string): Promise<void> {
  await element.updateComplete;
  part(element, name)!.click();
  await element.updateComplete;
}

/** Captures the console errors of each test in this suite. */
export function hearConsole(): string[] {
  const told: string[] = [];
  const { error } = console;
  beforeEach(() => {
    told.length = 0;
    console.error = (...values: unknown[]) => told.push(values.map(String).join(' '));
  });
  afterEach(() => {
    console.error = error;
  });
  return told;
}

/** Resolves once every microtask and requested render has run. */
export async function settled(element: ChektConnectElement): Promise<void> {
  await new Promise((resolve) => requestAnimationFrame(resolve));
  await element.updateComplete;
}
