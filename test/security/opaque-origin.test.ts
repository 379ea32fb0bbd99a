import { expect } from '@open-wc/testing';
import { dealer } from '../faults/row.js';
import { createWire } from '../wire/wire.js';
import { openPage, prepared } from './page.js';

interface Told {
  readonly events: string[];
  readonly code?: string;
  readonly message?: string;
  readonly origin: string;
  readonly seen: string[];
}

const next = <T>() =>
  new Promise<T>((resolve) =>
    addEventListener('message', ({ data }: MessageEvent<T>) => resolve(data), { once: true }),
  );

/** Embeds the element in a sandboxed frame with an opaque origin, and returns what the frame reports of the attempt. */
async function tryOpaque(message: object, sandbox = 'allow-scripts'): Promise<Told> {
  const listening = next<string>();
  const frame = await openPage(['recorder.js', 'chekt-connect.js', 'opaque.js'], '', ({ sandbox: list }) =>
    list.add(...sandbox.split(' ')),
  );
  expect(await listening).to.equal('listening');
  const told = next<Told>();
  frame.contentWindow!.postMessage(message, '*');
  const result = await told;
  frame.remove();
  expect(result.origin).to.equal('null');
  return result;
}

describe('an element in a sandboxed frame with an opaque origin', () => {
  before(prepared);
  for (const [key, sandbox] of [
    ['click', 'allow-scripts'],
    ['submit', 'allow-scripts allow-forms'],
  ] as const) {
    it(`connects by getAccessToken and an absolute api-base-url (${key}, ${sandbox})`, async () => {
      const wire = await createWire([{ json: dealer }]);
      const properties = { externalDealerId: 'adc-67890', apiBaseUrl: wire.baseUrl };
      const told = await tryOpaque({ token: 'token-1', properties, key }, sandbox);
      expect(told).to.deep.include({ events: ['chekt-connected'], seen: [] });
      const [request] = (await wire.requests()).filter(({ method }) => method === 'PUT');
      expect(request?.headers).to.include({ origin: 'null', authorization: 'Bearer token-1' });
    });
  }

  for (const [name, property] of [
    ['a path for api-base-url', { apiBaseUrl: '/chekt' }],
    ['token-url', { tokenUrl: '/chekt/token' }],
    ['disconnect-base-url', { disconnectBaseUrl: '/chekt' }],
    ['token-url on the origin of the server', { tokenUrl: `${location.origin}/chekt/token` }],
  ] as const) {
    it(`refuses ${name}, because the page has no origin of its own`, async () => {
      const properties = { externalDealerId: 'adc-67890', ...property };
      const { events, code } = await tryOpaque({ token: 'token-1', properties, key: 'click' });
      expect({ events, code }).to.deep.equal({ events: ['chekt-error'], code: 'configuration' });
    });
  }
});
