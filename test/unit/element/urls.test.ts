import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { ChektConnectError } from '../../../src/partner-api/errors.js';
import { parseOptions, type HostInput, type Options } from '../../../src/element/host-options.js';
import { closePage, openPage } from './page.js';

const own = 'https://platform.example:8443';
const parse = (input: Partial<HostInput>, isAttribute = false): Options =>
  parseOptions({ externalDealerId: 'adc-67890', ...input } as HostInput, undefined, isAttribute);

function refusal(input: Partial<HostInput>, isAttribute = false): ChektConnectError {
  try {
    parse(input, isAttribute);
  } catch (error) {
    return error as ChektConnectError;
  }
  throw new Error('This should have been refused.');
}

describe('a URL that the host sets', () => {
  before(() => openPage(`${own}/settings/chekt?tab=1#top`));
  after(closePage);

  /** Each with the URL that is used. `apiBaseUrl` and `authorizeUrl` accept all, the others only those on the page's origin. */
  const accepted: readonly (readonly [string, string])[] = [
    ['https://api.chekt.com', 'https://api.chekt.com/'],
    ['HTTPS://API.CHEKT.COM', 'https://api.chekt.com/'],
    ['https://api.chekt.com:8443/v2', 'https://api.chekt.com:8443/v2'],
    ['https://api.chekt.com:443', 'https://api.chekt.com/'],
    ['  https://api.chekt.com\n', 'https://api.chekt.com/'],
    ['https://[2001:db8::1]/', 'https://[2001:db8::1]/'],
    ['http://localhost:5174', 'http://localhost:5174/'],
    ['http://127.0.0.1', 'http://127.0.0.1/'],
    ['http://127.1:80', 'http://127.0.0.1/'],
    ['http://127.255.255.254', 'http://127.255.255.254/'],
    ['http://[::1]:5174', 'http://[::1]:5174/'],
    ['http://sandbox.localhost', 'http://sandbox.localhost/'],
    ['/', `${own}/`],
    ['/chekt', `${own}/chekt`],
    ['/a/../chekt', `${own}/chekt`],
    ['/.//evil.example', `${own}//evil.example`],
    ['/http://evil.example', `${own}/http://evil.example`],
    ['/:80', `${own}/:80`],
    [own, `${own}/`],
    [`${own}/chekt`, `${own}/chekt`],
  ];
  for (const [text, url] of accepted) {
    it(`${JSON.stringify(text)} is ${url}`, () => {
      const isOwn = new URL(url).origin === own;
      assert.equal(parse({ authorizeUrl: text }).authorizeUrl?.href, url);
      const { apiBaseUrl, serviceMode } = parse({ apiBaseUrl: text });
      assert.deepEqual([apiBaseUrl, serviceMode], [url.replace(/\/+$/, ''), isOwn]);
      for (const name of ['tokenUrl', 'disconnectBaseUrl', 'serviceUrl'] as const) {
        if (isOwn) assert.doesNotThrow(() => parse({ [name]: text }), name);
        else assert.equal(refusal({ [name]: text }).code, 'configuration', name);
      }
    });
  }

  const refused = [
    ...['http://api.chekt.com', 'http://0.0.0.0', 'http://10.0.0.1', 'http://localhost.example'],
    ...['http://127.0.0.1.example', 'http://xlocalhost', 'http://[::2]', 'http://platform.example:8443'],
    ...['https://', 'https:///', 'https//api.chekt.com', '//api.chekt.com', '/\\api.chekt.com'],
    ...['/\t/api.chekt.com', '\\\\api.chekt.com', 'api.chekt.com', 'localhost:5174', 'chekt/', '../chekt'],
    ...[
      '?a',
      '#a',
      '',
      ' ',
      'null',
      'undefined',
      'about:blank',
      'data:,x',
      'file:///chekt',
      'ws://127.0.0.1',
    ],
    ...['javascript:alert(1)', 'JavaScript:alert(1)', 'java\nscript:alert(1)'],
    ...['blob:https://api.chekt.com/1', `blob:${own}/1`, `filesystem:${own}/1`],
    ...[
      'https://dana@api.chekt.com',
      'https://:secret@api.chekt.com',
      `${own.replace('//', '//dana@')}/chekt`,
    ],
    ...['https://api.chekt.com/#a', '/chekt#a'],
  ];
  for (const text of refused) {
    it(`${JSON.stringify(text)} is refused by every attribute, with an error that names the attribute`, () => {
      for (const [property, attribute] of [
        ['apiBaseUrl', 'api-base-url'],
        ['authorizeUrl', 'authorize-url'],
        ['disconnectBaseUrl', 'disconnect-base-url'],
        ['tokenUrl', 'token-url'],
        ['serviceUrl', 'service-url'],
      ] as const) {
        const { code, message, outcome, retryable } = refusal({ [property]: text });
        assert.deepEqual([code, outcome, retryable], ['configuration', 'not-applied', false]);
        assert.ok(message.startsWith(`${attribute} must be `), message);
        assert.doesNotMatch(message, /secret|dana@/);
      }
    });
  }

  it('may have a query, unless it is a base URL', () => {
    assert.equal(parse({ authorizeUrl: '/sign-in?a=b' }).authorizeUrl?.search, '?a=b');
    assert.equal(parse({ authorizeUrl: '/sign-in?a=b#' }).authorizeUrl?.href, `${own}/sign-in?a=b`);
    assert.equal((parse({ tokenUrl: '/token?a=b' }).source as URL).search, '?a=b');
    for (const name of ['apiBaseUrl', 'disconnectBaseUrl', 'serviceUrl'])
      assert.match(refusal({ [name]: '/chekt?a=b' }).message, /query/);
  });

  it('may be a URL object', () => {
    assert.equal(
      parse({ apiBaseUrl: new URL('https://api.example/v2/') }).apiBaseUrl,
      'https://api.example/v2',
    );
  });

  describe('as the attribute api-base-url, which must not let markup send a token anywhere', () => {
    for (const text of [
      'https://api.chekt.com',
      'https://api.chekt.com/',
      'https://api.chektdev.com',
      '/chekt',
      `${own}/chekt`,
    ]) {
      it(`${text} is accepted`, () => assert.ok(parse({ apiBaseUrl: text }, true).apiBaseUrl));
    }

    for (const text of [
      'https://evil.example',
      'https://api.chekt.com.evil.example',
      'https://api.chekt.com:8443',
      'https://api.chekt.com/v2',
      'https://chekt.com',
      'http://localhost:5174',
    ]) {
      it(`${text} is refused, but accepted as a property`, () => {
        assert.match(refusal({ apiBaseUrl: text }, true).message, /apiBaseUrl property/);
        assert.ok(parse({ apiBaseUrl: text }).apiBaseUrl);
      });
    }

    it('may be a loopback host if the page itself is on one', () => {
      openPage('http://localhost:5173/');
      try {
        assert.equal(
          parse({ apiBaseUrl: 'http://127.0.0.1:5174' }, true).apiBaseUrl,
          'http://127.0.0.1:5174',
        );
        assert.equal(refusal({ apiBaseUrl: 'https://evil.example' }, true).code, 'configuration');
      } finally {
        openPage(`${own}/settings/chekt`);
      }
    });
  });

  it('cannot be a path on a page without an origin of its own, as in a sandboxed frame', () => {
    openPage(own, { isOpaque: true });
    try {
      assert.equal(refusal({ tokenUrl: '/token' }).code, 'configuration');
      assert.equal(parse({}).serviceMode, false);
    } finally {
      openPage(own);
    }
  });
});
