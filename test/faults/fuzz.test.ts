import { expect } from '@open-wc/testing';
import type { Binding, ChektConnectError } from '../../src/index.js';
import { embed } from '../element/fixture.js';
import { isDealer, randomBody, seeded } from '../fuzz/bodies.js';
import { runFast } from '../support/clock.js';
import { createWire } from '../wire/wire.js';

const seed = 20_260_101;
const count = 80;

/** Parses the text like the browser does: UTF-8 without its byte order mark, as JSON. */
function read(text: string): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(new TextEncoder().encode(text)));
  } catch {
    return undefined;
  }
}

describe(`${count} random and mutated bodies over the wire`, () => {
  runFast(20);

  it('are reported as connected exactly when an independent check accepts them for this id', async function () {
    this.timeout(60_000);
    const random = seeded(seed);
    const wire = await createWire([]);
    const { element, events } = embed({
      apiBaseUrl: wire.baseUrl,
      getAccessToken: async () => 'token-1',
      timeout: 200_000,
    });
    await element.ready;
    const endings: Record<string, number> = {};
    for (let index = 0; index < count; index += 1) {
      const text = randomBody(random);
      const body = read(text);
      const accepted = isDealer(body) && body.external_dealer_id === 'adc-67890';
      await wire.script([{ status: 200, body: text }]);
      const result: Binding | ChektConnectError = await element
        .connect(`Company ${index}`)
        .catch((error: ChektConnectError) => error);
      const ending = 'code' in result ? result.code : 'connected';
      expect(ending, text).to.equal(accepted ? 'connected' : 'invalid-response');
      endings[ending] = (endings[ending] ?? 0) + 1;
      element.binding = null;
      await element.updateComplete;
      expect(element.state).to.equal('authorized');
    }
    expect(Object.keys(endings)).to.have.members(['connected', 'invalid-response']);
    const ends = events.filter(({ type }) => /^chekt-(connected|error)$/.test(type));
    expect(ends).to.have.length(count);
  });
});
