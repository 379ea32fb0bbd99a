import assert from 'node:assert/strict';
import { describe, it, mock } from 'node:test';
import { newOperation, outcomeOf, withNewKey } from '../../../src/partner-api/operation.js';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe('an operation', () => {
  it('has a trace id and a key that are unique UUIDs of version 4 in lower case', () => {
    const seen = new Set<string>();
    for (let turn = 0; turn < 500; turn++) {
      for (const id of [newOperation().traceId, newOperation().idempotencyKey]) {
        assert.match(id, uuid);
        seen.add(id);
      }
    }
    assert.equal(seen.size, 1_000);
  });

  it('has valid ids even if all random bytes are 0 or 255', () => {
    for (const [byte, expected] of [
      [0, '00000000-0000-4000-8000-000000000000'],
      [255, 'ffffffff-ffff-4fff-bfff-ffffffffffff'],
    ] as const) {
      const random = mock.method(crypto, 'getRandomValues', (bytes: Uint8Array) => bytes.fill(byte));
      assert.equal(newOperation().traceId, expected);
      random.mock.restore();
    }
  });

  it('does not use randomUUID, which needs a secure context', () => {
    const random = mock.method(crypto, 'randomUUID');
    newOperation();
    assert.equal(random.mock.callCount(), 0);
    random.mock.restore();
  });

  it('starts with nothing sent, so that nothing can have been applied', () => {
    const operation = newOperation();
    assert.deepEqual([operation.sent, outcomeOf(operation)], [0, 'not-applied']);
  });

  it('gets a new key for another sign-in and keeps the rest', () => {
    const operation = { ...newOperation(), signInId: 'sign-in-1', sent: 2, onlyRefused: false };
    const { idempotencyKey, ...rest } = withNewKey(operation, 'sign-in-2');
    assert.match(idempotencyKey, uuid);
    assert.notEqual(idempotencyKey, operation.idempotencyKey);
    const { traceId, sent, onlyRefused } = operation;
    assert.deepEqual(rest, { traceId, sent, onlyRefused, signInId: 'sign-in-2' });
  });
});
