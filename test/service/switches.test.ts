import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { switchList } from '../../demo/sandbox/switches.js';
import { ACCOUNT, DANA, MIRA, OTHER_ACCOUNT, startWorld, type Platform, type World } from './world.js';

/** For numeric switches: likely values and edge cases. */
const numbers: Readonly<Record<string, readonly number[]>> = {
  tokenLifetime: [30, 86_400],
  clockOffset: [-8, 8],
};

describe("the main flow under every answer to CHeKT's open questions", () => {
  let world: World;
  before(async () => void (world = await startWorld()));
  after(() => world.close());

  /** Repeats a request after a 429 has asked to wait. */
  async function patiently(ask: () => Promise<Response>): Promise<Response> {
    for (let attempt = 0; ; attempt++) {
      const answer = await ask();
      if (answer.status !== 429 || attempt > 5) return answer;
      const seconds = Number(answer.headers.get('Retry-After'));
      assert.ok(seconds >= 1 && seconds <= 5, `${seconds}`);
      await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
    }
  }

  async function walk(platform: Platform): Promise<void> {
    const person = platform.person();
    await person.signIn(DANA);
    const answer = await patiently(() => person.connect());
    assert.equal(answer.status, 200, await answer.clone().text());
    const { binding, bindingStatus } = await person.session();
    assert.equal(bindingStatus, 'connected');
    assert.equal(binding.dealerId, 12345);

    await person.signIn(DANA); // once more with the id it has
    const again = await patiently(() => person.connect());
    assert.ok([200, 409].includes(again.status));
    assert.equal((await person.session()).bindingStatus, 'connected');

    const other = platform.person({ actor: 'u2', accounts: [OTHER_ACCOUNT] });
    await other.signIn(MIRA);
    assert.equal((await patiently(() => other.connect({ account: OTHER_ACCOUNT }))).status, 200);

    const ended = await patiently(() => person.disconnect(12345));
    assert.ok([200, 204].includes(ended.status), `${ended.status}`);
    assert.equal((await person.session()).bindingStatus, 'none');
    assert.deepEqual(
      (await platform.bound()).map(({ externalDealerId }) => externalDealerId),
      [OTHER_ACCOUNT],
    );
    const actions = (await platform.chekt.audit({ externalDealerId: ACCOUNT })).items.map(
      ({ action }) => action,
    );
    assert.deepEqual([actions[0], actions.at(-1)], ['connect.recorded', 'disconnect.recorded']);
    assert.equal((await platform.options.store.inspect()).unsettledOperations, 0);
  }

  for (const { name, values } of switchList) {
    for (const value of values ?? numbers[name] ?? []) {
      it(`works with ${name}: ${value}`, async () => {
        const platform = await world.platform(({ platformClient }) => ({
          platformClient: {
            ...platformClient,
            extraTokenParameters:
              name === 'partnerClaim' && value === 'required'
                ? (dealerId) => ({
                    'https://api.chektdev.com/claims/partner': JSON.stringify({
                      dealer_id: String(dealerId),
                    }),
                  })
                : {},
          },
        }));
        await platform.switch({ [name]: value });
        await walk(platform);
      });
    }
  }
});
