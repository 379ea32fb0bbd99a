import { expect } from '@open-wc/testing';
import { parseConfig, type HostInput } from '../../src/config.js';
import type { ChektConnectError } from '../../src/index.js';

const given: HostInput = {
  externalDealerId: 'adc-67890',
  platformName: 'Northwind Cloud',
  apiBaseUrl: 'https://api.chekt.com',
  timeout: 30_000,
};
const parse = (input: HostInput) => parseConfig({ ...given, ...input });

function refusal(input: HostInput): ChektConnectError {
  try {
    parse(input);
  } catch (error) {
    return error as ChektConnectError;
  }
  throw new Error('This should have been refused.');
}

const own = location.origin;

describe('parseConfig: what each URL may be', () => {
  /** The URL that is used, for `api-base-url` and `authorize-url`; for the page's own only where it is on its origin. */
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
  for (const [text, url] of accepted)
    it(`${JSON.stringify(text)} is ${url}`, () => {
      expect(parse({ authorizeUrl: text }).authorizeUrl?.href).to.equal(`${url}?reason=`);
      const { apiBaseUrl, serviceMode } = parse({ apiBaseUrl: text });
      expect(apiBaseUrl).to.equal(url.replace(/\/+$/, ''));
      expect(serviceMode).to.equal(new URL(url).origin === own);
      const isOwn = new URL(url).origin === own;
      for (const name of ['tokenUrl', 'disconnectBaseUrl'] as const) {
        if (!isOwn) expect(refusal({ [name]: text }).code, name).to.equal('configuration');
        else expect(String(parse({ [name]: text })[name === 'tokenUrl' ? 'source' : name])).to.match(/^http/);
      }
    });

  const refused = [
    'http://api.chekt.com',
    'http://0.0.0.0',
    'http://10.0.0.1',
    'http://localhost.example',
    'http://127.0.0.1.example',
    'http://xlocalhost',
    'http://[::2]',
    'https://',
    'https:///',
    'https//api.chekt.com',
    '//api.chekt.com',
    '/\\api.chekt.com',
    '/\t/api.chekt.com',
    '\\\\api.chekt.com',
    'api.chekt.com',
    'localhost:5174',
    'chekt/',
    '../chekt',
    '?a',
    '#a',
    '',
    ' ',
    'javascript:alert(1)',
    'JavaScript:alert(1)',
    'java\nscript:alert(1)',
    'data:,x',
    'blob:https://api.chekt.com/1',
    `blob:${own}/1`,
    `filesystem:${own}/1`,
    'file:///chekt',
    'ws://127.0.0.1',
    'about:blank',
    'https://dana@api.chekt.com',
    'https://:secret@api.chekt.com',
    `${own.replace('//', '//dana@')}/chekt`,
    'https://api.chekt.com/#a',
    '/chekt#a',
    'null',
    'undefined',
  ];
  for (const text of refused)
    it(`${JSON.stringify(text)} is refused, wherever it is given`, () => {
      for (const [property, attribute] of [
        ['apiBaseUrl', 'api-base-url'],
        ['authorizeUrl', 'authorize-url'],
        ['disconnectBaseUrl', 'disconnect-base-url'],
        ['tokenUrl', 'token-url'],
      ] as const) {
        const error = refusal({ [property]: text });
        expect(error).to.include({ code: 'configuration', outcome: 'not-applied', retryable: false });
        expect(error.message, 'names the attribute').to.match(new RegExp(`^${attribute} must be `));
        if (text.includes('secret')) expect(error.message).not.to.contain('secret');
      }
    });

  it('a query is kept where the URL is asked for itself, and refused in a base', () => {
    expect(parse({ authorizeUrl: '/sign-in?a=b' }).authorizeUrl?.search).to.equal('?a=b&reason=');
    expect(parse({ authorizeUrl: '/sign-in?reason=x&a=b#' }).authorizeUrl?.search).to.equal('?a=b&reason=');
    expect((parse({ tokenUrl: '/token?a=b' }).source as URL).search).to.equal('?a=b');
    for (const name of ['apiBaseUrl', 'disconnectBaseUrl'])
      expect(refusal({ [name]: '/chekt?a=b' }).message).to.contain('query');
  });

  it('resolves against the origin of the page, whatever <base> says', () => {
    const base = document.head.appendChild(document.createElement('base'));
    base.href = 'https://evil.example/x/';
    try {
      expect(parse({ apiBaseUrl: '/chekt' }).apiBaseUrl).to.equal(`${own}/chekt`);
      expect(parse({ authorizeUrl: '/sign-in' }).authorizeUrl?.origin).to.equal(own);
    } finally {
      base.remove();
    }
  });

  it('takes a URL object for its text', () => {
    expect(parse({ apiBaseUrl: new URL('https://api.example/v2/') }).apiBaseUrl).to.equal(
      'https://api.example/v2',
    );
  });
});

describe('parseConfig: the rest', () => {
  for (const timeout of [1, 0.5, '250', 2 ** 31 - 1])
    it(`timeout = ${JSON.stringify(timeout)}`, () => {
      expect(parse({ timeout }).timeout).to.equal(Number(timeout));
    });

  for (const timeout of [0, -1, NaN, Infinity, 2 ** 31, 'soon', '', {}])
    it(`timeout = ${JSON.stringify(timeout)} is refused: no timer is that`, () => {
      expect(refusal({ timeout }).message).to.match(/^timeout must be /);
    });

  it('getAccessToken is a function, and wins over token-url', () => {
    const getAccessToken = async () => null;
    expect(parse({ getAccessToken, tokenUrl: '/token' }).source).to.equal(getAccessToken);
    expect((parse({ tokenUrl: '/token' }).source as URL).href).to.equal(`${own}/token`);
    expect(parse({}).source).to.equal(undefined);
    expect(refusal({ getAccessToken: 'secret-token-1' }).message)
      .to.match(/^getAccessToken must be /)
      .and.not.contain('secret');
  });

  it('null is as good as absent', () => {
    const config = parse({
      tokenUrl: null,
      authorizeUrl: null,
      disconnectBaseUrl: null,
      getAccessToken: null,
    });
    expect(config.source).to.equal(undefined);
    expect(config.authorizeUrl).to.equal(undefined);
    expect(config.disconnectBaseUrl).to.equal(undefined);
  });

  it('an id is a text, as it was given', () => {
    expect(parse({ externalDealerId: 67890 }).externalDealerId).to.equal('67890');
    expect(parse({ externalDealerId: ' a b ' }).externalDealerId).to.equal(' a b ');
  });
});
