import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
// first: the version is read when the module is loaded
import { closePage, openPage } from './page.js';
import { Redaction } from '../../../src/authorization/redaction.js';
import { diagnose, type DiagnosticsInput } from '../../../src/element/diagnostics.js';
import { parseOptions, type HostInput } from '../../../src/element/host-options.js';
import { ChektConnectError } from '../../../src/partner-api/errors.js';

const token = 'eyJhbGciOiJSUzI1NiJ9';
const redaction = new Redaction();
redaction.add(token);

const attempt = {
  operation: 'connect',
  traceId: 't',
  startedAt: '2026-05-26T12:00:00.000Z',
  duration: 20,
  result: 503,
  requestId: 'req_1',
} as const;
const nothing: DiagnosticsInput = {
  state: 'unconfigured',
  options: undefined,
  attempts: [],
  lastError: null,
};
/** A function that throws whatever is done with it. */
function revokedFunction() {
  const { proxy, revoke } = Proxy.revocable(() => {}, {});
  revoke();
  return proxy;
}
const optionsOf = (input: object) =>
  parseOptions({ externalDealerId: 'adc-67890', ...input } as HostInput, undefined, false);

describe('diagnostics', () => {
  before(() => openPage('https://platform.example/settings'));
  after(closePage);

  it('are complete even if the host has not set anything yet', () => {
    assert.deepEqual(diagnose(nothing, redaction), {
      version: '1.2.3',
      state: 'unconfigured',
      configuration: null,
      attempts: [],
      lastError: null,
    });
  });

  it('contain the configuration without queries, functions and objects', () => {
    const options = optionsOf({
      serviceUrl: '/chekt',
      tokenUrl: '/token?secret=1',
      authorizeUrl: '/sign-in?secret=1',
      getAccessToken: undefined,
      messages: { connect: 'Go' },
    });
    const { configuration } = diagnose({ ...nothing, options }, redaction);
    assert.deepEqual(JSON.parse(JSON.stringify(configuration)), {
      externalDealerId: 'adc-67890',
      accountName: 'adc-67890',
      platformName: 'platform.example',
      platformScope: '',
      apiBaseUrl: 'https://platform.example/chekt',
      serviceMode: true,
      source: 'https://platform.example/token',
      authorizeUrl: 'https://platform.example/sign-in',
      disconnectBaseUrl: 'https://platform.example/chekt',
      companyName: '',
      authorizeTarget: '_self',
      headingLevel: 2,
      fetch: 'function',
      timeout: 30_000,
    });
  });

  for (const [what, input, source] of [
    ['a function', { getAccessToken: () => Promise.resolve(token) }, 'function'],
    ['a function in a revoked proxy', { getAccessToken: revokedFunction() }, 'function'],
    ['none', {}, undefined],
  ] as const) {
    it(`name the type of the source: ${what}`, () => {
      assert.equal(
        diagnose({ ...nothing, options: optionsOf(input) }, redaction).configuration!.source,
        source,
      );
    });
  }

  it('contain a copy of the list of attempts', () => {
    const attempts = [attempt];
    const given = diagnose({ ...nothing, attempts }, redaction).attempts;
    assert.deepEqual(given, attempts);
    assert.notEqual(given, attempts);
  });

  it('contain the last error as plain data, without its causes', () => {
    const cause = new ChektConnectError('network', 'No answer.');
    const lastError = new ChektConnectError('timeout', 'Too late.', { traceId: 't', cause });
    assert.deepEqual(diagnose({ ...nothing, lastError }, redaction).lastError, {
      name: 'ChektConnectError',
      code: 'timeout',
      message: 'Too late.',
      retryable: true,
      outcome: 'not-applied',
      traceId: 't',
    });
  });

  it('contain no token, wherever it may have been, and survive serialization as JSON', () => {
    const given = diagnose(
      {
        state: 'authorized',
        options: optionsOf({ accountName: token, platformName: `x ${token}`, apiBaseUrl: `/${token}` }),
        attempts: [{ ...attempt, requestId: token }],
        lastError: new ChektConnectError('server', `x ${token}`, { apiCode: token }),
      },
      redaction,
    );
    assert.doesNotMatch(JSON.stringify(given), /eyJ/i);
    assert.equal(given.configuration!.platformName, 'x …');
    assert.deepEqual(JSON.parse(JSON.stringify(given)).attempts, given.attempts);
  });
});
