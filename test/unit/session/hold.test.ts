import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type { ChektConnectError } from '../../../src/partner-api/errors.js';
import { nodeClock, type NodeClock } from '../../support/node-clock.js';
import { Embed, dana, recorded, rejection } from './embed.js';

let clock: NodeClock;
let page: Embed;
const withPage = () => {
  beforeEach(async () => {
    clock = nodeClock();
    page = await new Embed([dana], [recorded]).start(clock);
  });
  afterEach(() => clock.restore());
};

/** Makes the page hold the next attempt until the test lets it go or refuses it. */
function held() {
  let settle!: { go: () => void; refuse: (reason: unknown) => void };
  const promise = new Promise<void>((go, refuse) => (settle = { go, refuse }));
  page.page = { isPrevented: false, held: promise };
  return settle;
}

describe('a page that prevents an attempt', () => {
  withPage();

  it('ends it with `vetoed`, without sending anything or changing the state', async () => {
    page.page = { isPrevented: true };
    const error = (await rejection(page.session.connect('Acme'))) as ChektConnectError;
    assert.deepEqual([error.code, error.outcome, page.requests.length], ['vetoed', 'not-applied', 0]);
    assert.deepEqual(page.told, { type: 'error', error });
    assert.equal(page.state.name, 'authorized');
  });
});

describe('a page that holds an attempt with waitUntil', () => {
  withPage();

  it('delays the PUT while the state is already `connecting`', async () => {
    const { go } = held();
    const promise = page.session.connect('Acme');
    await clock.advance(3_000);
    assert.deepEqual([page.state.name, page.requests.length], ['connecting', 0]);
    go();
    await clock.until(promise);
    assert.equal(page.requests.length, 1);
  });

  it('does not use up the timeout, which starts at the PUT', async () => {
    const { go } = held();
    const promise = page.session.connect('Acme');
    await clock.advance(100_000);
    go();
    assert.equal((await clock.until(promise)).dealerId, 12345);
  });

  it('vetoes it by rejecting, and the reason is not passed on', async () => {
    const { refuse } = held();
    const promise = rejection(page.session.connect('Acme'));
    refuse(new Error('secret of the host'));
    const error = (await clock.until(promise)) as ChektConnectError;
    assert.equal(error.code, 'vetoed');
    assert.doesNotMatch(JSON.stringify(error) + String(error.stack), /secret/);
    assert.equal(page.requests.length, 0);
  });

  it('has 120 s before the attempt ends with `timeout`', async () => {
    held();
    const promise = rejection(page.session.connect('Acme'));
    await clock.advance(119_900);
    assert.equal(page.state.name, 'connecting');
    await clock.advance(200);
    const error = (await promise) as ChektConnectError;
    assert.deepEqual([error.code, error.outcome, page.requests.length], ['timeout', 'not-applied', 0]);
  });

  it('blocks other attempts and reset() meanwhile', async () => {
    const { go } = held();
    const promise = page.session.connect('Acme');
    page.session.reset();
    const error = (await rejection(page.session.disconnect())) as ChektConnectError;
    assert.equal(error.code, 'conflict');
    assert.equal(page.state.name, 'connecting');
    go();
    await clock.until(promise);
    assert.equal(page.state.failure, undefined);
  });
});
