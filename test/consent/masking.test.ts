import { expect } from '@open-wc/testing';
import type { ChektConnectElement } from '../../src/index.js';
import { ACCOUNT, dana, hearConsole, page, read, settled, Source } from './support.js';

const TOKEN = 'Zx8kQw3rTy6uIo9pAs2dFg5hJk1lMn4b';
const ID_TOKEN = 'Id7vBn2mLk9jHg4fDs6aQw8eRt1yUi3o';
const REFRESH_TOKEN = 'Re5tYu8iOp1aSd4fGh7jKl0zXc3vBn6m';

/** Finds runs of 12 characters of the token in a text, ignoring case and white space. */
function leaks(text: string, token: string): string[] {
  const compact = text.replace(/\s/g, '').toLowerCase();
  const runs = Array.from({ length: token.length - 11 }, (_, at) => token.slice(at, at + 12).toLowerCase());
  return runs.filter((run) => compact.includes(run));
}

/** Everything that the page, the host and support can see. */
function seen(element: ChektConnectElement, events: readonly CustomEvent[], told: readonly string[]): string {
  const fields = [...element.shadowRoot!.querySelectorAll('input')].map(({ value }) => value);
  return JSON.stringify([
    element.shadowRoot!.textContent,
    fields,
    element.binding,
    element.authorization,
    element.error,
    element.error?.message,
    element.diagnostics(),
    events.map(({ detail }) => [detail, detail?.error?.message]),
    told,
  ]);
}

const disguises: Readonly<Record<string, (token: string) => string>> = {
  'as it is': (token) => token,
  'with a control character inside': (token) => `${token.slice(0, 9)}\u0001${token.slice(9)}`,
  'with a line break inside': (token) => `${token.slice(0, 9)}\n${token.slice(9)}`,
  'with direction marks between all characters': (token) => [...token].join('\u202c'),
  'with spaces between all characters': (token) => [...token].join(' '),
  'in another case': (token) => token.toUpperCase(),
  'without its last characters': (token) => token.slice(0, -3),
  'its first 12 characters': (token) => token.slice(0, 12),
  'in a sentence': (token) => `no (${token}) here`,
};

describe('a token that an answer brings back', () => {
  const told = hearConsole();

  for (const [how, disguise] of Object.entries(disguises)) {
    it(`is masked in a binding: ${how}`, async () => {
      const source = new Source({
        access_token: TOKEN,
        id_token: ID_TOKEN,
        refresh_token: REFRESH_TOKEN,
        ...dana,
      });
      const echo = [TOKEN, ID_TOKEN, REFRESH_TOKEN].map(disguise);
      const { element, events } = await page('browser', source, [
        {
          method: 'PUT',
          status: 200,
          json: {
            dealer_id: 12345,
            external_dealer_id: ACCOUNT,
            company_name: `Acme ${echo[0]}`,
            company_address1: echo[1],
            company_address2: echo[2],
            company_email: echo[0],
          },
        },
      ]);
      await element.connect('Acme');
      await settled(element);
      const everything = seen(element, events, told);
      for (const token of [TOKEN, ID_TOKEN, REFRESH_TOKEN])
        expect(leaks(everything, token)).to.deep.equal([]);
      expect(element.binding?.companyName).to.match(/^Acme .*…/);
    });

    it(`is masked in the source’s answer: ${how}`, async () => {
      const source = new Source({
        access_token: TOKEN,
        id_token: ID_TOKEN,
        name: disguise(TOKEN),
        email: disguise(ID_TOKEN),
        scope: disguise(TOKEN),
      });
      const { element, events } = await page('browser', source, []);
      await settled(element);
      const everything = seen(element, events, told);
      for (const token of [TOKEN, ID_TOKEN]) expect(leaks(everything, token)).to.deep.equal([]);
    });
  }

  it('leaves out a request id or a code that contains a part of it', async () => {
    const { element, events } = await page('browser', new Source({ access_token: TOKEN, ...dana }), [
      {
        method: 'PUT',
        status: 403,
        json: { error: { code: TOKEN.slice(2, 20), request_id: `req_${TOKEN.slice(0, 14)}` } },
      },
    ]);
    await element.connect('Acme').catch(() => {});
    await settled(element);
    expect(leaks(seen(element, events, told), TOKEN)).to.deep.equal([]);
    expect([element.error?.apiCode, element.error?.requestId]).to.deep.equal([undefined, undefined]);
    expect(JSON.stringify(element.diagnostics())).not.to.contain('…');
  });

  it('is masked in the next embed as well', async () => {
    const { element, events, wire } = await page('browser', new Source({ access_token: TOKEN, ...dana }), []);
    await wire.script([
      {
        method: 'PUT',
        status: 200,
        json: { dealer_id: 1, external_dealer_id: 'adc-11111', company_name: `x ${TOKEN}` },
      },
    ]);
    element.getAccessToken = async () => 'another-token-of-another-embed';
    element.externalDealerId = 'adc-11111';
    await settled(element);
    await element.connect('Acme');
    expect(element.binding?.dealerId).to.equal(1);
    expect(leaks(seen(element, events, told), TOKEN)).to.deep.equal([]);
  });

  it('asks for the company name if that of the sign-in would be masked', async () => {
    const response = {
      ...dana,
      access_token: 'staging-acme-security-systems-1',
      company_name: 'Acme-Security-Systems',
    };
    const { element, wire } = await page('browser', new Source(response), [
      {
        method: 'PUT',
        status: 200,
        json: { dealer_id: 12345, external_dealer_id: ACCOUNT, company_name: 'Acme' },
      },
    ]);
    const field = element.shadowRoot!.querySelector('input')!;
    expect(field.value).to.equal('');
    field.value = 'Acme';
    await element.connect();
    expect((await wire.requests()).map(({ body }) => JSON.parse(body).company_name)).to.deep.equal(['Acme']);
  });

  it('does not mask shorter runs, or texts that only resemble it', async () => {
    const company = `Acme ${TOKEN.slice(0, 11)} ${[...TOKEN].reverse().join('')}`;
    const { element } = await page('browser', new Source({ access_token: TOKEN, ...dana }), [
      {
        method: 'PUT',
        status: 200,
        json: { dealer_id: 12345, external_dealer_id: ACCOUNT, company_name: company },
      },
    ]);
    await element.connect('Acme');
    expect(element.binding?.companyName).to.equal(company);
  });

  it('does not mask the account’s id, even if it is part of the token', async () => {
    const id = 'account-with-a-long-id';
    const source = new Source({ access_token: `token.of.${id}.and.more`, ...dana });
    const { element } = await page(
      'browser',
      source,
      [
        {
          method: 'PUT',
          status: 200,
          json: { dealer_id: 12345, external_dealer_id: id, company_name: 'Acme' },
        },
      ],
      { externalDealerId: id },
    );
    expect(await read(element)).to.contain(id);
    await element.connect('Acme');
    expect(element.binding?.externalDealerId).to.equal(id);
    expect(element.diagnostics().configuration?.['externalDealerId']).to.equal(id);
  });
});
