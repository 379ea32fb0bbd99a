import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseTokenResponse } from '../../../src/authorization/token-response.js';

/** Without the undefined fields. */
const parse = (value: unknown) => {
  const response = parseTokenResponse(value);
  return response && (JSON.parse(JSON.stringify(response)) as typeof response);
};

describe('a token response', () => {
  it('is parsed from the wire, without unknown fields', () => {
    const response = {
      access_token: 'token-1',
      token_type: 'Bearer',
      expires_in: 3600,
      scope: 'openid read:sites',
      refresh_token: 'refresh-1',
      id_token: 'a.b.c',
      name: 'Dana Reyes',
      email: 'dana@acme.example',
      company_name: 'Acme ',
      dealer_id: '12345',
      sign_in_id: 'sign-in-1',
      external_dealer_id: 'adc-67890',
    };
    assert.deepEqual(parse({ ...response, unknown: 1 }), response);
  });

  it('may be empty, because there is no token in service mode', () => assert.deepEqual(parse({}), {}));

  for (const value of [undefined, null, 'token-1', 5, true, [], [{ access_token: 'token-1' }]]) {
    it(`cannot be ${JSON.stringify(value)}`, () => assert.equal(parse(value), undefined));
  }

  it('keeps the token exactly as it came, because it is only checked before a header is built', () => {
    assert.equal(parse({ access_token: ' a\nb ' })?.access_token, ' a\nb ');
  });

  for (const [expires_in, expected] of [
    [3600, 3600],
    ['3600', 3600],
    [0, 0],
    [-1, -1],
    ['', undefined],
    ['soon', undefined],
    [null, undefined],
    [true, undefined],
  ] as const) {
    it(`has expires_in ${expected ?? 'absent'} for ${JSON.stringify(expires_in)}`, () => {
      assert.equal(parse({ expires_in })?.expires_in, expected);
    });
  }

  it('has dealer_id as a string, whether it came as a number or as a string', () => {
    assert.equal(parse({ dealer_id: 12345 })?.dealer_id, '12345');
    assert.equal(parse({ dealer_id: ' 12345 ' })?.dealer_id, '12345');
    assert.equal(parse({ dealer_id: {} })?.dealer_id, undefined);
  });

  it('has a sign_in_id only if it consists of 1 to 64 characters that a header can carry', () => {
    for (const id of ['a', 'A.z_0~-9', 'x'.repeat(64)])
      assert.equal(parse({ sign_in_id: id })?.sign_in_id, id);
    for (const id of ['', 'x'.repeat(65), 'a b', 'a\nb', 'a\n', 'ä', 'a/b', 5, null])
      assert.equal(parse({ sign_in_id: id })?.sign_in_id, undefined, JSON.stringify(id));
  });

  it('treats a field of the wrong type as absent, and keeps the others', () => {
    assert.deepEqual(parse({ access_token: 5, name: ['Dana'], scope: {}, email: 'dana@acme.example' }), {
      email: 'dana@acme.example',
    });
  });
});
