import assert from 'node:assert/strict';
import { after, before, describe, it, mock } from 'node:test';
import { ChektConnectError } from '../../../src/partner-api/errors.js';
import {
  HOST_PROPERTIES,
  parseOptions,
  readHostInput,
  type HostInput,
  type Options,
} from '../../../src/element/host-options.js';
import type { Account } from '../../../src/session/effects/load-account.js';
import { closePage, openPage } from './page.js';

const own = 'https://platform.example';

const id = 'adc-67890';
const parse = (input: object = {}, account?: Account): Options =>
  parseOptions({ externalDealerId: id, ...input } as HostInput, account, false);
const refused = (input: object, message: RegExp) =>
  assert.throws(
    () => parse(input),
    (error) => {
      assert.ok(error instanceof ChektConnectError && error.code === 'configuration');
      assert.match(error.message, message);
      assert.doesNotMatch(error.message, /secret/);
      return true;
    },
  );
const binding = { dealerId: 12345, externalDealerId: id, companyName: 'Acme' };

describe('options of the host', () => {
  before(() => openPage(`${own}/settings`));
  after(closePage);

  it('have defaults', () => {
    const { fetch, ...options } = parse();
    assert.equal(typeof fetch, 'function');
    assert.deepEqual(options, {
      externalDealerId: id,
      accountName: id,
      platformName: 'platform.example',
      platformScope: '',
      companyName: '',
      apiBaseUrl: 'https://api.chekt.com',
      serviceMode: false,
      source: undefined,
      authorizeUrl: undefined,
      authorizeTarget: '_self',
      disconnectBaseUrl: undefined,
      accountUrl: undefined,
      headingLevel: 2,
      timeout: 30_000,
      binding: undefined,
      formerBinding: null,
      messages: {},
    });
  });

  it('are not set by null, except for the binding, which null says does not exist', () => {
    const none = Object.fromEntries(HOST_PROPERTIES.map((name) => [name, null]));
    const input = readHostInput((name) => (name === 'externalDealerId' ? id : none[name]));
    const { fetch, ...options } = parse(input);
    void fetch;
    const { fetch: defaultFetch, ...defaults } = parse();
    void defaultFetch;
    assert.deepEqual(options, { ...defaults, binding: null });
  });

  it('share one base URL with service-url', () => {
    const { apiBaseUrl, serviceMode, source, authorizeUrl, disconnectBaseUrl, accountUrl } = parse({
      externalDealerId: undefined,
      serviceUrl: '/chekt/',
    });
    assert.deepEqual([apiBaseUrl, serviceMode, disconnectBaseUrl], [`${own}/chekt`, true, `${own}/chekt`]);
    assert.deepEqual([source, authorizeUrl, accountUrl].map(String), [
      `${own}/chekt/token`,
      `${own}/chekt/authorize`,
      `${own}/chekt/session`,
    ]);
  });

  it('that are set win over those derived from service-url', () => {
    const { apiBaseUrl, source } = parse({
      serviceUrl: '/chekt',
      apiBaseUrl: 'https://api.chekt.com',
      tokenUrl: '/t',
    });
    assert.deepEqual([apiBaseUrl, String(source)], ['https://api.chekt.com', `${own}/t`]);
  });

  describe('the account', () => {
    const account: Account = {
      externalDealerId: 'said',
      accountName: 'Acme (main)',
      platformName: 'Northwind',
      platformScope: 'read:sites',
      binding: { ...binding, externalDealerId: 'said' },
      formerBinding: null,
    };

    it('comes from the service if the host sets neither an id nor a binding', () => {
      const options = parse({ externalDealerId: undefined, serviceUrl: '/chekt' }, account);
      const { externalDealerId, accountName, platformName, platformScope } = options;
      assert.deepEqual(
        { externalDealerId, accountName, platformName, platformScope, binding: options.binding },
        {
          externalDealerId: 'said',
          accountName: 'Acme (main)',
          platformName: 'Northwind',
          platformScope: 'read:sites',
          binding: account.binding,
        },
      );
    });

    it('has the names that the host sets, if it sets any', () => {
      const names = { accountName: ' Mine ', platformName: 'Own', platformScope: 'x' };
      const options = parse({ externalDealerId: '', serviceUrl: '/chekt', ...names }, account);
      assert.deepEqual(
        [options.accountName, options.platformName, options.platformScope],
        ['Mine', 'Own', 'x'],
      );
    });

    for (const [what, input] of [
      ['an id', { externalDealerId: id }],
      ['a binding', { externalDealerId: undefined, binding: null }],
    ] as const) {
      it(`is not requested from the service if the host sets ${what}`, () => {
        const options = parse({ serviceUrl: '/chekt', ...input }, account);
        assert.equal(options.accountUrl, undefined);
      });
    }

    it('has an id that is converted to a string and trimmed', () => {
      assert.equal(parse({ externalDealerId: 67890 }).externalDealerId, '67890');
      assert.equal(parse({ externalDealerId: ' a b ' }).externalDealerId, 'a b');
      assert.equal(parse({ externalDealerId: '  ' }).externalDealerId, '');
    });
  });

  describe('timeout', () => {
    for (const timeout of [1, 0.5, '250', 2 ** 31 - 1])
      it(`may be ${JSON.stringify(timeout)}`, () =>
        assert.equal(parse({ timeout }).timeout, Number(timeout)));
    for (const timeout of [0, -1, NaN, Infinity, 2 ** 31, 'soon', '', {}])
      it(`may not be ${String(timeout) || '""'}`, () => refused({ timeout }, /^timeout must be /));
  });

  describe('getAccessToken and fetch', () => {
    it('getAccessToken wins over token-url', () => {
      const getAccessToken = () => Promise.resolve(null);
      assert.equal(parse({ getAccessToken, tokenUrl: '/token' }).source, getAccessToken);
      assert.equal(String(parse({ tokenUrl: '/token' }).source), `${own}/token`);
    });

    it('have to be functions', () => {
      refused({ getAccessToken: 'secret-token' }, /^getAccessToken must be a function/);
      refused({ fetch: {} }, /^fetch must be a function/);
    });

    it("fetch is the host's, else the page's at the time of the request", async () => {
      const ofHost = () => Promise.reject(new Error('of the host'));
      assert.equal(parse({ fetch: ofHost }).fetch, ofHost);
      const ofPage = parse().fetch;
      const patched = mock.method(globalThis, 'fetch', () => Promise.resolve(new Response('patched')));
      assert.equal(await (await ofPage('https://api.chekt.com')).text(), 'patched');
      patched.mock.restore();
    });
  });

  describe('authorize-target and heading-level', () => {
    for (const [value, expected] of [
      ['_top', '_top'],
      ['_blank', '_blank'],
      [undefined, '_self'],
    ] as const)
      it(`target ${value} is ${expected}`, () =>
        assert.equal(parse({ authorizeTarget: value }).authorizeTarget, expected));
    for (const [value, expected] of [
      [1, 1],
      ['5', 5],
      [undefined, 2],
    ] as const)
      it(`level ${value} is ${expected}`, () =>
        assert.equal(parse({ headingLevel: value }).headingLevel, expected));

    it('have their default for anything else, with one warning per page', () => {
      const warn = mock.method(console, 'warn', () => {});
      for (let turn = 0; turn < 3; turn++) {
        assert.equal(parse({ authorizeTarget: '_parent' }).authorizeTarget, '_self');
        assert.equal(parse({ headingLevel: 6 + turn }).headingLevel, 2);
      }
      assert.deepEqual(
        warn.mock.calls.map((call) => String(call.arguments[0])),
        [
          '<chekt-connect> authorize-target must be _self, _top, _blank.',
          '<chekt-connect> heading-level must be 1 to 5.',
        ],
      );
      warn.mock.restore();
    });
  });

  describe('bindings', () => {
    it('are copied and frozen', () => {
      const parsed = parse({ binding }).binding;
      assert.deepEqual(parsed, binding);
      assert.notEqual(parsed, binding);
      assert.ok(Object.isFrozen(parsed));
    });

    it('have to be bindings of the account', () => {
      refused(
        { binding: { ...binding, externalDealerId: 'other' } },
        /^binding must be of the account in external-dealer-id/,
      );
    });

    it('have to be valid', () => {
      for (const value of [{}, [], 'x', 5, true, { ...binding, dealerId: 'x' }])
        refused({ binding: value }, /^binding must be null or a Binding/);
    });

    it('need a status if they are former bindings', () => {
      const former = { ...binding, status: 'lost' };
      assert.deepEqual(parse({ formerBinding: former }).formerBinding, former);
      refused({ formerBinding: binding }, /^formerBinding must be null or a FormerBinding/);
    });
  });

  describe('that cannot be read', () => {
    const fail = (): never => {
      throw new Error('secret of the host');
    };
    const revoked = () => {
      const { proxy, revoke } = Proxy.revocable({}, {});
      revoke();
      return proxy;
    };
    const texts = HOST_PROPERTIES.filter(
      (name) => !['getAccessToken', 'fetch', 'messages', 'binding', 'formerBinding'].includes(name),
    );
    for (const [what, value] of [
      ['a symbol', () => Symbol('secret')],
      ['an object whose toString throws', () => ({ toString: fail })],
      ['a revoked proxy', revoked],
    ] as const) {
      it(`are a configuration error that does not quote the host's: ${what}`, () => {
        for (const name of texts) refused({ [name]: value() }, /must be a string/);
      });
    }

    it('are a configuration error if the getter of the property throws', () => {
      for (const name of HOST_PROPERTIES)
        assert.throws(() => readHostInput((read) => (read === name ? fail() : undefined)), {
          code: 'configuration',
          message: `${name} must be readable.`,
        });
    });

    it('are a configuration error inside a binding or the messages', () => {
      const throwing = Object.defineProperty({ ...binding }, 'companyName', { get: fail });
      for (const value of [throwing, revoked()]) {
        refused({ binding: value }, /^binding must be/);
        refused({ formerBinding: value }, /^formerBinding must be/);
      }
      refused({ messages: revoked() }, /^messages must be/);
      refused({ messages: { connect: { toString: fail } } }, /^messages\["connect"\] must be a string/);
    });

    it('are read only once', () => {
      const reads: string[] = [];
      readHostInput((name) => void reads.push(name));
      assert.deepEqual(reads, [...HOST_PROPERTIES]);
    });
  });

  it('messages are copied and converted to strings', () => {
    assert.deepEqual(parse({ messages: { connect: 5, copy: undefined } }).messages, {
      connect: '5',
      copy: undefined,
    });
  });
});
