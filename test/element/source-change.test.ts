import { expect } from '@open-wc/testing';
import type { ChektConnectElement, GetAccessToken } from '../../src/index.js';
import { runFast } from '../support/clock.js';
import { createWire } from '../wire/wire.js';
import { failure, part, settled, success, type, until, untilState } from './acting.js';
import { embed } from './fixture.js';

const giving =
  (token: string | null): GetAccessToken =>
  async () =>
    token;

async function authorized(properties: Partial<ChektConnectElement> = {}) {
  const wire = await createWire([success]);
  const page = embed({
    apiBaseUrl: wire.baseUrl,
    disconnectBaseUrl: wire.sameOriginBaseUrl,
    getAccessToken: giving('secret-token-1'),
    ...properties,
  });
  await page.element.ready;
  return { ...page, wire };
}

describe('a source that is set later', () => {
  it('is asked', async () => {
    const { element } = embed();
    await settled(element);
    expect(element.state).to.equal('unconfigured');
    element.getAccessToken = giving('secret-token-1');
    await untilState(element, 'authorized');
  });

  it('is asked instead of the previous one, which had no authorization', async () => {
    const { element } = await authorized({ getAccessToken: giving(null) });
    expect(element.state).to.equal('unauthorized');
    element.getAccessToken = giving('secret-token-2');
    await untilState(element, 'authorized');
  });

  it('is asked if it is another token-url, and not if it is the same one', async () => {
    const wire = await createWire([{ json: {} }]);
    const { element } = embed({
      apiBaseUrl: wire.sameOriginBaseUrl,
      tokenUrl: `${wire.sameOriginBaseUrl}/a`,
    });
    await element.ready;
    element.tokenUrl = `${wire.sameOriginBaseUrl}/x/../a`;
    element.setAttribute('token-url', `${wire.sameOriginBaseUrl}/a`);
    await settled(element);
    element.tokenUrl = `${wire.sameOriginBaseUrl}/b`;
    await wire.waitForRequests(2);
    expect((await wire.requests()).map(({ path }) => path)).to.deep.equal([
      '/a?reason=initial&external_dealer_id=adc-67890',
      '/b?reason=initial&external_dealer_id=adc-67890',
    ]);
  });
});

describe('a source that is changed', () => {
  runFast(4);

  it('is asked without an event or a change of state or form, and its token is used', async () => {
    const { element, names, wire } = await authorized();
    await type(element, 'Acme');
    const before = names();
    const asked = Promise.withResolvers<string>();
    element.getAccessToken = async ({ reason }) => {
      asked.resolve(reason);
      return 'secret-token-2';
    };
    expect(await asked.promise).to.equal('initial');
    await settled(element);
    expect(names()).to.deep.equal(before);
    expect(part<HTMLInputElement>(element, 'form-control-input')!.value).to.equal('Acme');
    await element.connect();
    expect((await wire.requests())[0]!.headers['authorization']).to.equal('Bearer secret-token-2');
  });

  it('keeps the error of the last attempt, until the next one starts', async () => {
    const { element, wire } = await authorized();
    await wire.script([{ status: 403 }]);
    const error = await failure(element.connect('Acme'));
    element.getAccessToken = giving('secret-token-2');
    await settled(element);
    expect(element.error).to.equal(error);
  });

  it('reports nothing if it rejects, and the next press asks it first', async () => {
    const { element, names, wire } = await authorized();
    element.apiBaseUrl = wire.refusedUrl;
    expect((await failure(element.connect('Acme'))).code).to.equal('network');
    const { error } = element;
    const before = names();
    const reasons: string[] = [];
    element.getAccessToken = ({ reason }) => {
      reasons.push(reason);
      return Promise.reject(new Error('no'));
    };
    await settled(element);
    expect(element.state).to.equal('authorized');
    expect(element.error).to.equal(error);
    expect(names()).to.deep.equal(before);
    expect((await failure(element.connect('Acme'))).message).to.contain('getAccessToken');
    expect(reasons).to.deep.equal(['initial', 'initial']);
  });

  it('is asked before the next use if it was changed while connected, so the old token is not used', async () => {
    const { element, wire } = await authorized();
    await element.connect('Acme');
    element.getAccessToken = giving('secret-token-2');
    await settled(element);
    expect(element.state).to.equal('connected');
    await element.disconnect();
    await settled(element);
    await until(element, () => element.state === 'authorized');
    await settled(element);
    await element.connect('Acme');
    const sent = (await wire.requests()).map(({ headers }) => headers['authorization']);
    expect(sent.at(-1)).to.equal('Bearer secret-token-2');
  });

  it('is asked after a running operation, unless there is a binding then', async () => {
    const { element, wire } = await authorized();
    await wire.script([{ status: 403, hold: true }]);
    const connecting = failure(element.connect('Acme'));
    await wire.waitForRequests(1);
    let asked = 0;
    element.getAccessToken = async () => `secret-token-${(asked += 2)}`;
    await settled(element);
    expect(asked).to.equal(0);
    await wire.release();
    await connecting;
    await settled(element);
    expect(asked).to.equal(2);
    expect(element.state).to.equal('authorized');
  });
});

describe('a host that sets a new inline function on every event', () => {
  runFast(4);

  const everyEvent = [
    'chekt-ready',
    'chekt-state-change',
    'chekt-authorization-required',
    'chekt-before-connect',
    'chekt-connected',
    'chekt-error',
  ];

  /** Sets a new function after each event, like a framework that re-renders. */
  function rendering(element: ChektConnectElement, source: () => string | null) {
    let asks = 0;
    const render = () => {
      element.getAccessToken = async () => {
        asks += 1;
        return source();
      };
    };
    for (const name of everyEvent) element.addEventListener(name, render);
    return () => asks;
  }

  for (const [name, token, state] of [
    ['authorized', 'secret-token-1', 'authorized'],
    ['not authorized', null, 'unauthorized'],
  ] as const)
    it(`does not loop when ${name}`, async () => {
      const { element, names } = await authorized({ getAccessToken: giving(token) });
      const asks = rendering(element, () => token);
      element.reset();
      await untilState(element, state);
      await settled(element);
      const [count, told] = [asks(), names().length];
      await settled(element);
      await settled(element);
      expect(asks(), 'questions').to.equal(count);
      expect(count).to.be.below(8);
      expect(names(), 'events').to.have.length(told);
      expect(element.state).to.equal(state);
    });

  it('does not loop when the source rejects', async () => {
    const { element, names } = await authorized();
    const refuse = () => {
      throw new Error('no');
    };
    const asks = rendering(element, refuse);
    element.getAccessToken = async () => refuse();
    element.reset();
    await untilState(element, 'unavailable');
    await settled(element);
    const [count, told] = [asks(), names().length];
    await settled(element);
    expect(asks()).to.equal(count);
    expect(count).to.be.below(8);
    expect(names()).to.have.length(told);
    expect(names().filter((event) => event === 'chekt-error')).to.have.length(1);
  });

  it('can still connect', async () => {
    const { element, names } = await authorized();
    rendering(element, () => 'secret-token-1');
    await element.connect('Acme');
    await settled(element);
    expect(element.state).to.equal('connected');
    expect(names().slice(-4)).to.deep.equal([
      'chekt-before-connect',
      'chekt-state-change',
      'chekt-state-change',
      'chekt-connected',
    ]);
  });

  it('still gets the error of a second 401', async () => {
    const { element, wire } = await authorized();
    await wire.script([{ status: 401 }]);
    rendering(element, () => 'secret-token-1');
    const error = await failure(element.connect('Acme'));
    await settled(element);
    expect(element.error).to.equal(error);
  });
});
