import { expect } from '@open-wc/testing';
import { catalogue } from './catalogue.js';
import { connected, failed, refusal, success, type Given, type Row } from './row.js';
import type { Scene } from './scene.js';
import { words } from './words.js';

/** Replaces a global's value during a row. */
function replaced<T extends object>(target: T, name: string, descriptor: PropertyDescriptor): () => void {
  const own = Object.getOwnPropertyDescriptor(target, name);
  Object.defineProperty(target, name, { configurable: true, ...descriptor });
  return () => {
    if (own) Object.defineProperty(target, name, own);
    else Reflect.deleteProperty(target, name);
  };
}

/** Acts in a browser that lacks or refuses something. */
const lacking = (undo: () => () => void, act: (scene: Scene) => unknown): Row['act'] =>
  async function (scene) {
    const restore = undo();
    try {
      await act(scene);
    } finally {
      restore();
    }
  };

const connect = async ({ element }: Scene) => {
  await element.ready;
  await element.connect('Acme Security').catch(() => {});
};

const refusing = () => {
  const refuse = {
    get() {
      throw new DOMException('The operation is insecure.', 'SecurityError');
    },
  };
  const undo = ['localStorage', 'sessionStorage', 'indexedDB'].map((name) => replaced(window, name, refuse));
  undo.push(replaced(document, 'cookie', refuse));
  return () => undo.forEach((step) => step());
};

const jump = (hours: number) => {
  const { now } = Date;
  return replaced(Date, 'now', { value: () => now() + hours * 3_600_000, writable: true });
};

const offline = () => replaced(navigator, 'onLine', { get: () => false });

const hourLong = ({ token, asks }: Given) => ({
  getAccessToken: async ({ reason }: { reason: string }) => ({
    access_token: token(asks.push(reason)),
    expires_in: 3600,
  }),
});

/** Delays every timer, as in a background tab. */
const late = (ms: number) => {
  const { setTimeout: set } = window;
  const slow = (handler: TimerHandler, wait = 0, ...values: unknown[]) =>
    set(handler as never, wait + ms, ...values);
  return replaced(window, 'setTimeout', { value: slow, writable: true });
};

const twice = [refusal(503, 'busy'), success];

catalogue('browser', [
  {
    name: 'no crypto.randomUUID, as on a page without https',
    act: lacking(() => replaced(crypto, 'randomUUID', { value: undefined }), connect),
    ends: connected,
  },
  { name: 'storage blocked', act: lacking(refusing, connect), ends: connected },
  {
    name: 'no clipboard, as on a page without https: no way to copy, but the reference is shown',
    answers: [refusal(403, 'refused')],
    act: lacking(
      () => replaced(navigator, 'clipboard', { value: undefined }),
      async (scene) => {
        await connect(scene);
        await scene.element.updateComplete;
        scene.part('error')!.querySelector('button')?.click();
        expect(scene.part('error')!.textContent).to.contain(scene.lastError()!.traceId);
      },
    ),
    ends: failed('forbidden', 'not-applied'),
  },
  {
    name: 'the clipboard refuses',
    answers: [refusal(403, 'refused')],
    act: lacking(
      () =>
        replaced(navigator, 'clipboard', {
          value: { writeText: () => Promise.reject(new DOMException('no', 'NotAllowedError')) },
        }),
      async (scene) => {
        await connect(scene);
        await scene.element.updateComplete;
        scene.part('error')!.querySelector('button')!.click();
        await Promise.resolve();
      },
    ),
    ends: failed('forbidden', 'not-applied'),
  },
  {
    name: 'the clock jumps two hours ahead: the sign-in has expired, and the source is asked again',
    host: hourLong,
    act: async (scene) => {
      await scene.element.ready;
      await lacking(
        () => jump(2),
        async () => {
          document.dispatchEvent(new Event('visibilitychange'));
          await scene.element.updateComplete;
          expect(scene.text()).to.contain(words('title.unauthorized'));
          await connect(scene);
        },
      )!(scene);
    },
    asks: ['initial', 'expired'],
    ends: connected,
    also: async ({ puts, token }) =>
      expect((await puts())[0]?.headers['authorization']).to.equal(`Bearer ${token(2)}`),
  },
  {
    name: 'the clock jumps two hours back: no deadline depends on it',
    host: hourLong,
    answers: twice,
    act: async (scene) => {
      await scene.element.ready;
      await lacking(() => jump(-2), connect)!(scene);
    },
    requests: 2,
    ends: connected,
  },
  {
    name: 'the clock jumps while it connects',
    answers: [{ ...success, hold: true }],
    speed: 2,
    act: async (scene) => {
      const { element, wire } = scene;
      await element.ready;
      const connecting = element.connect('Acme');
      await wire.waitForRequests(1);
      await lacking(
        () => jump(48),
        async () => {
          await wire.release();
          await connecting;
        },
      )!(scene);
    },
    ends: connected,
  },
  {
    name: 'timers that come late, as in a background tab',
    answers: twice,
    act: lacking(() => late(300), connect),
    requests: 2,
    ends: connected,
  },
  {
    name: 'timers that come after the deadline',
    answers: [{ fault: { kind: 'stall', at: 'before-headers' } }],
    wire: { ownPort: true },
    speed: 50,
    act: lacking(() => late(900), connect),
    requests: [1, 4],
    ends: failed('timeout', 'unknown'),
  },
  {
    // behind some VPNs the flag is false although there is a network (mdn/content #30402, TanStack/query #4772)
    name: 'navigator.onLine is false: only a hint, and the request is sent',
    act: lacking(offline, connect),
    ends: connected,
  },
  {
    name: 'a fetch of the host that throws, and quotes the token',
    host: ({ token }) => ({
      fetch: () => {
        throw new Error(token(1));
      },
    }),
    requests: 0,
    ends: failed('network', 'unknown'),
  },
  {
    name: 'a fetch of the host that gives no response',
    host: () => ({ fetch: (async () => ({ ok: true })) as never }),
    requests: 0,
    ends: failed(['network', 'invalid-response'], 'unknown'),
  },
  {
    name: 'a fetch of the host that never settles and ignores the signal',
    speed: 50,
    host: () => ({ fetch: () => new Promise(() => {}) }),
    requests: 0,
    ends: failed('timeout', 'unknown'),
  },
  {
    name: 'a fetch of the host that adds a header, called unbound',
    host: () => ({
      apiBaseUrl: '/',
      fetch: undefined,
    }),
    act: async (scene) => {
      const { element, wire } = scene;
      element.apiBaseUrl = wire.sameOriginBaseUrl;
      element.fetch = async function (this: unknown, url, init) {
        expect(this).to.equal(undefined);
        return fetch(url, { ...init, headers: { ...init?.headers, 'X-CSRF': '1' } });
      };
      await connect(scene);
    },
    // another api-base-url, then the PUT without a sign-in id
    asks: ['initial', 'initial', 'initial'],
    ends: connected,
    also: async ({ puts }) => expect((await puts())[0]?.headers).to.include({ 'x-csrf': '1' }),
  },
]);
