import { expect } from '@open-wc/testing';
import { runFast } from '../support/clock.js';
import { failure, success } from './acting.js';
import { page } from './fixture.js';

/** The version in package.json, defined by the test runner. */
declare const __VERSION__: string;

describe('diagnostics()', () => {
  runFast(4);

  it('is JSON-safe, redacted, and has what a bug report needs', async () => {
    const answer = { status: 403, json: { error: { code: 'permission_denied', request_id: 'req_1' } } };
    const { element, wire } = await page([{ status: 503 }, answer], {
      authorizeUrl: '/sign-in?secret=query-secret',
      platformScope: 'read:sites',
    });
    await failure(element.connect('Acme'));
    const snapshot = element.diagnostics();
    const json = JSON.stringify(snapshot);
    expect(JSON.parse(json)).to.deep.equal(JSON.parse(JSON.stringify(element)), 'toJSON() is the same');
    expect(json).not.to.match(/secret/);
    const { headers } = (await wire.requests())[0]!;
    expect(snapshot).to.include({ version: __VERSION__, state: 'authorized' });
    expect(snapshot.configuration).to.include({ externalDealerId: 'adc-67890', timeout: 30_000 });
    expect(snapshot.attempts.map(({ result }) => result)).to.deep.equal([503, 403]);
    for (const attempt of snapshot.attempts) {
      expect(attempt.traceId).to.equal(headers['x-partner-trace-id']);
      expect(attempt.duration).to.be.at.least(0);
      expect(Number.isNaN(Date.parse(attempt.startedAt))).to.equal(false);
    }
    expect(snapshot.attempts[1]!.requestId).to.equal('req_1');
    expect(JSON.parse(json).lastError).to.include({
      code: 'forbidden',
      apiCode: 'permission_denied',
      requestId: 'req_1',
      message: element.error!.message,
    });
  });

  it('is a snapshot that later changes do not affect', async () => {
    const { element } = await page([success]);
    const before = element.diagnostics();
    await element.connect('Acme');
    expect(before.attempts).to.deep.equal([]);
    expect(before.state).to.equal('authorized');
  });

  it('works on an element that is on no page', () => {
    const element = document.createElement('chekt-connect');
    expect(JSON.parse(JSON.stringify(element))).to.include({ state: 'unconfigured', configuration: null });
  });
});
