import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseDealer } from '../../../src/partner-api/dealer.js';
import { parseTokenResponse } from '../../../src/authorization/token-response.js';
import { parseWireError } from '../../../src/partner-api/wire-error.js';
import { isDealer, randomBody, randomValue, seeded } from '../../fuzz/bodies.js';

const count = 10_000;
const word = /^[\w.:-]{1,64}$/;

/** Bodies with their parsed JSON, which is `undefined` if they are not JSON, as in the element. */
function* bodies(seed: number): Generator<readonly [text: string, body: unknown]> {
  const random = seeded(seed);
  for (let index = 0; index < count; index += 1) {
    const text = index % 10 === 0 ? JSON.stringify(randomValue(random, 5)) : randomBody(random);
    yield [text, parsed(text)];
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

describe(`${count} random and mutated bodies`, () => {
  it('are parsed to a binding exactly if an independent check accepts them', () => {
    let accepted = 0;
    for (const [text, body] of bodies(1)) {
      const binding = parseDealer(body);
      assert.equal(binding !== undefined, isDealer(body), text);
      if (!binding || !isDealer(body)) continue;
      accepted += 1;
      assert.ok(Object.isFrozen(binding), text);
      assert.equal(binding.dealerId, Number(body.dealer_id), text);
      assert.equal(binding.externalDealerId, body.external_dealer_id, text);
      const { dealerId, ...texts } = binding;
      assert.ok(dealerId > 0, text);
      for (const value of Object.values(texts)) assert.equal(typeof value, 'string', text);
    }
    // fuzzing proves nothing if everything or nothing is accepted
    assert.ok(accepted > count / 20 && accepted < (count * 19) / 20, `${accepted} accepted`);
  });

  it('never make parsing an error fail, and only identifiers come out of it', () => {
    let withCode = 0;
    for (const [text, body] of bodies(2)) {
      const { apiCode, requestId, field, isEnvelope } = parseWireError(body);
      for (const value of [apiCode, requestId, field])
        assert.ok(value === undefined || word.test(value), text);
      if (isEnvelope) assert.ok(apiCode, text);
      if (apiCode) withCode += 1;
    }
    assert.ok(withCode > 10, `${withCode} with a code`);
  });

  it('never make parsing a token response fail', () => {
    for (const [text, body] of bodies(3)) {
      const response = parseTokenResponse(body);
      if (!response) continue;
      for (const [name, value] of Object.entries(response)) {
        const wanted = name === 'expires_in' ? 'number' : 'string';
        assert.ok(value === undefined || typeof value === wanted, `${name} of ${text}`);
      }
    }
  });

  it('never change a prototype', () => {
    for (const [, body] of bodies(4)) {
      parseDealer(body);
      parseWireError(body);
      parseTokenResponse(body);
    }
    assert.deepEqual(Object.keys(Object.prototype), []);
    assert.equal(Object.getPrototypeOf({}), Object.prototype);
    assert.equal(({} as Record<string, unknown>)['dealer_id'], undefined);
  });
});
