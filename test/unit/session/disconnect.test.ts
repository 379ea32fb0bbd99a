import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type { ChektConnectError } from '../../../src/partner-api/errors.js';
import type { Binding } from '../../../src/partner-api/dealer.js';
import { nodeClock, type NodeClock } from '../../support/node-clock.js';
import { Embed, dana, recorded, refusal, rejection, type Reply, type Said } from './embed.js';

let clock: NodeClock;

const binding: Binding = { dealerId: 12345, externalDealerId: 'adc-67890', companyName: 'Acme' };

/** A page on which the host has set a binding, so that the source is not asked. */
async function bound(
  replies: readonly Reply[],
  says: readonly Said[] = [dana],
  options?: ConstructorParameters<typeof Embed>[2],
) {
  const page = new Embed(says, replies, options);
  page.session.dispatch({ type: 'bound', binding });
  return page.start(clock);
}
const disconnect = (page: Embed) => clock.until(page.session.disconnect());
const failing = async (page: Embed) =>
  (await clock.until(rejection(page.session.disconnect()))) as ChektConnectError;

describe('disconnect', () => {
  beforeEach(() => (clock = nodeClock()));
  afterEach(() => clock.restore());

  it('sends one PUT to the relay, for the account that is displayed, without a body or a token', async () => {
    const page = await bound([{ status: 204 }]);
    assert.deepEqual(page.questions, []);
    await disconnect(page);
    const [{ url, body, headers }] = page.requests as [Embed['requests'][number]];
    assert.equal(
      url,
      'https://platform.example/chekt/partner/v1/dealers/12345/disconnect?external_dealer_id=adc-67890',
    );
    assert.equal(body, undefined);
    assert.equal(headers.get('Authorization'), null);
    assert.equal(headers.get('X-Requested-With'), 'XMLHttpRequest');
    assert.deepEqual(page.notifications[1], {
      type: 'disconnected',
      binding,
      traceId: headers.get('x-partner-trace-id'),
    });
  });

  it('is followed by a question to the source, and keeps the notice "disconnected"', async () => {
    const page = await bound([{ status: 204 }]);
    await disconnect(page);
    assert.equal(page.questions.length, 1);
    await clock.idle();
    assert.equal(page.state.name === 'authorized' && page.state.disconnected, 'Acme');
  });

  it('shows the known sign-in at once if this element made the connection, and asks again quietly', async () => {
    const page = await new Embed([dana], [recorded, { status: 204 }]).start(clock);
    await clock.until(page.session.connect('Acme'));
    await disconnect(page);
    assert.equal(page.state.name, 'authorized');
    await clock.advance(6_000);
    assert.equal(page.questions.length, 2);
  });

  for (const status of [200, 202, 204, 299]) {
    it(`treats ${status} as disconnected`, async () => {
      const page = await bound([{ status, json: status === 204 ? undefined : {} }]);
      await disconnect(page);
      assert.equal(page.notifications.at(-1)?.type, 'disconnected');
    });
  }

  for (const code of ['dealer_not_connected', 'connection_not_found', 'binding_not_found']) {
    it(`treats a 404 ${code} as disconnected`, async () => {
      await disconnect(await bound([refusal(404, code)]));
    });
  }

  for (const [what, json] of [
    ['with another code', { error: { code: 'dealer_not_found' } }],
    ['without CHeKT’s envelope', { error: 'dealer_not_connected' }],
    ['of a framework', { message: 'Not Found' }],
    ['without a body', undefined],
  ] as const) {
    it(`treats a 404 ${what} as the error not-found, with the binding still displayed`, async () => {
      const page = await bound([{ status: 404, json }]);
      const error = await failing(page);
      assert.deepEqual([error.code, error.outcome], ['not-found', 'not-applied']);
      assert.equal(page.state.name === 'connected' && page.state.binding, binding);
    });
  }

  it('ignores such a code in an answer other than a 404', async () => {
    assert.equal((await failing(await bound([refusal(403, 'dealer_not_connected')]))).code, 'forbidden');
  });

  it("stays connected if the platform's own session is for another account", async () => {
    const page = await bound([refusal(403, 'other_account')]);
    assert.equal((await failing(page)).apiCode, 'other_account');
    assert.equal(page.state.name, 'connected');
  });

  it('settles a lost answer with the same key, even at the next press', async () => {
    const page = await bound(['lost', 'lost', 'lost', 'lost', 'lost', { status: 204 }]);
    assert.equal((await failing(page)).outcome, 'unknown');
    await disconnect(page);
    assert.equal(new Set(page.header('Idempotency-Key')).size, 1);
  });

  it('does not repeat a 401 of the relay, which no sign-in with CHeKT would change', async () => {
    const page = await bound([refusal(401, 'login_required'), refusal(401, 'login_required')]);
    assert.equal((await failing(page)).code, 'unauthorized');
    assert.equal(page.requests.length, 1);
    assert.equal(page.state.name, 'connected');
  });

  it('cannot start without a relay: that is a configuration error, without an event', async () => {
    const page = await bound([], [dana], { disconnectBaseUrl: undefined });
    assert.equal((await failing(page)).code, 'configuration');
    assert.deepEqual([page.befores.length, page.told], [0, undefined]);
  });
});
