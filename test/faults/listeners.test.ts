import { expect } from '@open-wc/testing';
import type { ChektBeforeConnectEvent, ChektConnectEventMap } from '../../src/index.js';
import { catalogue } from './catalogue.js';
import { connected, failed, refusal, success, type Row } from './row.js';
import type { Scene } from './scene.js';
import { HostError } from './witness.js';

const connecting =
  (prepare: (scene: Scene) => unknown): Row['act'] =>
  async (scene) => {
    await scene.element.ready;
    await scene.type('Acme Security');
    await prepare(scene);
    await scene.press('connect-button');
  };

const duringConnect: readonly (keyof ChektConnectEventMap)[] = [
  'chekt-before-connect',
  'chekt-state-change',
  'chekt-connected',
];

const holding = (hold: (scene: Scene) => Promise<unknown>): Row['act'] =>
  connecting((scene) =>
    scene.element.addEventListener('chekt-before-connect', (event) => event.waitUntil(hold(scene))),
  );

const vetoed = {
  ends: failed('vetoed', 'not-applied'),
  requests: 0,
  typed: 'Acme Security',
  also: ({ part, element, lastError }: Scene) => {
    expect(part('error'), 'an error that the person sees').to.equal(null);
    expect(element.error).to.equal(lastError());
  },
};

catalogue('listeners', [
  ...duringConnect.map((name): Row => ({
    name: `a listener of ${name} that throws`,
    act: connecting(({ element, token }) =>
      element.addEventListener(name, () => {
        throw new HostError(`I know ${token(1)}.`);
      }),
    ),
    uncaught: name === 'chekt-state-change' ? 2 : 1,
    ends: connected,
  })),
  {
    name: 'a listener of chekt-error that throws',
    answers: [refusal(403, 'refused')],
    act: connecting(({ element }) =>
      element.addEventListener('chekt-error', () => {
        throw new HostError('no');
      }),
    ),
    uncaught: 1,
    typed: 'Acme Security',
    ends: failed('forbidden', 'not-applied'),
  },
  ...duringConnect.map((name): Row => ({
    name: `a listener of ${name} that removes the element`,
    act: connecting(({ element }) => element.addEventListener(name, () => element.remove())),
    ends: connected,
  })),
  {
    name: 'a listener of chekt-error that connects again',
    answers: [refusal(403, 'refused'), success],
    act: connecting(({ element }) =>
      element.addEventListener('chekt-error', () => void element.connect().catch(() => {}), { once: true }),
    ),
    ends: connected,
    endings: 2,
    requests: 2,
    keys: 2,
  },
  {
    name: 'a listener of chekt-connected that sets the binding it got, as many hosts do',
    act: connecting(({ element }) =>
      element.addEventListener('chekt-connected', ({ detail }) => {
        element.binding = { ...detail.binding, connectedBy: 'Dana Reyes' };
      }),
    ),
    ends: connected,
    also: undefined,
  },
  {
    name: 'a listener of chekt-connected that stores the binding as JSON and hands it back',
    act: connecting(({ element }) =>
      element.addEventListener('chekt-connected', ({ detail }) => {
        element.binding = JSON.parse(JSON.stringify(detail.binding)) as typeof detail.binding;
      }),
    ),
    ends: connected,
  },
  {
    name: 'a listener that changes the detail of its event',
    act: connecting(({ element }) =>
      element.addEventListener('chekt-connected', ({ detail }) => {
        for (const target of [detail, detail.binding])
          expect(Reflect.set(target, 'companyName', 'Evil'), 'frozen').to.equal(false);
      }),
    ),
    ends: connected,
  },
  {
    name: 'a veto',
    act: connecting(({ element }) =>
      element.addEventListener('chekt-before-connect', (event) => event.preventDefault()),
    ),
    ...vetoed,
  },
  {
    name: 'waitUntil that rejects, and quotes the token',
    act: holding(({ token }) => Promise.reject(new Error(`no ${token(1)}`))),
    ...vetoed,
  },
  {
    name: 'waitUntil that rejects after the listener removed the element',
    act: holding(async ({ element }) => {
      element.remove();
      await Promise.resolve();
      throw new Error('no');
    }),
    ...vetoed,
  },
  {
    name: 'waitUntil that never settles: it has 120 s of its own',
    speed: 100,
    act: holding(() => new Promise(() => {})),
    ends: failed('timeout', 'not-applied'),
    requests: 0,
    typed: 'Acme Security',
  },
  {
    name: 'waitUntil that takes longer than the timeout: the timeout starts at the PUT',
    speed: 7,
    host: () => ({ timeout: 10_000 }),
    act: holding(() => new Promise((resolve) => setTimeout(resolve, 2_000))),
    ends: connected,
  },
  {
    name: 'waitUntil called too late',
    act: connecting(({ element }) => {
      let late: ChektBeforeConnectEvent | undefined;
      element.addEventListener('chekt-before-connect', (event) => (late = event));
      element.addEventListener('chekt-connected', () => {
        expect(() => late!.waitUntil(Promise.resolve())).to.throw(DOMException);
      });
    }),
    ends: connected,
  },
]);
