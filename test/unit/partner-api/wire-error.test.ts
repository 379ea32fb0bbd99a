import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ChektConnectError, codeOfStatus } from '../../../src/partner-api/errors.js';
import { parseWireError } from '../../../src/partner-api/wire-error.js';

describe('an error body', () => {
  const nothing = { apiCode: undefined, requestId: undefined, field: undefined, isEnvelope: false };

  it('in CHeKT’s envelope gives code, request id and field', () => {
    const error = { code: 'invalid', message: 'For logs.', request_id: 'req_1', field: 'company_name' };
    assert.deepEqual(parseWireError({ error, more: 1 }), {
      apiCode: 'invalid',
      requestId: 'req_1',
      field: 'company_name',
      isEnvelope: true,
    });
  });

  it('of RFC 6749 gives its code and is not an envelope', () => {
    assert.deepEqual(parseWireError({ error: 'invalid_grant', error_description: 'For logs.' }), {
      ...nothing,
      apiCode: 'invalid_grant',
    });
  });

  for (const body of [
    undefined,
    null,
    '',
    '<p>Busy</p>',
    1,
    [],
    {},
    { message: 'Not found' },
    { error: null },
    { error: {} },
    { error: ['x'] },
    { error: { code: 5 } },
  ]) {
    it(`gives nothing: ${JSON.stringify(body)}`, () => assert.deepEqual(parseWireError(body), nothing));
  }

  it('gives only identifiers, never a text that could mislead a person', () => {
    for (const code of ['not found', '<b>', 'a'.repeat(65), '', 'ä', 'a\n'])
      assert.deepEqual(parseWireError({ error: { code, request_id: code, field: code } }), nothing, code);
  });
});

describe('an error', () => {
  const expected: Readonly<Record<string, readonly number[]>> = {
    unauthorized: [401],
    forbidden: [403],
    'not-found': [404],
    timeout: [408],
    conflict: [409],
    'rate-limited': [429],
    server: [425, 500, 501, 502, 503, 504, 599],
    'invalid-request': [400, 402, 405, 410, 418, 419, 422, 451],
    'invalid-response': [0, 200, 204, 302],
  };
  for (const [code, statuses] of Object.entries(expected)) {
    it(`has the code ${code} for ${statuses.join(', ')}`, () => {
      for (const status of statuses) assert.equal(codeOfStatus(status), code);
    });
  }

  it('is retryable if the same may succeed later, unless it is told otherwise', () => {
    const retryable = ['rate-limited', 'timeout', 'network', 'server', 'invalid-response'];
    for (const code of [
      ...Object.keys(expected),
      'network',
      'configuration',
      'vetoed',
    ] as ChektConnectError['code'][])
      assert.equal(new ChektConnectError(code, 'x').retryable, retryable.includes(code), code);
    assert.equal(new ChektConnectError('server', 'x', { retryable: false }).retryable, false);
  });

  it('serializes all its fields for loggers, including its cause', () => {
    const cause = new ChektConnectError('network', 'No answer.');
    const error = new ChektConnectError('timeout', 'Too late.', { status: 503, traceId: 't', cause });
    assert.deepEqual(JSON.parse(JSON.stringify(error)), {
      name: 'ChektConnectError',
      code: 'timeout',
      message: 'Too late.',
      retryable: true,
      outcome: 'not-applied',
      status: 503,
      traceId: 't',
      cause: {
        name: 'ChektConnectError',
        code: 'network',
        message: 'No answer.',
        retryable: true,
        outcome: 'not-applied',
      },
    });
    assert.ok(error instanceof Error);
  });
});
