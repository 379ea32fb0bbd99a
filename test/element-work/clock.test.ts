import { expect } from '@open-wc/testing';
import type { ChektConnectElement } from '../../src/index.js';
import { embed, textOf } from '../element/fixture.js';
import { watchDom } from './dom-work.js';
import { fakeTime, type FakeTime } from './fake-time.js';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

describe('the time that a sign-in has left', () => {
  let time: FakeTime;
  let dom: ReturnType<typeof watchDom>;
  beforeEach(() => {
    time = fakeTime();
  });
  afterEach(() => {
    dom.stop();
    time.restore();
  });

  async function signedIn(seconds: number): Promise<ChektConnectElement> {
    const { element } = embed({
      getAccessToken: async () => ({ access_token: 'token-1', expires_in: seconds, name: 'Dana Reyes' }),
    });
    await element.ready;
    await element.updateComplete;
    dom = watchDom(element);
    return element;
  }

  /** The texts that were written, after checking that nothing else changed. */
  const written = () =>
    dom.take().map(({ type, target }) => {
      expect(type).to.equal('childList');
      return target.textContent;
    });

  it('is written once a minute in the last five minutes, and nothing else changes', async () => {
    const element = await signedIn(600);
    expect(textOf(element)).not.to.contain('minute');
    expect(await time.advance(8 * MINUTE + SECOND, () => element.updateComplete)).to.equal(8);
    const texts = written();
    expect(texts).to.have.length(4);
    expect(texts.at(-1)).to.equal('2 minutes');
    expect(textOf(element)).to.contain('This sign-in ends in 2 minutes.');
  });

  // keycloak/keycloak-js #107, descope/descope-js PR #287: a timer of more than 24.8 days fires at once, again and again
  it('needs no timer of more than a minute, also where it is 90 days', async () => {
    const element = await signedIn(90 * 24 * 3600);
    expect(await time.advance(3 * MINUTE + SECOND, () => element.updateComplete)).to.equal(3);
    expect(written()).to.deep.equal([]);
  });

  it('is written once a second in the last minute', async () => {
    const element = await signedIn(90);
    await time.advance(30 * SECOND + 500, () => element.updateComplete);
    written();
    expect(await time.advance(20 * SECOND, () => element.updateComplete)).to.equal(20);
    const texts = written();
    expect(texts).to.have.length(20);
    expect(texts.at(-1)).to.match(/\b40 seconds/);
  });

  it('is not written in a hidden tab, which has no timer, and is right when the tab becomes visible again', async () => {
    const element = await signedIn(720);
    time.setHidden(true);
    await element.updateComplete;
    expect(time.pending).to.equal(0);
    await time.advance(10 * MINUTE, () => element.updateComplete);
    expect(dom.take()).to.deep.equal([]);
    time.setHidden(false);
    await element.updateComplete;
    expect(written()).to.have.length(1);
    expect(textOf(element)).to.contain('2 minutes');
  });

  it('stops when the sign-in has ended', async () => {
    const element = await signedIn(30);
    await time.advance(31 * SECOND, () => element.updateComplete);
    expect(textOf(element)).not.to.contain('second');
    expect(time.pending).to.equal(0);
  });
});
