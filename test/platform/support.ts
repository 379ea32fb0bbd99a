import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { startDemo, type Demo } from '../../demo/server.js';
import { Browser } from '../service/browser.js';

export const DANA = 'dana@acme.example';
export const MIRA = 'mira@harbor.example';
export const ACCOUNT = 'adc-67890';
export const OTHER_ACCOUNT = 'adc-11111';

export interface LogEntry {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly traceId?: string;
  readonly idempotencyKey?: string;
  readonly attempt?: number;
}

/** The demo on free ports; every test takes a run of its own. */
export async function startWorld() {
  const demo = await startDemo({ platformPort: 0, sandboxPort: 0 });
  return {
    demo,
    close: () => demo.close(),
    visit: (run = `t-${randomUUID()}`.slice(0, 40)) => new Visit(demo, run),
  };
}

interface How {
  readonly deny?: boolean;
  readonly stopBeforeCallback?: boolean;
}

/** Goes through CHeKT's pages as a person would, to the page of the platform that it ends on. */
export async function follow(
  browser: Browser,
  authorize: URL,
  email: string,
  { deny = false, stopBeforeCallback = false }: How = {},
): Promise<URL> {
  const { origin } = authorize;
  const until = (url: URL) => stopBeforeCallback && url.pathname.endsWith('/callback');
  let at = await browser.navigate(authorize.href, { until });
  while (at.url.origin === origin) {
    const [, uid, step] = /action="\/sign-in\/([\w-]+)\/(login|consent)"/.exec(at.html) ?? [];
    assert.ok(uid, `no form on ${at.url.href}: ${at.html}`);
    const action = deny && step === 'consent' ? 'cancel' : step;
    at = await browser.navigate(`${origin}/sign-in/${uid}/${action}`, {
      method: 'POST',
      body: new URLSearchParams(step === 'login' ? { sample: email } : {}),
      headers: { Origin: origin },
      until,
    });
  }
  return at.url;
}

/** One person's browser on the platform's page, in one run. */
export class Visit {
  readonly browser = new Browser();
  readonly demo: Demo;
  readonly run: string;
  readonly base: string;
  #signIn = 'none';

  constructor(demo: Demo, run: string) {
    this.demo = demo;
    this.run = run;
    this.base = `${demo.platformOrigin}/runs/${run}/chekt`;
  }

  /** A request as the page's own script sends it. */
  send(
    method: string,
    path: string,
    json?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Response> {
    const unsafe: Record<string, string> = method === 'GET' ? {} : { Origin: this.demo.platformOrigin };
    return this.browser.fetch(this.base + path, {
      method,
      headers: { 'Sec-Fetch-Site': 'same-origin', ...unsafe, ...headers },
      ...(json === undefined ? {} : { body: JSON.stringify(json) }),
    });
  }

  get(path: string): Promise<Response> {
    return this.send('GET', path);
  }

  /** The sign-in that the page displays; what it displayed last, where nobody is signed in any more. */
  async signInId(): Promise<string> {
    const answer = await this.get('/token');
    if (answer.status === 200) this.#signIn = (await answer.json()).sign_in_id;
    return this.#signIn;
  }

  async connect(body: object = {}, key: string = randomUUID(), signIn?: string): Promise<Response> {
    return this.send(
      'PUT',
      '/partner/v1/dealers/connect',
      { external_dealer_id: ACCOUNT, company_name: 'Acme Security', ...body },
      {
        'Content-Type': 'application/json',
        'Idempotency-Key': key,
        'x-partner-trace-id': randomUUID(),
        'Chekt-Sign-In': signIn ?? (await this.signInId()),
      },
    );
  }

  disconnect(dealerId: number | string, key: string = randomUUID(), query = ''): Promise<Response> {
    return this.send('PUT', `/partner/v1/dealers/${dealerId}/disconnect${query}`, undefined, {
      'Idempotency-Key': key,
      'x-partner-trace-id': randomUUID(),
    });
  }

  /** Browser mode's connect: the page calls CHeKT itself, with the token it was handed. */
  async connectFromPage(externalDealerId = ACCOUNT): Promise<number> {
    const { access_token } = await (await this.get('/browser-token')).json();
    const response = await fetch(`${this.demo.sandboxOrigin}/runs/${this.run}/partner/v1/dealers/connect`, {
      method: 'PUT',
      headers: {
        Authorization: `Bearer ${access_token}`,
        'Content-Type': 'application/json',
        'Idempotency-Key': randomUUID(),
      },
      body: JSON.stringify({ external_dealer_id: externalDealerId, company_name: 'Acme Security' }),
    });
    assert.equal(response.status, 200);
    return (await response.json()).dealer_id;
  }

  /** Begins a sign-in and stops before CHeKT's page. */
  async authorize(reason = 'missing', headers: Record<string, string> = {}, more = ''): Promise<URL> {
    const url = `${this.base}/authorize?reason=${reason}${more}`;
    const answer = await this.browser.fetch(url, { headers });
    assert.equal(answer.status, 302);
    return new URL(answer.headers.get('Location') ?? '');
  }

  follow(authorize: URL, email: string, how: How = {}): Promise<URL> {
    return follow(this.browser, authorize, email, how);
  }

  async signIn(email: string, { reason = 'missing', ...how }: { reason?: string } & How = {}) {
    return this.follow(await this.authorize(reason), email, how);
  }

  /** Resolves when CHeKT no longer takes the token. */
  async untilRevoked(accessToken: string): Promise<void> {
    const url = `${this.demo.sandboxOrigin}/runs/${this.run}/partner/v1/dealers/12345`;
    const deadline = Date.now() + 5000;
    for (;;) {
      const { status } = await fetch(url, { headers: { Authorization: `Bearer ${accessToken}` } });
      if (status === 401) return;
      assert.ok(Date.now() < deadline, `the token still gets ${status}`);
      await setImmediate();
    }
  }

  async session() {
    return (await this.get('/session')).json();
  }

  /** The sandbox's control API. */
  async sandbox(method: string, path: string, json?: unknown) {
    const response = await fetch(`${this.demo.sandboxOrigin}/sandbox/runs/${this.run}${path}`, {
      method,
      ...(json === undefined
        ? {}
        : { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(json) }),
    });
    const text = await response.text();
    assert.ok(response.ok, `${method} ${path}: ${response.status} ${text}`);
    return text ? JSON.parse(text) : undefined;
  }

  fault(...faults: object[]): Promise<void> {
    return this.sandbox('PUT', '/faults', { faults });
  }

  async log(path: RegExp): Promise<LogEntry[]> {
    const entries: LogEntry[] = await this.sandbox('GET', '/log');
    return entries.filter((entry) => path.test(entry.path));
  }
}
