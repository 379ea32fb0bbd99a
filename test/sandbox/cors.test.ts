import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { DANA, PAGE, startSandbox, type Tester } from './support.js';

describe('CORS of the Partner API', () => {
  let sandbox: Awaited<ReturnType<typeof startSandbox>>;
  let run: Tester;
  before(async () => void (sandbox = await startSandbox()));
  after(() => sandbox.close());
  beforeEach(() => void (run = sandbox.run()));
  const preflight = (origin = PAGE) =>
    run.call('OPTIONS', '/dealers/connect', {
      headers: {
        Origin: origin,
        'Access-Control-Request-Method': 'PUT',
        'Access-Control-Request-Headers': 'authorization,content-type,idempotency-key,x-partner-trace-id',
      },
    });
  const allowed = (response: Response) => response.headers.get('Access-Control-Allow-Origin');

  it("lets the platform's page send exactly the headers of the element", async () => {
    const response = await preflight();
    assert.equal(response.status, 204);
    assert.equal(allowed(response), PAGE);
    assert.equal(
      response.headers.get('Access-Control-Allow-Headers'),
      'Accept, Content-Type, Authorization, Idempotency-Key, x-partner-trace-id',
    );
    assert.equal(response.headers.get('Access-Control-Allow-Methods'), 'GET, PUT');
    assert.equal(response.headers.get('Access-Control-Allow-Credentials'), null);
    assert.equal(response.headers.get('Vary'), 'Origin');
  });

  it('lets the page read the answer, errors and limits too', async () => {
    const response = await run.connect('bad', 'adc-67890', { headers: { Origin: PAGE } });
    assert.equal(response.status, 401);
    assert.equal(allowed(response), PAGE);
    assert.match(
      response.headers.get('Access-Control-Expose-Headers') ?? '',
      /Retry-After.*X-RateLimit-Limit.*X-RateLimit-Remaining.*X-RateLimit-Reset/,
    );
  });

  it('says nothing to another page, unless the switch lets any in', async () => {
    assert.equal(allowed(await preflight('https://evil.example')), null);
    await run.switch({ cors: 'any' });
    assert.equal(allowed(await preflight('https://evil.example')), 'https://evil.example');
  });

  it('says nothing to any page with the switch off, though the call works', async () => {
    await run.switch({ cors: 'off' });
    assert.equal(allowed(await preflight()), null);
    const response = await run.connect(await run.token(DANA), 'adc-67890', { headers: { Origin: PAGE } });
    assert.equal(response.status, 200);
    assert.equal(allowed(response), null);
  });

  it('lets a page in that was added later', async () => {
    assert.equal(allowed(await preflight('http://localhost:9000')), null);
    sandbox.allowOrigin('http://localhost:9000');
    assert.equal(allowed(await preflight('http://localhost:9000')), 'http://localhost:9000');
  });

  it('logs preflights, and does not count them as attempts', async () => {
    await preflight();
    await run.connect('bad', 'adc-67890', { headers: { Origin: PAGE } });
    assert.deepEqual(
      (await run.log()).map(({ method, attempt }) => [method, attempt]),
      [
        ['OPTIONS', null],
        ['PUT', 1],
      ],
    );
  });

  it('refuses only the preflight when a fault says so', async () => {
    await run.fault({ on: 'connect', kind: 'no-preflight' });
    const call = await run.connect(await run.token(DANA), 'adc-67890', { headers: { Origin: PAGE } });
    assert.equal(allowed(call), PAGE);
    assert.equal(allowed(await preflight()), null);
    assert.equal(allowed(await preflight()), PAGE);
  });

  it('leaves out the CORS headers, after the work is done, when a fault says so', async () => {
    await run.fault({ on: 'connect', kind: 'no-cors' });
    const response = await run.connect(await run.token(DANA), 'adc-67890', { headers: { Origin: PAGE } });
    assert.equal(response.status, 200);
    assert.equal(allowed(response), null);
    assert.equal((await run.bindings()).length, 1);
  });
});
