import { expect } from '@open-wc/testing';
import type { ChektConnectElement } from '../../src/index.js';
import { embed } from '../element/fixture.js';
import { ACCOUNT, dana, failure, hearConsole, page, read, settled, signIn, Source } from './support.js';

const SECRET = 'secret-in-the-error-of-the-host';
const fail = (): never => {
  throw new Error(SECRET);
};

/** Values that no type allows, but a host can set. */
const hostile: Readonly<Record<string, () => unknown>> = {
  'a symbol': () => Symbol(SECRET),
  'an object whose toString throws': () => ({ toString: fail }),
  'an object that throws null': () => ({
    toString() {
      throw null;
    },
  }),
  'a revoked proxy': () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    return proxy;
  },
};

const texts = [
  'externalDealerId',
  'accountName',
  'platformName',
  'platformScope',
  'companyName',
  'apiBaseUrl',
  'tokenUrl',
  'authorizeUrl',
  'disconnectBaseUrl',
  'timeout',
] as const;

const binding = { dealerId: 12345, externalDealerId: ACCOUNT, companyName: 'Acme' };
const properties: readonly (readonly [string, () => object])[] = [
  ...texts.flatMap((name) =>
    Object.entries(hostile).map(
      ([what, value]) => [`${name}: ${what}`, () => ({ [name]: value() })] as const,
    ),
  ),
  ['binding: a revoked proxy', () => ({ binding: hostile['a revoked proxy']!() })],
  [
    'binding: a getter that throws',
    () => ({ binding: Object.defineProperty({ ...binding }, 'companyName', { get: fail }) }),
  ],
  ['messages: a revoked proxy', () => ({ messages: hostile['a revoked proxy']!() })],
  [
    'messages: a getter that throws',
    () => ({ messages: Object.defineProperty({}, 'connect', { get: fail, enumerable: true }) }),
  ],
  ['messages: a text that throws', () => ({ messages: { connect: { toString: fail } } })],
];

describe('a host value that cannot be read', () => {
  const told = hearConsole();
  const uncaught: unknown[] = [];
  const hear = (event: ErrorEvent | PromiseRejectionEvent) => {
    uncaught.push(event);
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  before(() => {
    addEventListener('error', hear, true);
    addEventListener('unhandledrejection', hear, true);
  });
  after(() => {
    removeEventListener('error', hear, true);
    removeEventListener('unhandledrejection', hear, true);
  });

  async function expectConfigurationError(element: ChektConnectElement, events: readonly CustomEvent[]) {
    await settled(element);
    expect([element.state, element.error?.code]).to.deep.equal(['unconfigured', 'configuration']);
    expect(await read(element)).to.contain('Not available right now');
    const everywhere = [
      JSON.stringify(element.diagnostics()),
      element.shadowRoot!.innerHTML,
      String(element.error?.message),
      ...told,
      ...events.map(({ detail }) => JSON.stringify(detail)),
    ].join();
    expect(everywhere).not.to.contain(SECRET).and.not.to.contain('undefined undefined');
    expect((await failure(element.connect('Acme'))).code).to.equal('configuration');
    expect((await failure(element.disconnect())).code).to.equal('configuration');
    expect(uncaught.splice(0), 'uncaught').to.have.length(0);
  }

  for (const [name, given] of properties)
    it(`is a configuration error: ${name}`, async () => {
      const { element, events } = embed({ getAccessToken: async () => null, ...given() });
      await expectConfigurationError(element, events);
    });

  it('stops being an error when it is corrected', async () => {
    const { element } = embed({ getAccessToken: async () => null, platformName: Symbol('x') as never });
    await settled(element);
    element.platformName = 'Northwind Cloud';
    await settled(element);
    expect([element.state, element.error]).to.deep.equal(['unauthorized', null]);
  });

  for (const [what, value] of Object.entries(hostile))
    it(`makes connect() reject, not throw: ${what}`, async () => {
      const { element } = await page('browser', new Source(signIn('browser', dana)), []);
      let attempt: Promise<unknown> | undefined;
      expect(() => void (attempt = element.connect(value() as never))).not.to.throw();
      expect((await failure(attempt!)).code).to.equal('configuration');
      expect(element.state).to.equal('authorized');
    });
});
