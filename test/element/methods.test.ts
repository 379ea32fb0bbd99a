import { expect } from '@open-wc/testing';
import type { ChektConnectElement } from '../../src/index.js';
import { runFast } from '../support/clock.js';
import { binding, failure, hearConsole, part, press, settled, success, type, untilState } from './acting.js';
import { embed, page } from './fixture.js';

describe('connect(companyName?)', () => {
  runFast(4);
  hearConsole();

  it('puts the name into the field, or uses the field’s value without one', async () => {
    const { element, wire } = await page([{ status: 403 }], { companyName: 'Start' });
    await failure(element.connect());
    await failure(element.connect('Acme'));
    await element.updateComplete;
    expect(part<HTMLInputElement>(element, 'form-control-input')!.value).to.equal('Acme');
    await failure(element.connect());
    expect((await wire.requests()).map(({ body }) => JSON.parse(body).company_name)).to.deep.equal([
      'Start',
      'Acme',
      'Acme',
    ]);
  });

  it('accepts a number, as a framework may pass one, and uses its text', async () => {
    const { element, wire } = await page([{ status: 403 }], { companyName: 1234 as never });
    await failure(element.connect());
    await failure(element.connect(5678 as never));
    expect((await wire.requests()).map(({ body }) => JSON.parse(body).company_name)).to.deep.equal([
      '1234',
      '5678',
    ]);
  });

  it('does what the button does, events included', async () => {
    const both = [];
    for (const start of [
      (element: ChektConnectElement) => element.connect(),
      (element: ChektConnectElement) => press(element, 'connect-button'),
    ]) {
      const { element, events } = await page([success], { companyName: 'Acme' });
      await start(element);
      await untilState(element, 'connected');
      await settled(element);
      both.push(
        events.map(({ type: name, detail }) => [
          name,
          JSON.stringify(detail, (key, value) => (key === 'traceId' ? '' : value)),
        ]),
      );
    }
    expect(both[0]).to.deep.equal(both[1]);
  });

  it('returns the same promise while it runs, from the first event to the end', async () => {
    const { element, wire } = await page([{ ...success, hold: true }]);
    const promises: Promise<unknown>[] = [];
    element.addEventListener('chekt-state-change', () => promises.push(element.connect()));
    const running = element.connect('Acme');
    await wire.waitForRequests(1);
    promises.push(element.connect());
    expect(promises).to.have.length(2);
    for (const promise of promises) expect(promise === running).to.equal(true);
    await wire.release();
    expect(await running).to.equal(element.binding);
    expect(await wire.requests()).to.have.length(1);
    for (const promise of promises) await promise.catch(() => {});
  });

  it('rejects with the same error object as the event and `error`', async () => {
    const { element, events } = await page([{ status: 403 }]);
    const error = await failure(element.connect('Acme'));
    expect(error).to.be.instanceOf(Error).and.include({ name: 'ChektConnectError' });
    expect(events.at(-1)!.detail.error).to.equal(error);
    expect(element.error).to.equal(error);
  });
});

describe('a call that cannot start', () => {
  runFast(4);
  hearConsole();

  const cannot: readonly (readonly [string, Partial<ChektConnectElement>, 'connect' | 'disconnect'])[] = [
    ['connect() with an empty name', {}, 'connect'],
    ['connect() with a name of spaces and control characters', { companyName: ' \u0007\u202e ' }, 'connect'],
    ['connect() when nobody has signed in', { getAccessToken: async () => null }, 'connect'],
    [
      'connect() when the host could not say',
      { getAccessToken: () => Promise.reject(new Error()) },
      'connect',
    ],
    ['connect() when connected', { binding }, 'connect'],
    ['connect() with a wrong configuration', { authorizeUrl: 'ftp://x' }, 'connect'],
    ['disconnect() when not connected', {}, 'disconnect'],
    ['disconnect() without a relay', { binding, disconnectBaseUrl: undefined }, 'disconnect'],
    ['disconnect() when disabled', { binding, disabled: true }, 'disconnect'],
    ['connect() when disabled', { disabled: true, companyName: 'Acme' }, 'connect'],
  ];
  for (const [name, properties, method] of cannot)
    it(`rejects without an event: ${name}`, async () => {
      const { element, names, wire } = await page([success], properties);
      const [before, state] = [names(), element.state];
      const error = await failure(element[method]());
      expect(error).to.include({ name: 'ChektConnectError' });
      expect(error.outcome).to.equal('not-applied');
      await settled(element);
      expect(names()).to.deep.equal(before);
      expect(element.state).to.equal(state);
      expect(await wire.requests()).to.deep.equal([]);
    });

  it('rejects on an element that is on no page', async () => {
    const element = document.createElement('chekt-connect');
    for (const error of [await failure(element.connect('Acme')), await failure(element.disconnect())])
      expect(error.code).to.equal('configuration');
  });

  it('says in which state it is and which one it needs', async () => {
    const { element } = await page([], { getAccessToken: async () => null });
    expect((await failure(element.connect('Acme'))).message).to.equal(
      'This can only start in the state authorized; the state is unauthorized.',
    );
  });

  it('rejects while the other operation runs', async () => {
    const { element, wire } = await page([{ ...success, hold: true }]);
    const running = element.connect('Acme');
    await wire.waitForRequests(1);
    expect((await failure(element.disconnect())).code).to.equal('conflict');
    await wire.release();
    await running;
  });

  it('rejects before the authorization is known', async () => {
    const { element } = embed({ getAccessToken: () => new Promise(() => {}) });
    expect((await failure(element.connect('Acme'))).outcome).to.equal('not-applied');
    expect(element.state).to.equal('authorizing');
  });
});

describe('a button never causes an unhandled rejection', () => {
  runFast(4);

  it('neither connect nor disconnect, refused or failed', async () => {
    const heard: unknown[] = [];
    const hear = (event: PromiseRejectionEvent) => {
      heard.push(event.reason);
      event.preventDefault();
      event.stopImmediatePropagation();
    };
    addEventListener('unhandledrejection', hear, true);
    const { element } = await page([{ status: 403 }]);
    await press(element, 'connect-button');
    await type(element, 'Acme');
    await press(element, 'connect-button');
    await untilState(element, 'authorized');
    element.binding = binding;
    await element.updateComplete;
    await press(element, 'disconnect-button');
    await press(element, 'disconnect-button');
    await untilState(element, 'connected');
    await new Promise((resolve) => setTimeout(resolve, 0));
    removeEventListener('unhandledrejection', hear, true);
    expect(heard).to.deep.equal([]);
  });
});
