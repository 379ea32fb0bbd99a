import { expect } from '@open-wc/testing';
import { fakeTime, type FakeTime } from '../element-work/fake-time.js';
import {
  connects,
  dana,
  failure,
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

const SECOND = 1_000;
const noReaction = () => Promise.resolve();

/** The events after which a page is visible again. */
const triggers: Readonly<Record<string, () => unknown>> = {
  'the page becomes visible': () => document.dispatchEvent(new Event('visibilitychange')),
  'the window gets the focus': () => dispatchEvent(new Event('focus')),
  // auth0/auth0-react #562, THM-Health/PILOS PR #2282
  'the page returns from the back/forward cache': () =>
    dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })),
  'the prerendered page is activated': () => document.dispatchEvent(new Event('prerenderingchange')),
};
const show = triggers['the page becomes visible']!;

describe('the source', () => {
  let time: FakeTime;
  beforeEach(() => {
    time = fakeTime();
  });
  afterEach(() => time.restore());

  /** Returns an element long after its first question. */
  async function shown(source: Source, properties: Parameters<typeof page>[3] = {}) {
    const result = await page('browser', source, [connects()], properties);
    await time.advance(6 * SECOND, noReaction);
    return result;
  }

  for (const [name, trigger] of Object.entries(triggers))
    it(`is asked again when ${name}`, async () => {
      const source = new Source(signIn('browser', dana), signIn('browser', mira));
      const { element, names } = await shown(source);
      const before = names();
      trigger();
      await settled(element);
      expect(source.reasons).to.deep.equal(['initial', 'initial']);
      expect(await read(element))
        .to.contain('Mira Lindqvist')
        .and.not.to.contain('Dana Reyes');
      expect(names(), 'events').to.deep.equal(before);
    });

  it('is not asked again when the page is hidden, or shown for the first time', async () => {
    const source = new Source(signIn('browser', dana));
    const { element } = await shown(source);
    time.setHidden(true);
    dispatchEvent(new PageTransitionEvent('pageshow', { persisted: false }));
    await settled(element);
    expect(source.asks).to.have.length(1);
    time.setHidden(false);
    await settled(element);
    expect(source.asks).to.have.length(2);
  });

  it('is also asked again in unauthorized and unavailable', async () => {
    for (const said of [null, new Error('no')]) {
      const source = new Source(said, signIn('browser', dana));
      const { element } = await shown(source);
      expect(element.state).to.equal(said ? 'unavailable' : 'unauthorized');
      show();
      await settled(element);
      expect(element.state).to.equal('authorized');
      expect(element.error).to.equal(null);
    }
  });

  it('is not asked again in connected, connecting and disconnecting', async () => {
    const source = new Source(signIn('browser', dana));
    const { element, wire } = await shown(source);
    await wire.script([
      { ...connects(), hold: true },
      { method: 'PUT', status: 204, hold: true },
    ]);
    const attempts = [() => element.connect('Acme'), () => element.disconnect()];
    for (const attempt of attempts) {
      const running = attempt();
      await settled(element);
      show();
      await time.advance(4 * SECOND, noReaction);
      await wire.waitForRequests(attempt === attempts[0] ? 1 : 2);
      await wire.release();
      await running;
      if (element.state !== 'connected') break;
      show();
      await time.advance(6 * SECOND, noReaction);
      await settled(element);
      expect(source.asks).to.have.length(1);
    }
  });

  it('is asked again after a disconnect', async () => {
    const source = new Source(signIn('browser', dana), signIn('browser', mira));
    const { element, wire } = await shown(source);
    await wire.script([connects(), { method: 'PUT', status: 204 }]);
    await element.connect('Acme');
    await element.disconnect();
    await settled(element);
    expect(source.asks).to.have.length(2);
    expect(element.authorization?.name).to.equal('Mira Lindqvist');
    expect(await read(element)).to.contain('is disconnected from Northwind Cloud');
  });

  it('is asked at most once in 5 seconds, for all triggers in that time together', async () => {
    const source = new Source(signIn('browser', dana));
    const { element } = await page('browser', source, []);
    for (let times = 0; times < 3; times += 1) show();
    await time.advance(2 * SECOND, noReaction);
    for (const trigger of Object.values(triggers)) trigger();
    await settled(element);
    expect(source.asks, 'within the first 5 s').to.have.length(1);
    await time.advance(2.9 * SECOND, () => settled(element));
    expect(source.asks, 'just before their end').to.have.length(1);
    await time.advance(0.2 * SECOND, () => settled(element));
    expect(source.asks, 'at their end').to.have.length(2);
    await time.advance(20 * SECOND, () => settled(element));
    expect(source.asks, 'when nothing happens').to.have.length(2);
  });

  it('is asked one question at a time', async () => {
    const source = new Source(signIn('browser', dana));
    const { element } = await shown(source);
    source.hold();
    show();
    await time.advance(6 * SECOND, () => settled(element));
    show();
    await time.advance(6 * SECOND, () => settled(element));
    expect(source.asks, 'while one is open').to.have.length(2);
    source.release();
    await settled(element);
    await time.advance(6 * SECOND, () => settled(element));
    expect(source.asks, 'after its answer').to.have.length(3);
  });

  it('is not asked after the element was removed', async () => {
    const source = new Source(signIn('browser', dana));
    const { element } = await page('browser', source, []);
    show();
    element.remove();
    await settled(element);
    await time.advance(20 * SECOND, noReaction);
    show();
    expect(source.asks).to.have.length(1);
    expect(time.pending).to.equal(0);
  });

  it('is not asked while the page is only prerendered', async () => {
    Object.defineProperty(document, 'prerendering', { configurable: true, value: true });
    try {
      const source = new Source(signIn('browser', dana));
      const appearing = page('browser', source, []);
      await time.advance(10 * SECOND, noReaction);
      expect(source.asks).to.have.length(0);
      Reflect.deleteProperty(document, 'prerendering');
      document.dispatchEvent(new Event('prerenderingchange'));
      const { element } = await appearing;
      expect(element.state).to.equal('authorized');
      expect(source.asks).to.have.length(1);
    } finally {
      Reflect.deleteProperty(document, 'prerendering');
    }
  });

  it('changes neither field, focus nor error, and fires no event, when it answers with the same person', async () => {
    const source = new Source(signIn('browser', dana));
    const { element, wire, names } = await shown(source);
    await wire.script([{ method: 'PUT', status: 403 }]);
    await type(element, 'Typed so far');
    const error = await failure(element.connect());
    const field = part<HTMLInputElement>(element, 'form-control-input')!;
    field.focus();
    field.setSelectionRange(2, 5);
    const before = names();
    const text = await read(element);
    show();
    await settled(element);
    expect(source.asks).to.have.length(2);
    expect(element.error).to.equal(error);
    expect(names()).to.deep.equal(before);
    expect(await read(element)).to.equal(text);
    const again = part<HTMLInputElement>(element, 'form-control-input')!;
    expect(again).to.equal(field);
    expect([again.value, again.selectionStart, again.selectionEnd]).to.deep.equal(['Typed so far', 2, 5]);
    expect(element.shadowRoot!.activeElement).to.equal(field);
  });

  it('drops the typed name and the error when it answers with another person', async () => {
    const source = new Source(signIn('browser', dana));
    const { element, wire } = await shown(source);
    await wire.script([{ method: 'PUT', status: 403 }]);
    await type(element, 'Typed for Dana');
    await failure(element.connect());
    source.says(signIn('browser', mira));
    show();
    const text = await read(element);
    expect(text).to.contain('Mira Lindqvist').and.to.contain('Harbor Alarm Co.');
    expect(element.error).to.equal(null);
    expect(element.shadowRoot!.querySelector('input')?.value ?? '').not.to.contain('Typed for Dana');
  });

  for (const [name, said, state] of [
    ['null', null, 'unauthorized'],
    ['an OAuth error', Object.assign(new Error('x'), { error: 'login_required' }), 'unauthorized'],
    ['other_account', Object.assign(new Error('x'), { error: 'other_account' }), 'unavailable'],
  ] as const)
    it(`changes the state to ${state} by a definite answer: ${name}`, async () => {
      const source = new Source(signIn('browser', dana), said);
      const { element } = await shown(source);
      show();
      await settled(element);
      expect(element.state).to.equal(state);
    });

  it('changes no state and fires no event when it fails, and the next press asks it first', async () => {
    const source = new Source(signIn('browser', dana), new Error('no'), signIn('browser', dana));
    const { element, wire, names } = await shown(source);
    const before = names();
    show();
    await settled(element);
    expect([element.state, element.error]).to.deep.equal(['authorized', null]);
    expect(names()).to.deep.equal(before);
    await element.connect('Acme');
    expect(source.reasons).to.deep.equal(['initial', 'initial', 'initial']);
    expect(await putsOf(wire)).to.have.length(1);
  });

  for (const mode of modes) {
    it(`makes a press wait for its open question, in ${mode} mode`, async () => {
      const source = new Source({ ...signIn(mode, dana), sign_in_id: 'one' });
      const { element, wire } = await page(mode, source, [connects()]);
      await time.advance(6 * SECOND, noReaction);
      source.hold();
      show();
      const attempt = element.connect('Acme');
      await settled(element);
      expect(await putsOf(wire), 'before the answer').to.deep.equal([]);
      expect(element.state).to.equal('connecting');
      source.release();
      await attempt;
      expect(source.asks, 'questions').to.have.length(2);
      expect(await putsOf(wire)).to.have.length(1);
    });

    it(`stops a press that waited if it answers with another person, in ${mode} mode`, async () => {
      const source = new Source({ ...signIn(mode, dana), sign_in_id: 'one' });
      const { element, wire } = await page(mode, source, [connects(mira)]);
      await time.advance(6 * SECOND, noReaction);
      source.says({ ...signIn(mode, mira), sign_in_id: 'two' });
      source.hold();
      show();
      const attempt = failure(element.connect('Acme'));
      await settled(element);
      source.release();
      expect((await attempt).apiCode).to.equal('sign_in_changed');
      expect(await putsOf(wire)).to.deep.equal([]);
      expect(await read(element)).to.contain('Mira Lindqvist');
    });
  }

  it('makes a press wait no longer than `timeout`', async () => {
    const source = new Source(signIn('browser', dana));
    const { element, wire } = await shown(source, { timeout: 3_000 });
    source.hold();
    show();
    const attempt = failure(element.connect('Acme'));
    await settled(element);
    await time.advance(3.1 * SECOND, () => settled(element));
    const error = await attempt;
    expect([error.code, error.outcome]).to.deep.equal(['timeout', 'not-applied']);
    expect(await putsOf(wire)).to.deep.equal([]);
  });
});
