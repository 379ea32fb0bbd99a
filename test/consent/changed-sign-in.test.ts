import { expect } from '@open-wc/testing';
import type { ChektConnectElement } from '../../src/index.js';
import {
  answers,
  carried,
  connects,
  dana,
  failure,
  hearConsole,
  mira,
  modes,
  page,
  part,
  putsOf,
  read,
  settled,
  signIn,
  Source,
  type,
} from './support.js';

/** Expects that the attempt ends because somebody else is signed in, whose name is shown. */
async function expectChanged(
  element: ChektConnectElement,
  attempt: Promise<unknown>,
  name: string | RegExp = 'Mira Lindqvist',
) {
  const error = await failure(attempt);
  const { code, apiCode, retryable } = error;
  expect({ code, apiCode, retryable }).to.deep.equal({
    code: 'conflict',
    apiCode: 'sign_in_changed',
    retryable: false,
  });
  expect(element.state).to.equal('authorized');
  expect(element.error).to.equal(error);
  const text = await read(element);
  const told = part(element, 'error')!.innerText;
  if (typeof name === 'string') expect(told, 'the sentence').to.contain(name);
  else expect(told, 'the sentence').to.match(name);
  expect(text).not.to.contain('Dana Reyes').and.not.to.contain('Connected to');
  return error;
}

for (const mode of modes)
  describe(`a sign-in that differs from the one shown at the press, in ${mode} mode`, () => {
    hearConsole();
    const danas = () => signIn(mode, dana);
    const miras = () => signIn(mode, mira);

    it('stops the attempt when it is found after a 401, and a new press is a new operation', async () => {
      const source = new Source(danas());
      const { element, wire, ends } = await page(mode, source, [
        answers(401, 'invalid_api_key'),
        connects(mira),
      ]);
      await type(element, 'Acme typed for Dana');
      const attempt = element.connect();
      source.says(miras());
      // without a sign-in id, service mode has already asked before the first PUT
      const first = mode === 'browser' ? 1 : 0;
      const error = await expectChanged(element, attempt);
      expect(error.outcome).to.equal('not-applied');
      expect(await putsOf(wire)).to.have.length(first);
      expect(ends()).to.deep.equal(['chekt-error']);
      expect(element.authorization?.name).to.equal('Mira Lindqvist');
      await wire.script([connects(mira)]);
      await element.connect('Harbor');
      const all = await carried(wire);
      expect(all).to.have.length(first + 1);
      expect(new Set(all.map(({ key }) => key)).size).to.equal(all.length);
      expect(element.binding?.dealerId).to.equal(23456);
    });

    it('sends nothing when it is found because the old sign-in is about to expire', async () => {
      const source = new Source(signIn(mode, { ...dana, expires_in: 5 }), miras());
      const { element, wire } = await page(mode, source, [connects(mira)]);
      const error = await expectChanged(element, element.connect('Acme'));
      expect(error.outcome).to.equal('not-applied');
      expect(source.reasons).to.deep.equal(['initial', 'expired']);
      expect(await putsOf(wire)).to.deep.equal([]);
    });

    it('leaves the outcome unknown when it is found before a repeat', async () => {
      const source = new Source(danas());
      const { element, wire } = await page(mode, source, [
        answers(503),
        answers(401, 'invalid_api_key'),
        connects(mira),
      ]);
      element.addEventListener('chekt-state-change', ({ detail }) => {
        if (detail.state === 'connecting') void wire.waitForRequests(1).then(() => source.says(miras()));
      });
      const error = await expectChanged(element, element.connect('Acme'));
      expect(error.outcome).to.equal('unknown');
      expect((await putsOf(wire)).every(({ recorded }) => !recorded)).to.equal(true);
      expect(part(element, 'connect-button')!.innerText).not.to.contain('Check again');
      expect(await read(element)).not.to.contain('nothing is done twice');
      const before = await carried(wire);
      await wire.script([connects(mira)]);
      await element.connect('Harbor');
      const last = (await carried(wire)).at(-1)!;
      expect(before.map(({ key }) => key)).not.to.include(last.key);
    });

    it('makes the press after an unknown outcome a new operation, without the typed name', async () => {
      const source = new Source(danas());
      const { element, wire } = await page(mode, source, [answers(501), connects(mira)]);
      await type(element, 'Typed for Dana');
      await failure(element.connect());
      source.says(miras());
      element.getAccessToken = (request) => source.getAccessToken(request);
      await settled(element);
      expect(element.authorization?.name).to.equal('Mira Lindqvist');
      expect(element.error).to.equal(null);
      expect(element.shadowRoot!.querySelector('input')?.value ?? '').not.to.contain('Typed for Dana');
      expect(part(element, 'connect-button')!.innerText).not.to.contain('Check again');
      await element.connect('Typed for Dana');
      const [first, second] = await carried(wire);
      expect(second!.key).not.to.equal(first!.key);
    });

    it('drops what was typed for the other person', async () => {
      const source = new Source(danas(), miras());
      const { element } = await page(mode, source, [answers(401, 'invalid_api_key')]);
      await type(element, 'Typed for Dana');
      await expectChanged(element, element.connect());
      expect(await read(element)).not.to.contain('Typed for Dana');
      expect(element.shadowRoot!.querySelector('input')?.value ?? '').not.to.contain('Typed for Dana');
    });

    for (const [known, person, said] of [
      ['the e-mail', { email: mira.email }, 'mira@harbor.example'],
      ['the company', { company_name: mira.company_name }, 'Harbor Alarm Co.'],
      ['nothing', {}, /sign-in has changed/i],
    ] as const)
      it(`is described by what is known of it: ${known}`, async () => {
        const source = new Source(danas(), signIn(mode, person));
        const { element, wire } = await page(mode, source, [answers(401, 'invalid_api_key'), connects(mira)]);
        await expectChanged(element, element.connect('Acme'), said);
        expect((await putsOf(wire)).filter(({ recorded }) => recorded)).to.deep.equal([]);
      });

    it('leads to the sign-in when nobody is signed in any more', async () => {
      const source = new Source(danas(), null);
      const { element, wire } = await page(mode, source, [answers(401, 'invalid_api_key'), connects()]);
      const { code, outcome } = await failure(element.connect('Acme'));
      expect({ code, outcome }).to.deep.equal({ code: 'unauthorized', outcome: 'not-applied' });
      expect(element.state).to.equal('unauthorized');
      expect((await putsOf(wire)).filter(({ recorded }) => recorded)).to.deep.equal([]);
    });

    it('lets the attempt go on with its key when it is the same person with more or fewer details', async () => {
      const source = new Source(
        danas(),
        signIn(mode, { name: ' DANA reyes', email: dana.email.toUpperCase() }),
      );
      const { element, wire } = await page(mode, source, [answers(401, 'invalid_api_key'), connects()]);
      await element.connect('Acme');
      const [first, second] = await carried(wire);
      expect(second).to.deep.equal(first);
      expect(element.binding?.dealerId).to.equal(12345);
    });

    it('causes one warning on the console if the answers of two attempts could not be compared', async () => {
      const told: string[] = [];
      const source = new Source(danas());
      const { element } = await page(mode, source, [answers(401, 'invalid_api_key')]);
      console.error = console.warn = (...values: unknown[]) => void told.push(values.join(' '));
      for (let attempt = 0; attempt < 3; attempt += 1) {
        source.says(signIn(mode, attempt % 2 ? { name: 'Dana Reyes' } : {}));
        const before = element.authorization;
        if (!before?.name) {
          source.says(signIn(mode, dana));
          element.reset();
          await settled(element);
          source.says(signIn(mode, {}));
        }
        await failure(element.connect('Acme'));
      }
      const lines = told.filter((line) =>
        line.includes('Return sub, id_token or sign_in_id with every token.'),
      );
      expect(lines).to.have.length(1);
    });
  });

describe('service mode without a sign-in id', () => {
  it('asks the source before every PUT, repeats included', async () => {
    const source = new Source(signIn('service', dana));
    const { element, wire } = await page('service', source, [answers(503), answers(503), connects()]);
    await element.connect('Acme');
    expect(await putsOf(wire)).to.have.length(3);
    expect(source.reasons).to.deep.equal(['initial', 'initial', 'initial', 'initial']);
  });

  it('asks the source after waitUntil, not before', async () => {
    const source = new Source(signIn('service', dana));
    const { element, wire } = await page('service', source, [connects(mira)]);
    const approved = Promise.withResolvers<void>();
    element.addEventListener('chekt-before-connect', (event) => event.waitUntil(approved.promise));
    const attempt = element.connect('Acme');
    await settled(element);
    expect(source.asks).to.have.length(1);
    source.says(signIn('service', mira));
    approved.resolve();
    await expectChanged(element, attempt);
    expect(await putsOf(wire)).to.deep.equal([]);
  });

  it('sends nothing when the source fails, and asks it first at the next press', async () => {
    const source = new Source(signIn('service', dana), new Error('no'), signIn('service', dana));
    const { element, wire } = await page('service', source, [connects()]);
    const { code, outcome } = await failure(element.connect('Acme'));
    expect({ code, outcome }).to.deep.equal({ code: 'network', outcome: 'not-applied' });
    expect(element.state).to.equal('authorized');
    expect(await putsOf(wire)).to.deep.equal([]);
    await element.connect('Acme');
    expect(element.state).to.equal('connected');
  });
});
