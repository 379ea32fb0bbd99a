import { expect } from '@open-wc/testing';
import type { ChektBeforeConnectEvent } from '../../src/index.js';
import { runFast } from '../support/clock.js';
import { createWire, type Answer } from '../wire/wire.js';
import { binding, failure, hearConsole, part, press, settled, success, untilState } from './acting.js';
import { embed, next, page, recordEvents } from './fixture.js';

const cancelable = ['chekt-authorize', 'chekt-before-connect', 'chekt-before-disconnect'];

describe('every event', () => {
  runFast(4);

  it('bubbles, is composed, has a frozen detail, and is cancelable only if the contract says so', async () => {
    const outer = document.createElement('div');
    document.body.append(outer);
    const inner = outer.attachShadow({ mode: 'closed' });
    const heard = recordEvents(outer);
    const wire = await createWire([{ status: 403 }, success, { status: 204 }]);
    const element = document.createElement('chekt-connect');
    Object.assign(element, {
      externalDealerId: 'adc-67890',
      apiBaseUrl: wire.baseUrl,
      disconnectBaseUrl: wire.sameOriginBaseUrl,
      getAccessToken: async () => 'secret-token-1',
    });
    inner.append(element);
    await element.ready;
    await failure(element.connect('Acme'));
    await element.connect();
    await element.disconnect();
    element.getAccessToken = async () => null;
    element.reset();
    await untilState(element, 'unauthorized');
    await press(element, 'authorize-button');
    expect(new Set(heard.map(({ type }) => type)).size, 'kinds of events heard from outside').to.equal(9);
    for (const { type, bubbles, composed, cancelable: isCancelable, detail } of heard) {
      expect({ bubbles, composed, isCancelable }, type).to.deep.equal({
        bubbles: true,
        composed: true,
        isCancelable: cancelable.includes(type),
      });
      expect(Object.isFrozen(detail), `${type} is frozen`).to.equal(true);
      if (detail.binding) expect(Object.isFrozen(detail.binding), `the binding of ${type}`).to.equal(true);
    }
    expect(JSON.stringify(heard.map(({ detail }) => detail))).not.to.contain('secret-token');
    outer.remove();
  });

  it('has exactly the documented detail', async () => {
    const { element, events, wire } = await page([success, { status: 204 }]);
    const bound = await element.connect(' Acme ');
    await element.disconnect();
    const [connect, disconnect] = (await wire.requests()).map(({ headers }) => headers['x-partner-trace-id']);
    const of = (name: string) => events.filter(({ type }) => type === name).map(({ detail }) => detail);
    expect(of('chekt-ready')).to.deep.equal([{ state: 'authorized' }]);
    expect(of('chekt-before-connect')).to.deep.equal([
      { externalDealerId: 'adc-67890', companyName: 'Acme' },
    ]);
    expect(of('chekt-connected')).to.deep.equal([{ binding: bound, traceId: connect }]);
    expect(of('chekt-before-disconnect')).to.deep.equal([{ binding: bound }]);
    expect(of('chekt-disconnected')).to.deep.equal([{ binding: bound, traceId: disconnect }]);
  });

  it('is dispatched after the matching property has been set', async () => {
    const { element } = await page([{ status: 403 }, success]);
    const twins: string[] = [];
    element.addEventListener('chekt-error', ({ detail }) => {
      if (element.error === detail.error && element.state === 'authorized') twins.push('error');
    });
    element.addEventListener('chekt-connected', ({ detail }) => {
      if (element.binding === detail.binding && element.state === 'connected') twins.push('binding');
    });
    element.addEventListener('chekt-state-change', ({ detail }) => {
      if (element.state === detail.state) twins.push(detail.state);
    });
    await failure(element.connect('Acme'));
    await element.connect();
    expect(twins).to.deep.equal(['connecting', 'authorized', 'error', 'connecting', 'connected', 'binding']);
  });
});

describe('chekt-ready', () => {
  runFast(100);
  hearConsole();

  it('is dispatched once, when the element first knows what to show, and resolves `ready`', async () => {
    const answer = Promise.withResolvers<string>();
    const { element, names } = embed({ getAccessToken: () => answer.promise });
    let isReady = false;
    void element.ready.then(() => (isReady = true));
    await settled(element);
    expect(element.state).to.equal('authorizing');
    expect(isReady).to.equal(false);
    answer.resolve('secret-token-1');
    await next(element, 'chekt-ready');
    await Promise.resolve();
    expect(isReady).to.equal(true);
    element.reset();
    await untilState(element, 'authorized');
    expect(names().filter((name) => name === 'chekt-ready')).to.have.length(1);
  });

  it('resolves `ready`, which never rejects, even for a wrong configuration', async () => {
    const { element } = embed({ apiBaseUrl: 'ftp://x' });
    expect(await element.ready).to.equal(undefined);
    expect(element.state).to.equal('unconfigured');
  });
});

describe('chekt-authorize', () => {
  const signedOut = { getAccessToken: async () => null, authorizeUrl: '/sign-in?run=1', companyName: 'Acme' };

  it('has the name and reason, and its default is a plain link with ?reason=', async () => {
    const { element, events } = await page([success], signedOut);
    await element.updateComplete;
    const link = part<HTMLAnchorElement>(element, 'authorize-button')!;
    expect(link.localName).to.equal('a');
    const back = encodeURIComponent(location.pathname + location.search);
    const query = `run=1&external_dealer_id=adc-67890&return_to=${back}&reason=missing`;
    expect(link.href).to.equal(`${location.origin}/sign-in?${query}`);
    expect(link.target).to.equal('');
    let wasFollowed: boolean | undefined;
    link.getRootNode().addEventListener(
      'click',
      (event) => {
        wasFollowed = !event.defaultPrevented;
        event.preventDefault();
      },
      { once: true },
    );
    link.click();
    expect(events.at(-1)!.type).to.equal('chekt-authorize');
    expect(events.at(-1)!.detail).to.deep.equal({ companyName: 'Acme', reason: 'missing', url: link.href });
    expect(wasFollowed).to.equal(true);
  });

  for (const authorizeUrl of ['/sign-in#', '/sign-in?reason=of-the-host'])
    it(`has exactly one reason in the link, whatever authorize-url contains: ${authorizeUrl}`, async () => {
      const { element } = await page([success], { ...signedOut, authorizeUrl });
      await element.updateComplete;
      const { search } = part<HTMLAnchorElement>(element, 'authorize-button')!;
      expect(search.match(/reason=[a-z-]*/g)).to.deep.equal(['reason=missing']);
      expect(search).to.match(/&reason=missing$/);
    });

  it('prevents the link from being followed when it is canceled', async () => {
    const { element } = await page([success], signedOut);
    await element.updateComplete;
    element.addEventListener('chekt-authorize', (event) => event.preventDefault());
    const click = new MouseEvent('click', { bubbles: true, composed: true, cancelable: true });
    part(element, 'authorize-button')!.dispatchEvent(click);
    expect(click.defaultPrevented).to.equal(true);
  });

  it('has the reason `switch` when the person wants another account', async () => {
    const { element, events } = await page([success], { authorizeUrl: '/sign-in' });
    await element.updateComplete;
    const link = element.shadowRoot!.querySelector('a')!;
    expect(link.href).to.match(/\/sign-in\?external_dealer_id=adc-67890&return_to=[^&]+&reason=switch$/);
    link.addEventListener('click', (event) => event.preventDefault());
    link.click();
    expect(events.at(-1)!.detail).to.deep.equal({ companyName: '', reason: 'switch', url: link.href });
  });

  it('comes from a button, without a default action, if there is no authorize-url', async () => {
    const { element, events } = await page([success], { getAccessToken: async () => null });
    await element.updateComplete;
    const button = part(element, 'authorize-button')!;
    expect(button.localName).to.equal('button');
    button.click();
    expect(events.at(-1)!.type).to.equal('chekt-authorize');
  });
});

describe('chekt-before-…', () => {
  runFast(4);

  it('begins the attempt, before the state changes and the PUT is sent', async () => {
    const { element, wire, names } = await page([success]);
    const seen: unknown[] = [];
    element.addEventListener('chekt-before-connect', () => seen.push(element.state));
    await element.connect('Acme');
    expect(seen).to.deep.equal(['authorized']);
    expect(names().slice(-4)).to.deep.equal([
      'chekt-before-connect',
      'chekt-state-change',
      'chekt-state-change',
      'chekt-connected',
    ]);
    expect(await wire.requests()).to.have.length(1);
  });

  for (const [name, hold] of [
    ['preventDefault()', (event: ChektBeforeConnectEvent) => event.preventDefault()],
    [
      'a rejected promise',
      (event: ChektBeforeConnectEvent) => event.waitUntil(Promise.reject(new Error('no'))),
    ],
    [
      'one rejected promise of two',
      (event: ChektBeforeConnectEvent) => {
        event.waitUntil(new Promise(() => {}));
        event.waitUntil(Promise.reject(new Error('no')));
      },
    ],
  ] as const)
    it(`ends the attempt as vetoed, without a request or a displayed error: ${name}`, async () => {
      const { element, wire, events } = await page([success]);
      element.addEventListener('chekt-before-connect', hold);
      const error = await failure(element.connect('Acme'));
      expect(error).to.include({ code: 'vetoed', outcome: 'not-applied' });
      const errors = events.filter(({ type }) => type === 'chekt-error');
      expect(errors.map(({ detail }) => detail.error)).to.deep.equal([error]);
      await settled(element);
      expect(part(element, 'error')).to.equal(null);
      expect(part(element, 'status')!.textContent).to.equal('');
      expect(element.state).to.equal('authorized');
      expect(await wire.requests()).to.deep.equal([]);
    });

  it('keeps the binding when it is canceled', async () => {
    const { element, names } = await page([{ status: 204 }], { binding });
    element.addEventListener('chekt-before-disconnect', (event) => event.preventDefault());
    expect((await failure(element.disconnect())).code).to.equal('vetoed');
    expect(element.state).to.equal('connected');
    expect(names().slice(-2)).to.deep.equal(['chekt-before-disconnect', 'chekt-error']);
  });

  it('holds the PUT until every promise of waitUntil has settled', async () => {
    const { element, wire } = await page([success]);
    const holds = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    element.addEventListener('chekt-before-connect', (event) => {
      for (const { promise } of holds) event.waitUntil(promise);
    });
    const running = element.connect('Acme');
    holds[0]!.resolve();
    await settled(element);
    expect(await wire.requests()).to.deep.equal([]);
    expect(element.state).to.equal('connecting');
    holds[1]!.resolve();
    await running;
    expect(await wire.requests()).to.have.length(1);
  });

  it('leaves the outcome unknown when it cancels "Check again", because the first attempt may have gone through', async () => {
    const lost: Answer = { ...success, fault: { kind: 'reset', at: 'after-request-recorded' } };
    const { element } = await page([lost]);
    expect((await failure(element.connect('Acme'))).outcome).to.equal('unknown');
    element.addEventListener('chekt-before-connect', (event) => event.preventDefault());
    expect(await failure(element.connect('Acme'))).to.include({ code: 'vetoed', outcome: 'unknown' });
  });
});
