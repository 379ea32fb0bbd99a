import { expect } from '@open-wc/testing';
import { createWire } from './wire.js';

const connectPath = '/partner/v1/dealers/connect';

/** A PUT with all the headers of the element, so that a browser sends a preflight. */
function put(base: string, init: RequestInit = {}): Promise<Response> {
  return fetch(`${base}${connectPath}`, {
    method: 'PUT',
    headers: {
      Accept: 'application/json',
      Authorization: 'Bearer abc',
      'Content-Type': 'application/json',
      'Idempotency-Key': 'key-1',
      'x-partner-trace-id': 'trace-1',
    },
    body: JSON.stringify({ company_name: 'Müller' }),
    ...init,
  });
}

describe('a wire', () => {
  it('gives its answers in order and repeats the last one', async () => {
    const wire = await createWire([{ status: 503 }, { json: { a: 1 } }]);
    expect((await fetch(wire.baseUrl)).status).to.equal(503);
    expect(await (await fetch(wire.baseUrl)).json()).to.deep.equal({ a: 1 });
    expect(await (await fetch(wire.baseUrl)).json()).to.deep.equal({ a: 1 });
    expect((await wire.requests()).map(({ answer }) => answer)).to.deep.equal([0, 1, 1]);
  });

  it('resets the connection of further requests when told so', async () => {
    const wire = await createWire([{ status: 204 }], { afterLast: 'refuse' });
    expect((await fetch(wire.baseUrl)).status).to.equal(204);
    expect(await failure(fetch(wire.baseUrl))).to.equal('TypeError');
    expect((await wire.requests()).map(({ answer }) => answer)).to.deep.equal([0, -1]);
  });

  it('gives an answer to the request it is for', async () => {
    const wire = await createWire([
      { method: 'PUT', status: 201 },
      { path: '/token', status: 401 },
    ]);
    expect((await fetch(`${wire.baseUrl}/token?reason=initial`)).status).to.equal(401);
    expect((await put(wire.baseUrl)).status).to.equal(201);
  });

  it('records what arrived', async () => {
    const wire = await createWire([{ json: {} }]);
    await put(`${wire.baseUrl}`);
    const [request] = await wire.waitForEnd();
    expect(request).to.include({ method: 'PUT', path: connectPath, recorded: true, status: 200 });
    expect(request).to.include({ body: '{"company_name":"Müller"}', end: 'answered' });
    expect(request?.headers).to.include({ 'idempotency-key': 'key-1', authorization: 'Bearer abc' });
    expect(new URL(wire.baseUrl).origin).to.equal(request?.origin);
    expect(await wire.preflights()).to.have.length(1);
  });

  it('answers on the origin of the page as well, without a preflight', async () => {
    const wire = await createWire([{ status: 403 }]);
    expect((await put(wire.sameOriginBaseUrl)).status).to.equal(403);
    const [request] = await wire.requests();
    expect(request).to.include({ origin: location.origin, path: connectPath, recorded: false });
    expect(await wire.preflights()).to.have.length(0);
  });

  it('lets the page read the headers that CHeKT exposes, and no others', async () => {
    const headers = { 'Retry-After': '7', 'X-RateLimit-Remaining': '3', 'X-Other': 'x' };
    const wire = await createWire([
      { status: 429, headers },
      { status: 429, headers, exposedHeaders: [] },
    ]);
    const exposed = await fetch(wire.baseUrl);
    expect(exposed.headers.get('Retry-After')).to.equal('7');
    expect(exposed.headers.get('X-RateLimit-Remaining')).to.equal('3');
    expect(exposed.headers.get('X-Other')).to.equal(null);
    expect((await fetch(wire.baseUrl)).headers.get('Retry-After')).to.equal(null);
  });

  it('holds an answer until it is released', async () => {
    const wire = await createWire([{ hold: true, json: 'late' }]);
    let answered = false;
    const response = fetch(wire.baseUrl).then((value) => ((answered = true), value.json()));
    const [request] = await wire.waitForRequests(1);
    expect(request?.status).to.equal(undefined);
    expect(answered).to.equal(false);
    await wire.release();
    expect(await response).to.equal('late');
  });

  it('has a port of its own on request, and takes a new script', async () => {
    const [wire, other] = await Promise.all([
      createWire([{ status: 500 }], { ownPort: true }),
      createWire([{ status: 500 }], { ownPort: true }),
    ]);
    expect(new URL(wire.baseUrl).origin).not.to.equal(new URL(other.baseUrl).origin);
    await wire.script([{ status: 202 }]);
    expect((await fetch(wire.baseUrl)).status).to.equal(202);
    await wire.close();
    expect(await failure(fetch(wire.baseUrl))).to.equal('TypeError');
  });

  it('says which requests there were when a wait times out', async () => {
    const wire = await createWire([{}]);
    await fetch(`${wire.baseUrl}/a`);
    const message = await wire.waitForRequests(2, 50).catch((error: Error) => error.message);
    expect(message).to.contain('2 requests').and.contain('GET /a (answered)');
  });
});

/** The name of the error with which a promise rejects. */
async function failure(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => 'none',
    (error: Error) => error.name,
  );
}
