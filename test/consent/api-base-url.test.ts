import { expect } from '@open-wc/testing';
import type { ChektConnectElement } from '../../src/index.js';
import { embed } from '../element/fixture.js';
import { createWire } from '../wire/wire.js';
import { ACCOUNT, connects, dana, hearConsole, page, putsOf, settled, signIn, Source } from './support.js';

/** Inserts the element as markup, before it is upgraded. */
async function fromMarkup(apiBaseUrl: string): Promise<ChektConnectElement> {
  const frame = document.createElement('div');
  document.body.append(frame);
  frame.innerHTML = `<chekt-connect external-dealer-id="${ACCOUNT}"></chekt-connect>`;
  const element = frame.querySelector('chekt-connect')!;
  element.setAttribute('api-base-url', apiBaseUrl);
  element.getAccessToken = async () => null;
  await element.ready;
  return element;
}

describe('api-base-url as an attribute', () => {
  const told = hearConsole();

  for (const url of [
    'https://api.chekt.com',
    'https://api.chekt.com/',
    'https://api.chektdev.com',
    'https://api.chektdev.com/',
    '/chekt',
    '/',
    'http://127.0.0.1:8080/v2',
    'http://localhost:8080',
    'http://[::1]:8080',
  ])
    it(`takes ${url}`, async () => {
      const element = await fromMarkup(url);
      expect(element.error).to.equal(null);
      expect(element.state).to.equal('unauthorized');
      element.parentElement!.remove();
    });

  for (const url of [
    'https://evil.example',
    'https://api.chekt.com.evil.example',
    'https://api.chekt.com/v2',
    'https://api.chekt.com//',
    'https://api.chekt.com:8443',
    'https://api.chekt.com.',
    'https://chekt.com',
    'http://api.chekt.com',
    'https://user@api.chekt.com',
    '//evil.example',
  ])
    it(`refuses ${url}`, async () => {
      const element = await fromMarkup(url);
      expect([element.state, element.error?.code]).to.deep.equal(['unconfigured', 'configuration']);
      expect(told.join(), 'the console').to.contain('api-base-url').and.not.to.contain('evil.example');
      element.parentElement!.remove();
    });

  it('refuses another origin even when it is set later, and sends nothing there', async () => {
    const source = new Source(signIn('browser', dana));
    const asked: string[] = [];
    const { element, wire } = await page('browser', source, [connects()], {
      fetch: (url, init) => {
        asked.push(String(url));
        return fetch(url, init);
      },
    });
    element.setAttribute('api-base-url', 'https://evil.example');
    await element.connect('Acme').catch(() => {});
    await settled(element);
    expect([element.state, element.error?.code]).to.deep.equal(['unconfigured', 'configuration']);
    expect(asked).to.deep.equal([]);
    expect(await putsOf(wire)).to.deep.equal([]);
  });

  it('is overridden by a property that is set after it', async () => {
    const element = await fromMarkup('https://evil.example');
    element.apiBaseUrl = 'https://api.partner.example/v2';
    await settled(element);
    expect(element.error).to.equal(null);
    expect(element.state).to.equal('unauthorized');
    element.setAttribute('api-base-url', 'https://evil.example');
    await settled(element);
    expect(element.error?.code).to.equal('configuration');
    element.parentElement!.remove();
  });
});

describe('api-base-url as a property', () => {
  for (const url of [
    'https://api.partner.example',
    'https://api.partner.example/v2/',
    'https://api.chekt.com/v2',
  ])
    it(`takes ${url}`, async () => {
      const { element } = embed({ apiBaseUrl: url, getAccessToken: async () => null });
      await element.ready;
      expect(element.state).to.equal('unauthorized');
    });
});

describe('a token', () => {
  it('is sent only to the api-base-url it was requested for', async () => {
    const source = new Source(
      { access_token: 'token-for-the-first-api', ...dana },
      { access_token: 'token-for-the-second-api', ...dana },
    );
    const { element, wire } = await page('browser', source, []);
    const other = await createWire([connects()]);
    element.apiBaseUrl = other.baseUrl;
    await settled(element);
    expect(source.asks, 'asked again').to.have.length(2);
    await element.connect('Acme');
    expect((await putsOf(other))[0]!.headers['authorization']).to.equal('Bearer token-for-the-second-api');
    expect(await putsOf(wire)).to.deep.equal([]);
  });

  it('is not sent to a new api-base-url even if connect() is called in the same task as the change', async () => {
    const source = new Source(
      { access_token: 'token-for-the-first-api', ...dana },
      { access_token: 'token-for-the-second-api', ...dana },
    );
    const { element } = await page('browser', source, []);
    const other = await createWire([connects()]);
    element.apiBaseUrl = other.baseUrl;
    await element.connect('Acme');
    expect((await putsOf(other)).map(({ headers }) => headers['authorization'])).to.deep.equal([
      'Bearer token-for-the-second-api',
    ]);
  });

  it('is not sent anywhere when the source fails for the new api-base-url', async () => {
    const source = new Source({ access_token: 'token-for-the-first-api', ...dana }, new Error('no'));
    const { element } = await page('browser', source, []);
    const other = await createWire([connects()]);
    element.apiBaseUrl = other.baseUrl;
    await settled(element);
    await element.connect('Acme').catch(() => {});
    expect(await other.requests()).to.deep.equal([]);
  });

  it('is requested again when api-base-url is changed back', async () => {
    const source = new Source(signIn('browser', dana));
    const { element, wire } = await page('browser', source, []);
    element.apiBaseUrl = wire.otherBaseUrl;
    await settled(element);
    element.apiBaseUrl = wire.baseUrl;
    await settled(element);
    expect(source.asks).to.have.length(3);
  });
});

describe('the page’s own origin', () => {
  it('is that of the location, even if the page has a global variable named `origin`', async () => {
    const { origin } = location;
    const wire = await createWire([{ path: '/token', json: dana }]);
    try {
      for (const value of ['https://other.example', 'Chicago, IL']) {
        Object.assign(window, { origin: value });
        const { element } = embed({
          apiBaseUrl: wire.sameOriginBaseUrl,
          tokenUrl: `${wire.sameOriginBaseUrl}/token`,
        });
        await element.ready;
        expect(element.state, value).to.equal('authorized');
      }
    } finally {
      Object.assign(window, { origin });
    }
    expect((await wire.requests()).map((request) => request.origin)).to.deep.equal([origin, origin]);
  });
});

describe('diagnostics()', () => {
  it('contains only the current embed', async () => {
    const { element, wire } = await page('browser', new Source(signIn('browser', dana)), [
      {
        method: 'PUT',
        status: 403,
        json: { error: { code: 'permission_denied', request_id: 'req_of_the_first' } },
      },
      {
        method: 'PUT',
        status: 403,
        hold: true,
        json: { error: { code: 'permission_denied', request_id: 'req_late' } },
      },
    ]);
    await element.connect('Acme').catch(() => {});
    expect(JSON.stringify(element.diagnostics())).to.contain('req_of_the_first');
    const late = element.connect('Acme').catch(() => {});
    await wire.waitForRequests(2);
    element.externalDealerId = 'adc-11111';
    await settled(element);
    expect(element.diagnostics().attempts).to.deep.equal([]);
    await wire.release();
    await late;
    const { attempts, lastError, configuration } = element.diagnostics();
    expect({ attempts, lastError, id: configuration?.['externalDealerId'] }).to.deep.equal({
      attempts: [],
      lastError: null,
      id: 'adc-11111',
    });
  });
});
