import assert from 'node:assert/strict';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, it } from 'node:test';
import { request, type HttpAnswer } from '../../../src/partner-api/request.js';

interface Given {
  readonly timeout?: number;
  readonly init?: RequestInit;
  readonly signal?: AbortSignal;
  readonly fetch?: typeof fetch;
}

/** Sends one request to a real server with this listener. */
async function ask(listener: RequestListener, { timeout = 5_000, fetch, ...given }: Given = {}) {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  try {
    return await request({ fetch: fetch ?? globalThis.fetch, url, timeout, ...given });
  } finally {
    server.closeAllConnections();
    server.close();
  }
}
/** A response with one property that throws an error, which quotes the token. */
const throwing = (property: 'status' | 'headers' | 'body') =>
  Object.defineProperty(new Response('{}'), property, {
    get: () => {
      throw new Error('Bearer token-1');
    },
  });
const answering =
  (status: number, body: string, headers: Record<string, string> = {}): RequestListener =>
  (_, response) =>
    response.writeHead(status, headers).end(body);

describe('an HTTP request', () => {
  it('returns status, headers and parsed body', async () => {
    const answer = (await ask(answering(429, '{"a":1}', { 'Retry-After': '7' }))) as HttpAnswer;
    assert.deepEqual([answer.status, answer.body], [429, { a: 1 }]);
    assert.equal(answer.headers.get('Retry-After'), '7');
  });

  it('sends what it is given, without cache, redirects and cookies of other origins', async () => {
    let sent: { method?: string; header?: string; body: string } | undefined;
    let init: RequestInit | undefined;
    await ask(
      (incoming, response) => {
        let body = '';
        incoming.on('data', (chunk) => (body += chunk));
        incoming.on('end', () => {
          sent = { method: incoming.method, header: incoming.headers['x-test'] as string, body };
          response.end();
        });
      },
      {
        init: { method: 'PUT', headers: { 'X-Test': '1' }, body: '{}' },
        fetch: (url, given) => {
          init = given;
          return fetch(url, given);
        },
      },
    );
    assert.deepEqual(sent, { method: 'PUT', header: '1', body: '{}' });
    assert.deepEqual([init!.redirect, init!.credentials], ['manual', 'same-origin']);
  });

  for (const body of ['', '<p>Busy</p>', '{', 'undefined', '\ufffd']) {
    it(`ignores a body that is not JSON: ${JSON.stringify(body)}`, async () => {
      const answer = (await ask(answering(503, body))) as HttpAnswer;
      assert.deepEqual([answer.status, answer.body], [503, undefined]);
    });
  }

  // node-fetch/node-fetch #541, forwardemail/superagent #1249: Windows servers write one
  it('parses JSON after a byte order mark, from a stream and from a polyfill without streams', async () => {
    const withoutStream: typeof fetch = async (...asked) => {
      const response = await fetch(...asked);
      const { status, ok, headers } = response;
      return { status, ok, headers, text: () => response.text() } as Response;
    };
    for (const how of [fetch, withoutStream]) {
      const answer = (await ask(answering(200, '\ufeff{"a":1}'), { fetch: how })) as HttpAnswer;
      assert.deepEqual(answer.body, { a: 1 });
    }
  });

  it('decodes UTF-8 that is split between packets', async () => {
    const bytes = Buffer.from(JSON.stringify('Zoë 김 👩‍🔧'));
    const answer = (await ask((_, response) => {
      const next = (at: number) => {
        if (at === bytes.length) return response.end();
        response.write(bytes.subarray(at, at + 1), () => setImmediate(next, at + 1));
      };
      next(0);
    })) as HttpAnswer;
    assert.equal(answer.body, 'Zoë 김 👩‍🔧');
  });

  it('does not follow a redirect', async () => {
    let requests = 0;
    const answer = await ask((_, response) => {
      requests++;
      response.writeHead(302, { Location: '/elsewhere' }).end();
    });
    assert.equal(requests, 1);
    // a browser would say 0 and hide the rest
    assert.equal((answer as HttpAnswer).status, 302);
  });

  it('reads at most 64 kB and cancels the rest', async () => {
    let sent = 0;
    const answer = (await ask((_, response) => {
      const more = () => {
        sent++;
        if (sent < 500) response.write(' '.repeat(64 * 1024), () => setImmediate(more));
        else response.end('1');
      };
      more();
    })) as HttpAnswer;
    assert.deepEqual([answer.status, answer.body], [200, undefined]);
    assert.ok(sent < 500, `${sent}`);
    const long = 'x'.repeat(60 * 1024);
    assert.equal(((await ask(answering(200, JSON.stringify(long)))) as HttpAnswer).body, long);
  });

  it('results in `network` if the connection breaks off', async () => {
    assert.equal(await ask((_, response) => response.destroy()), 'network');
  });

  const breakingOff =
    (status: number): RequestListener =>
    (_, response) => {
      response.writeHead(status, { 'Content-Length': '100' });
      response.write('{"a":1}', () => response.destroy());
    };
  it('results in `network` if a success breaks off', async () => {
    assert.equal(await ask(breakingOff(200)), 'network');
  });

  it('keeps the status of a refusal that breaks off', async () => {
    const answer = (await ask(breakingOff(403))) as HttpAnswer;
    assert.deepEqual([answer.status, answer.body], [403, undefined]);
  });

  it('results in `timeout` if the answer, or the body of a success, takes too long', async () => {
    assert.equal(await ask(() => {}, { timeout: 100 }), 'timeout');
    const stalled: RequestListener = (_, response) => response.write('{');
    assert.equal(await ask(stalled, { timeout: 200 }), 'timeout');
  });

  it('keeps the status of a refusal whose body stalls', async () => {
    const stalled: RequestListener = (_, response) => response.writeHead(403).write('{');
    assert.equal(((await ask(stalled, { timeout: 200 })) as HttpAnswer).status, 403);
  });

  it('is not sent if its signal is already aborted', async () => {
    const signal = AbortSignal.abort();
    let requests = 0;
    const counting: typeof fetch = () => {
      requests++;
      return new Promise(() => {});
    };
    await ask(() => {}, { signal, fetch: counting });
    assert.equal(requests, 0);
  });

  it('aborts the request of the host’s fetch, and does not wait for it', async () => {
    const controller = new AbortController();
    let given: AbortSignal | undefined;
    const never: typeof fetch = (_, init) => {
      given = init!.signal!;
      setImmediate(() => controller.abort());
      return new Promise(() => {});
    };
    await ask(() => {}, { signal: controller.signal, fetch: never });
    assert.ok(given!.aborted);
  });

  for (const [what, failing] of [
    ['rejects', () => Promise.reject(new Error('Bearer token-1'))],
    [
      'throws',
      () => {
        throw new Error('Bearer token-1');
      },
    ],
    ['resolves with undefined', () => Promise.resolve(undefined as never)],
    ['resolves with an object whose status throws', () => Promise.resolve(throwing('status'))],
    [
      'resolves with an object whose status throws when it is compared',
      () => {
        const status = {
          valueOf() {
            throw new Error('Bearer token-1');
          },
        };
        return Promise.resolve({ ok: true, status, headers: {}, text: async () => '{}' } as never);
      },
    ],
    ['resolves with an object whose headers throw', () => Promise.resolve(throwing('headers'))],
    ['resolves with an object whose body throws', () => Promise.resolve(throwing('body'))],
  ] as const) {
    it(`results in \`network\` if the host’s fetch ${what}, and the error is not passed on`, async () => {
      assert.equal(await ask(() => {}, { fetch: failing }), 'network');
    });
  }

  it('copies the headers, which the host’s fetch may return as a plain object', async () => {
    const headers = { 'Retry-After': '7' };
    const plain = { status: 429, headers, text: () => Promise.resolve('') };
    const answer = await ask(() => {}, { fetch: () => Promise.resolve(plain as never) });
    assert.equal((answer as HttpAnswer).headers.get('Retry-After'), '7');
  });

  it('reads the answer of a polyfill without streams', async () => {
    const polyfill = (text: string) =>
      ({ ok: true, status: 200, headers: new Headers(), text: () => Promise.resolve(text) }) as Response;
    const read = async (text: string) =>
      ((await ask(() => {}, { fetch: () => Promise.resolve(polyfill(text)) })) as HttpAnswer).body;
    assert.deepEqual(await read('{"a":1}'), { a: 1 });
    assert.equal(await read(`"${'x'.repeat(70_000)}"`), undefined);
  });
});
