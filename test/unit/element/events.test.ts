import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  ChektAuthorizeEvent,
  ChektBeforeConnectEvent,
  ChektBeforeDisconnectEvent,
  ChektReadyEvent,
  ChektStateChangeEvent,
  toEvent,
} from '../../../src/element/events.js';
import { ChektConnectError } from '../../../src/partner-api/errors.js';
import type { Notification } from '../../../src/session/transition.js';

const binding = { dealerId: 12345, externalDealerId: 'adc-67890', companyName: 'Acme' };
const error = new ChektConnectError('network', 'No answer.');

const notifications: Readonly<Record<string, Notification>> = {
  'chekt-connected': { type: 'connected', binding, traceId: 't' },
  'chekt-disconnected': { type: 'disconnected', binding, traceId: 't' },
  'chekt-authorization-required': { type: 'authorization-required', reason: 'expired' },
  'chekt-error': { type: 'error', error },
};
const events: readonly (readonly [CustomEvent<object>, type: string, cancelable: boolean, keys: string[]])[] =
  [
    [new ChektReadyEvent({ state: 'authorized' }), 'chekt-ready', false, ['state']],
    [
      new ChektStateChangeEvent({ state: 'connected', previousState: 'connecting' }),
      'chekt-state-change',
      false,
      ['state', 'previousState'],
    ],
    [
      new ChektAuthorizeEvent({ companyName: 'Acme', reason: 'switch', url: undefined }),
      'chekt-authorize',
      true,
      ['companyName', 'reason', 'url'],
    ],
    [
      new ChektBeforeConnectEvent({ externalDealerId: 'adc-67890', companyName: 'Acme' }),
      'chekt-before-connect',
      true,
      ['externalDealerId', 'companyName'],
    ],
    [new ChektBeforeDisconnectEvent({ binding }), 'chekt-before-disconnect', true, ['binding']],
    ...(Object.entries(notifications).map(([type, notification]) => {
      const { type: _, ...detail } = notification;
      void _;
      return [toEvent(notification) as CustomEvent<object>, type, false, Object.keys(detail)] as const;
    }) as []),
  ];

describe('an event', () => {
  for (const [event, type, cancelable, keys] of events) {
    it(`${type} bubbles out of shadow roots, is ${cancelable ? '' : 'not '}cancelable, with a frozen detail`, () => {
      assert.deepEqual(
        [event.type, event.bubbles, event.composed, event.cancelable],
        [type, true, true, cancelable],
      );
      assert.deepEqual(Object.keys(event.detail), keys);
      assert.ok(Object.isFrozen(event.detail));
    });
  }

  it('contains the same binding and error objects as the session', () => {
    const detail = (type: string) =>
      (toEvent(notifications[type]!) as CustomEvent<{ binding?: unknown; error?: unknown }>).detail;
    assert.equal(detail('chekt-connected').binding, binding);
    assert.equal(detail('chekt-error').error, error);
  });
});

describe('waitUntil', () => {
  const dispatch = (listen: (event: ChektBeforeConnectEvent) => void) => {
    const event = new ChektBeforeConnectEvent({ externalDealerId: 'a', companyName: 'Acme' });
    const target = new EventTarget();
    target.addEventListener(event.type, (given) => listen(given as ChektBeforeConnectEvent));
    target.dispatchEvent(event);
    return event;
  };

  it('does not hold the attempt if it is not called', () => assert.equal(dispatch(() => {}).held, undefined));

  it('holds the attempt until all promises have settled', async () => {
    let go!: () => void;
    const event = dispatch((event) => {
      event.waitUntil(Promise.resolve());
      event.waitUntil(new Promise<void>((resolve) => (go = resolve)));
    });
    let isOver = false;
    void event.held!.then(() => (isOver = true));
    await new Promise(setImmediate);
    assert.equal(isOver, false);
    go();
    await event.held;
  });

  it('rejects with the first promise that rejects', async () => {
    const event = dispatch((event) => event.waitUntil(Promise.reject(new Error('No.'))));
    await assert.rejects(event.held!, /No/);
  });

  it('throws if it is called before or after the dispatch', () => {
    const event = dispatch(() => {});
    for (const call of [event, new ChektBeforeDisconnectEvent({ binding })])
      assert.throws(() => call.waitUntil(Promise.resolve()), { name: 'InvalidStateError' });
    assert.equal(event.held, undefined);
  });
});
