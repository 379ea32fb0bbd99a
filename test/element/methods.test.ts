import { expect } from '@open-wc/testing';
import type { ChektConnectElement } from '../../src/index.js';
import { runFast } from '../support/clock.js';
import { createWire, type Answer } from '../wire/wire.js';
import { binding, failure, hearConsole, part, press, settled, success, type, untilState } from './acting.js';
import { embed, textOf } from './fixture.js';

/** The version in package.json, defined by the test runner. */
declare const __VERSION__: string;

async function page(answers: readonly Answer[], properties: Partial<ChektConnectElement> = {}) {
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

describe('reset()', () => {
  runFast(4);
  const told = hearConsole();

  it('drops the error and the authorization, asks again, and keeps the typed name', async () => {
    const { element } = await page([{ status: 403 }]);
    await type(element, 'Acme ');
    await failure(element.connect());
    element.reset();
    expect(element.state).to.equal('authorizing');
    expect(element.error).to.equal(null);
    expect(element.authorization).to.equal(null);
    await untilState(element, 'authorized');
    await element.updateComplete;
    expect(part<HTMLInputElement>(element, 'form-control-input')!.value).to.equal('Acme ');
  });

  for (const signedIn of [true, false])
    it(`keeps the text about a disconnect, with ${signedIn ? 'another' : 'no'} sign-in after it`, async () => {
      let asks = 0;
      const { element, wire } = await page([success], {
        getAccessToken: async () => (++asks === 1 || signedIn ? 'secret-token-1' : null),
      });
      await element.connect('Acme');
      await wire.script([{ status: 204 }]);
      await element.disconnect();
      await element.updateComplete;
      expect(textOf(element)).to.contain('is disconnected from');
      element.reset();
      await untilState(element, signedIn ? 'authorized' : 'unauthorized');
      await element.updateComplete;
      expect(textOf(element)).to.contain('is disconnected from');
      expect(part(element, 'status')!.textContent).to.contain('is disconnected from');
    });

  it('keeps the binding and the remark about its name', async () => {
    const { element } = await page([success]);
    await element.connect('Another name');
    element.reset();
    await element.updateComplete;
    expect(element.state).to.equal('connected');
    expect(textOf(element)).to.contain('Another name');
  });

  it('asks with the reason `initial`, and no longer uses the dropped token', async () => {
    const reasons: string[] = [];
    const { element, wire } = await page([success], {
      getAccessToken: async ({ reason }) => `secret-token-${reasons.push(reason)}`,
    });
    element.reset();
    await untilState(element, 'authorized');
    await element.connect('Acme');
    expect(reasons).to.deep.equal(['initial', 'initial']);
    expect((await wire.requests())[0]!.headers['authorization']).to.equal('Bearer secret-token-2');
  });

  it('is ignored while an operation runs, even while the host holds it', async () => {
    const { element, wire } = await page([{ ...success, hold: true }]);
    const held = Promise.withResolvers<void>();
    element.addEventListener('chekt-before-connect', (event) => {
      event.waitUntil(held.promise);
      element.reset();
    });
    const running = element.connect('Acme');
    element.reset();
    expect(element.state).to.equal('connecting');
    held.resolve();
    await wire.waitForRequests(1);
    element.reset();
    expect(element.state).to.equal('connecting');
    await wire.release();
    expect((await running).dealerId).to.equal(12345);
  });

  it('keeps a binding, and then requests no token', async () => {
    let asks = 0;
    const { element } = await page([{ status: 403 }], {
      binding,
      getAccessToken: async () => `secret-token-${(asks += 1)}`,
    });
    await failure(element.disconnect());
    element.reset();
    await settled(element);
    expect(element.state).to.equal('connected');
    expect(element.error).to.equal(null);
    expect(asks).to.equal(0);
  });

  it('does not hide a remaining configuration error', async () => {
    const { element, names } = await page([success], { authorizeUrl: 'ftp://x' });
    element.reset();
    await settled(element);
    expect(element.state).to.equal('unconfigured');
    expect(element.error?.code).to.equal('configuration');
    expect(told).to.have.length(2);
    expect(names().filter((name) => name === 'chekt-error')).to.have.length(2);
  });
});

describe('diagnostics()', () => {
  runFast(4);

  it('is JSON-safe, redacted, and has what a bug report needs', async () => {
    const answer = { status: 403, json: { error: { code: 'permission_denied', request_id: 'req_1' } } };
    const { element, wire } = await page([{ status: 503 }, answer], {
      authorizeUrl: '/sign-in?secret=query-secret',
      platformScope: 'read:sites',
    });
    await failure(element.connect('Acme'));
    const snapshot = element.diagnostics();
    const json = JSON.stringify(snapshot);
    expect(JSON.parse(json)).to.deep.equal(JSON.parse(JSON.stringify(element)), 'toJSON() is the same');
    expect(json).not.to.match(/secret/);
    const { headers } = (await wire.requests())[0]!;
    expect(snapshot).to.include({ version: __VERSION__, state: 'authorized' });
    expect(snapshot.configuration).to.include({ externalDealerId: 'adc-67890', timeout: 30_000 });
    expect(snapshot.attempts.map(({ result }) => result)).to.deep.equal([503, 403]);
    for (const attempt of snapshot.attempts) {
      expect(attempt.traceId).to.equal(headers['x-partner-trace-id']);
      expect(attempt.duration).to.be.at.least(0);
      expect(Number.isNaN(Date.parse(attempt.startedAt))).to.equal(false);
    }
    expect(snapshot.attempts[1]!.requestId).to.equal('req_1');
    expect(JSON.parse(json).lastError).to.include({
      code: 'forbidden',
      apiCode: 'permission_denied',
      requestId: 'req_1',
      message: element.error!.message,
    });
  });

  it('is a snapshot that later changes do not affect', async () => {
    const { element } = await page([success]);
    const before = element.diagnostics();
    await element.connect('Acme');
    expect(before.attempts).to.deep.equal([]);
    expect(before.state).to.equal('authorized');
  });

  it('works on an element that is on no page', () => {
    const element = document.createElement('chekt-connect');
    expect(JSON.parse(JSON.stringify(element))).to.include({ state: 'unconfigured', configuration: null });
  });
});
