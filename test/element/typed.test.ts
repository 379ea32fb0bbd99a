import { expect } from '@open-wc/testing';
import '../../src/define.js';
import {
  ChektConnectElement,
  type AuthorizeReason,
  type Binding,
  type ChektBeforeDisconnectEvent,
  type ChektConnectError,
  type ConnectState,
  type Messages,
} from '../../src/index.js';
import { en } from '../../src/element/i18n/en.js';
import { embed, textOf } from './fixture.js';

/** The version in package.json, defined by the test runner. */
declare const __VERSION__: string;

/** A compile-time test; it is never called. */
export function typesOf(element: HTMLElementTagNameMap['chekt-connect']): void {
  element.addEventListener('chekt-ready', ({ detail }) => detail.state satisfies ConnectState);
  element.addEventListener('chekt-state-change', ({ detail }) => detail.previousState satisfies ConnectState);
  element.addEventListener('chekt-authorization-required', ({ detail }) => {
    // @ts-expect-error nobody is required to sign in for another account
    if (detail.reason === 'switch') throw new Error();
  });
  element.addEventListener('chekt-authorize', ({ detail }) => detail.reason satisfies AuthorizeReason);
  element.addEventListener('chekt-before-connect', (event) => event.waitUntil(Promise.resolve()));
  element.addEventListener('chekt-connected', ({ detail }) => detail.binding satisfies Binding);
  element.addEventListener('chekt-before-disconnect', (event) => event satisfies ChektBeforeDisconnectEvent);
  element.addEventListener('chekt-disconnected', ({ detail }) => detail.traceId satisfies string);
  element.addEventListener('chekt-error', ({ detail }) => detail.error satisfies ChektConnectError);
  element.addEventListener('chekt-error', function () {
    this.reset();
  });
  element.addEventListener('click', ({ clientX }) => clientX satisfies number);
  element.addEventListener('anything', (event) => event satisfies Event);
  element.addEventListener('chekt-error', { handleEvent: (event: Event) => event.type }, { once: true });
  element.connect() satisfies Promise<Binding>;
  element.disconnect() satisfies Promise<void>;
  element.reset() satisfies void;
  element.binding satisfies Binding | null | undefined;
  element.getAccessToken = ({ reason, signal }) =>
    signal.aborted || reason === 'rejected' ? Promise.resolve(null) : Promise.resolve({ expires_in: 1 });
  element.fetch = (...request) => fetch(...request);
  // @ts-expect-error detail is read-only
  element.addEventListener('chekt-connected', ({ detail }) => (detail.traceId = ''));
  // @ts-expect-error so is the binding
  element.addEventListener('chekt-connected', ({ detail }) => (detail.binding.dealerId = 1));
  // @ts-expect-error there is no token to read
  element.addEventListener('chekt-authorize', ({ detail }) => detail.token);
  // @ts-expect-error read-only
  element.error = null;
  // @ts-expect-error a number
  element.timeout = '30000';
  // @ts-expect-error no such text
  element.messages = { nothing: '' };
}

describe('ChektConnectElement', () => {
  it('is the class of the tag, and has the version', () => {
    expect(customElements.get('chekt-connect')).to.equal(ChektConnectElement);
    expect(document.createElement('chekt-connect')).to.be.instanceOf(ChektConnectElement);
    expect(ChektConnectElement.version).to.equal(__VERSION__);
  });

  it('adds a language to every element at once with addMessages(lang, messages)', async () => {
    const { element } = embed({ getAccessToken: async () => null });
    element.lang = 'eo';
    await element.ready;
    await element.updateComplete;
    expect(textOf(element)).to.contain('Sign in with CHeKT');
    const messages: Messages = { ...en, signIn: 'Ensalutu per CHeKT' };
    ChektConnectElement.addMessages('eo', messages);
    await element.updateComplete;
    expect(textOf(element)).to.contain('Ensalutu per CHeKT');
    element.messages = { signIn: 'Ek!' };
    await element.updateComplete;
    expect(textOf(element)).to.contain('Ek!').and.not.to.contain('Ensalutu');
  });

  it('can be serialized as JSON, as loggers do', () => {
    const { element } = embed({ companyName: 'Acme' });
    expect(JSON.stringify({ element })).to.equal(JSON.stringify({ element: element.diagnostics() }));
  });
});
