import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { Browser } from './browser.js';
import { ACCOUNT, loginCookie, type Login } from './world.js';

interface How {
  readonly reason?: string;
  readonly deny?: boolean;
  readonly stopBeforeCallback?: boolean;
  readonly account?: string;
  readonly returnTo?: string;
}

interface ConnectCall {
  readonly key?: string;
  readonly signInId?: string | null;
  readonly account?: string;
  readonly companyName?: string;
}

/** Where the service is. */
interface Place {
  readonly origin: string;
  readonly options: { readonly basePath?: string };
}

/** One person's browser on the platform's pages. */
export class Person<At extends Place = Place> {
  readonly browser = new Browser();
  readonly platform: At;
  readonly base: string;
  login: Login;

  constructor(platform: At, login: Partial<Login>) {
    this.platform = platform;
    this.base = platform.origin + (platform.options.basePath ?? '/chekt');
    this.login = { sessionId: randomUUID(), actor: 'u1', accounts: [ACCOUNT], ...login };
    this.logIn(this.login);
  }

  logIn(login: Login): void {
    this.login = login;
    const value = loginCookie(login).slice('login='.length);
    this.browser.cookies.set('login;localhost;/', { host: 'localhost', path: '/', value, attributes: '' });
  }

  logOut(): void {
    this.browser.cookies.delete('login;localhost;/');
  }

  /** A request as the page's own script sends it. */
  send(
    method: string,
    path: string,
    json?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Response> {
    const unsafe: Record<string, string> = method === 'GET' ? {} : { Origin: this.platform.origin };
    const type: Record<string, string> = json === undefined ? {} : { 'Content-Type': 'application/json' };
    return this.browser.fetch(this.base + path, {
      method,
      headers: { 'Sec-Fetch-Site': 'same-origin', ...unsafe, ...type, ...headers },
      ...(json === undefined ? {} : { body: JSON.stringify(json) }),
    });
  }

  get(path: string): Promise<Response> {
    return this.send('GET', path);
  }

  async session(account?: string) {
    return (
      await this.get(`/session${account === undefined ? '' : `?external_dealer_id=${account}`}`)
    ).json();
  }

  async token(query = 'reason=initial') {
    const answer = await this.get(`/token?${query}`);
    return answer.status === 204 ? null : answer.json();
  }

  async connect({
    key = randomUUID(),
    signInId,
    account = ACCOUNT,
    companyName = 'Acme Security',
  }: ConnectCall = {}) {
    const shown =
      signInId === undefined ? (await this.token(`external_dealer_id=${account}`))?.sign_in_id : signInId;
    return this.send(
      'PUT',
      '/partner/v1/dealers/connect',
      { external_dealer_id: account, company_name: companyName },
      {
        'Idempotency-Key': key,
        'x-partner-trace-id': randomUUID(),
        ...(shown == null ? {} : { 'Chekt-Sign-In': shown }),
      },
    );
  }

  disconnect(dealerId: number | string, { key = randomUUID(), account = ACCOUNT } = {}): Promise<Response> {
    return this.send(
      'PUT',
      `/partner/v1/dealers/${dealerId}/disconnect?external_dealer_id=${account}`,
      undefined,
      {
        'Idempotency-Key': key,
        'x-partner-trace-id': randomUUID(),
      },
    );
  }

  authorizeUrl({ reason = 'missing', account, returnTo = '/' }: How = {}): string {
    const query = new URLSearchParams({ reason, return_to: returnTo });
    if (account !== undefined) query.set('external_dealer_id', account);
    return `${this.base}/authorize?${query}`;
  }

  /** Begins a sign-in and stops before CHeKT's page. */
  async authorize(how: How = {}, headers: Record<string, string> = {}): Promise<URL> {
    const answer = await this.browser.fetch(this.authorizeUrl(how), { headers });
    assert.equal(answer.status, 302, await answer.text());
    return new URL(answer.headers.get('Location') ?? '');
  }

  /** Goes through CHeKT's pages, to the page of the platform that it ends on. */
  async follow(
    authorize: URL,
    email: string,
    { deny = false, stopBeforeCallback = false }: How = {},
  ): Promise<URL> {
    const { origin } = authorize;
    const until = (url: URL) => stopBeforeCallback && url.pathname.endsWith('/callback');
    let at = await this.browser.navigate(authorize.href, { until });
    while (at.url.origin === origin) {
      const [, uid, step] = /action="\/sign-in\/([\w-]+)\/(login|consent)"/.exec(at.html) ?? [];
      assert.ok(uid, `no form on ${at.url.href}: ${at.html}`);
      const action = deny && step === 'consent' ? 'cancel' : step;
      at = await this.browser.navigate(`${origin}/sign-in/${uid}/${action}`, {
        method: 'POST',
        body: new URLSearchParams(step === 'login' ? { sample: email } : {}),
        headers: { Origin: origin },
        until,
      });
    }
    return at.url;
  }

  async signIn(email: string, how: How = {}): Promise<URL> {
    return this.follow(await this.authorize(how), email, how);
  }
}
