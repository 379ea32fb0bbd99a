import { expect } from '@open-wc/testing';
import {
  answers,
  carried,
  connects,
  dana,
  failure,
  mira,
  page,
  part,
  putsOf,
  read,
  Source,
} from './support.js';

const first = { ...dana, sign_in_id: 'sign-in-1' };
const second = { ...dana, sign_in_id: 'sign-in-2' };
const changed = answers(409, 'sign_in_changed');

async function service(source: Source, ...puts: Parameters<typeof page>[2]) {
  return page('service', source, puts);
}

describe('service mode with a sign-in id', () => {
  it('sends the displayed id with connect, and asks nothing before a PUT', async () => {
    const source = new Source(first);
    const { element, wire } = await service(source, answers(503), connects());
    await element.connect('Acme');
    expect((await carried(wire)).map(({ signIn }) => signIn)).to.deep.equal(['sign-in-1', 'sign-in-1']);
    expect(source.reasons).to.deep.equal(['initial']);
  });

  it('sends no id with disconnect', async () => {
    const { element, wire } = await service(new Source(first), connects(), { method: 'PUT', status: 204 });
    await element.connect('Acme');
    await element.disconnect();
    expect((await carried(wire)).map(({ signIn }) => signIn)).to.deep.equal(['sign-in-1', undefined]);
  });

  it('sends no id to another origin in browser mode', async () => {
    const { element, wire } = await page(
      'browser',
      new Source({ access_token: 'a-token-of-dana', ...first }),
      [connects()],
    );
    await element.connect('Acme');
    expect((await carried(wire))[0]!.signIn).to.equal(undefined);
  });

  for (const id of ['', 'with space', 'line\nbreak', 'x'.repeat(65), 'ünicode'])
    it(`treats an invalid id as absent: ${JSON.stringify(id.slice(0, 12))}`, async () => {
      const source = new Source({ ...dana, sign_in_id: id });
      const { element, wire } = await service(source, connects());
      await element.connect('Acme');
      expect((await carried(wire))[0]!.signIn).to.equal(undefined);
      expect(source.asks).to.have.length(2);
    });

  it('keeps what is shown when an answer for the same sign-in says less', async () => {
    const source = new Source({ ...first, expires_in: 5 }, { sign_in_id: 'sign-in-1' });
    const { element } = await service(source, answers(403, 'permission_denied'));
    await failure(element.connect('Acme'));
    expect(source.reasons).to.deep.equal(['initial', 'expired']);
    expect(await read(element))
      .to.contain('Dana Reyes')
      .and.to.contain('Acme Security Systems');
  });
});

describe('409 sign_in_changed', () => {
  it('sends one more PUT with the new id, a new key and the same trace id, for the same person', async () => {
    const source = new Source(first, second);
    const { element, wire, ends } = await service(source, changed, connects());
    await element.connect('Acme');
    const [one, two] = await carried(wire);
    expect([one!.signIn, two!.signIn]).to.deep.equal(['sign-in-1', 'sign-in-2']);
    expect(two!.key).not.to.equal(one!.key);
    expect(two!.trace).to.equal(one!.trace);
    expect(source.reasons).to.deep.equal(['initial', 'initial']);
    expect(ends()).to.deep.equal(['chekt-connected']);
  });

  it('sends nothing more and names the person, for another person', async () => {
    const source = new Source(first, { ...mira, sign_in_id: 'sign-in-3' });
    const { element, wire } = await service(source, changed, connects(mira));
    const error = await failure(element.connect('Acme'));
    expect([error.code, error.apiCode, error.outcome]).to.deep.equal([
      'conflict',
      'sign_in_changed',
      'not-applied',
    ]);
    expect(await putsOf(wire)).to.have.length(1);
    await read(element);
    expect(part(element, 'error')!.innerText).to.contain('Mira Lindqvist');
    await element.connect('Harbor');
    const [one, two] = await carried(wire);
    expect(two!.signIn).to.equal('sign-in-3');
    expect(two!.key).not.to.equal(one!.key);
  });

  it('ends the attempt if the source answers with the same id again', async () => {
    const source = new Source(first);
    const { element, wire } = await service(source, changed, connects());
    const error = await failure(element.connect('Acme'));
    expect([error.code, error.apiCode, error.retryable]).to.deep.equal([
      'conflict',
      'sign_in_changed',
      false,
    ]);
    expect(element.state).to.equal('authorized');
    expect(await putsOf(wire)).to.have.length(1);
    expect(source.asks).to.have.length(2);
  });

  it('ends the attempt the second time', async () => {
    const source = new Source(first, second, { ...dana, sign_in_id: 'sign-in-3' });
    const { element, wire } = await service(source, changed, changed, connects());
    const error = await failure(element.connect('Acme'));
    expect(error.apiCode).to.equal('sign_in_changed');
    expect(await putsOf(wire)).to.have.length(2);
  });

  it('leaves the outcome unknown after a PUT without an answer', async () => {
    const source = new Source(first, { ...mira, sign_in_id: 'sign-in-3' });
    const { element } = await service(source, answers(502), changed);
    const error = await failure(element.connect('Acme'));
    expect([error.apiCode, error.outcome]).to.deep.equal(['sign_in_changed', 'unknown']);
  });

  it('ends the attempt with the source’s error if that fails, and the next press asks first', async () => {
    const source = new Source(first, new Error('no'), second);
    const { element, wire } = await service(source, changed, connects());
    const error = await failure(element.connect('Acme'));
    expect(error.code).to.equal('network');
    expect(element.state).to.equal('authorized');
    await element.connect('Acme');
    const all = await carried(wire);
    expect(all.map(({ signIn }) => signIn)).to.deep.equal(['sign-in-1', 'sign-in-2']);
    expect(all[1]!.key).not.to.equal(all[0]!.key);
  });

  it('leads to the sign-in if nobody is signed in', async () => {
    const { element } = await service(new Source(first, null), changed);
    await failure(element.connect('Acme'));
    expect(element.state).to.equal('unauthorized');
  });

  it('is an ordinary conflict in browser mode, so the source is not asked', async () => {
    const source = new Source({ access_token: 'a-token-of-dana', ...first });
    const { element } = await page('browser', source, [changed]);
    expect((await failure(element.connect('Acme'))).code).to.equal('conflict');
    expect(source.asks).to.have.length(1);
  });
});
