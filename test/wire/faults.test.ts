import { expect } from '@open-wc/testing';
import { type Answer, createWire, type Fault } from './wire.js';

const json = { dealer_id: 12345, company_name: 'Acme Security Systems, Inc.' };

interface Seen {
  readonly status?: number;
  readonly text?: string;
  readonly error?: string;
}

async function put(url: string, signal?: AbortSignal): Promise<Seen> {
  try {
    const response = await fetch(url, {
      method: 'PUT',
      headers: { 'Idempotency-Key': 'key-1', 'Content-Type': 'application/json' },
      body: '{}',
      redirect: 'manual',
      signal: signal ?? null,
    });
    try {
      return { status: response.status, text: await response.text() };
    } catch {
      return { status: response.status, error: 'body' };
    }
  } catch (error) {
    return { error: (error as Error).name };
  }
}

/** What the page and the server see of one PUT with this fault. */
async function tryFault(fault: Fault, more: Answer = {}) {
  const wire = await createWire([{ json, fault, ...more }, { status: 299 }]);
  const seen = await put(wire.baseUrl);
  return { seen, requests: await wire.waitForEnd() };
}

describe('a fault of the wire', () => {
  it('resets the connection before the request is recorded, and the browser does not repeat it', async () => {
    const { seen, requests } = await tryFault({ kind: 'reset', at: 'before-request-recorded' });
    expect(seen).to.deep.equal({ error: 'TypeError' });
    expect(requests).to.have.length(1);
    expect(requests[0]).to.include({ recorded: false, end: 'cut', answer: 0 });
  });

  it('resets the connection after the request is recorded, and the browser does not repeat it', async () => {
    const { seen, requests } = await tryFault({ kind: 'reset', at: 'after-request-recorded' });
    expect(seen).to.deep.equal({ error: 'TypeError' });
    expect(requests).to.have.length(1);
    expect(requests[0]).to.include({ recorded: true, end: 'cut', body: '{}' });
  });

  it('resets the connection during the body', async () => {
    const { seen, requests } = await tryFault({ kind: 'reset', at: 'during-body' });
    expect(seen).to.deep.equal({ status: 200, error: 'body' });
    expect(requests[0]).to.include({ recorded: true, end: 'cut', status: 200 });
  });

  it('ends the body before its announced length', async () => {
    const { seen, requests } = await tryFault({ kind: 'truncated' });
    expect(seen.status).to.equal(200);
    const half = JSON.stringify(json).slice(0, JSON.stringify(json).length / 2);
    // WebKitGTK takes an early end for the end of the body; the others reject.
    expect(seen.text ?? half).to.equal(half);
    expect(requests[0]).to.include({ end: 'cut', bytesSent: half.length });
  });

  it('answers with something that is not HTTP', async () => {
    const { seen } = await tryFault({ kind: 'not-http' });
    expect(seen).to.deep.equal({ error: 'TypeError' });
  });

  for (const at of ['before-headers', 'after-headers'] as const) {
    it(`stalls ${at} until the page gives up`, async () => {
      const wire = await createWire([{ json, fault: { kind: 'stall', at } }], { ownPort: true });
      const controller = new AbortController();
      const seen = put(wire.baseUrl, controller.signal);
      const [open] = await wire.waitForRequests(1);
      expect(open?.end).to.equal('open');
      if (at === 'after-headers') await wire.waitForBytes(1);
      controller.abort();
      await seen;
      expect((await wire.waitForEnd())[0]).to.include({ end: 'aborted', recorded: true });
      await wire.close();
    });
  }

  it('drips a body that is whole in the end', async () => {
    const { seen, requests } = await tryFault({ kind: 'drip', bytes: 16, everyMs: 5 });
    expect(seen).to.deep.equal({ status: 200, text: JSON.stringify(json) });
    expect(requests[0]?.end).to.equal('answered');
  });

  for (const declared of [true, false]) {
    it(`sends 50 MB, ${declared ? 'announced' : 'unannounced'}, no further than the page reads`, async () => {
      const fault: Fault = { kind: 'huge', megabytes: 50, declared };
      const wire = await createWire([{ json, fault }], { ownPort: true });
      const response = await fetch(wire.baseUrl);
      expect(response.headers.has('Content-Length')).to.equal(declared);
      const reader = response.body?.getReader();
      const first = await reader?.read();
      expect(new TextDecoder().decode(first?.value)).to.contain('12345');
      await reader?.cancel();
      const [request] = await wire.waitForEnd();
      expect(request?.end).to.equal('aborted');
      expect(request?.bytesSent).to.be.below(10 * 1024 * 1024);
    });
  }

  it('answers without the CORS headers', async () => {
    const wire = await createWire([{ json, cors: false }]);
    expect(await put(wire.baseUrl)).to.deep.equal({ error: 'TypeError' });
    expect((await wire.requests())[0]).to.include({ recorded: true, status: 200 });
  });

  for (const preflight of ['refused', 'reset'] as const) {
    it(`lets the preflight be ${preflight}, and answers the next one`, async () => {
      const wire = await createWire([{ preflight }, { json }]);
      expect(await put(wire.baseUrl)).to.deep.equal({ error: 'TypeError' });
      expect(await wire.requests()).to.have.length(0);
      expect((await wire.preflights())[0]).to.include({ answer: 0, method: 'OPTIONS' });
      expect(await put(wire.baseUrl)).to.include({ status: 200 });
    });
  }

  for (const redirect of ['same-origin', 'other-origin'] as const) {
    it(`redirects to the ${redirect}`, async () => {
      const wire = await createWire([{ redirect }, { json }]);
      expect(await put(wire.baseUrl)).to.deep.equal({ status: 0, text: '' });
      expect(await wire.requests()).to.have.length(1);
      const followed = await fetch(`${wire.baseUrl}/x`);
      expect(await followed.json()).to.deep.equal(json);
      const again = await createWire([{ redirect }, { json }]);
      await fetch(again.baseUrl);
      const base = redirect === 'same-origin' ? again.baseUrl : again.otherBaseUrl;
      expect((await again.requests()).at(-1)).to.include({
        path: '/redirected',
        origin: new URL(base).origin,
      });
    });
  }

  it('redirects on the origin of the page', async () => {
    const wire = await createWire([{ redirect: 'same-origin' }, { json }]);
    expect(await (await fetch(wire.sameOriginBaseUrl)).json()).to.deep.equal(json);
    expect((await wire.requests()).at(-1)).to.include({ path: '/redirected', origin: location.origin });
  });

  it('can be an address on which nothing listens', async () => {
    const wire = await createWire([]);
    expect(await put(wire.refusedUrl)).to.deep.equal({ error: 'TypeError' });
  });

  it('breaks the connection on the origin of the page', async () => {
    const wire = await createWire([{ fault: { kind: 'reset', at: 'after-request-recorded' } }, { json }]);
    expect(await put(wire.sameOriginBaseUrl)).to.deep.equal({ error: 'TypeError' });
    expect(await wire.requests()).to.have.length(1);
    const token = await createWire([{ fault: { kind: 'reset', at: 'after-request-recorded' } }, { json }]);
    await fetch(token.sameOriginBaseUrl).catch(() => undefined);
    expect(await token.requests()).to.have.length(1);
  });
});
