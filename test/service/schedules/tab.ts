import { PEOPLE, type Issuer } from './model/issuer.js';
import { ACCOUNTS, BASE, ORIGIN } from './platform.js';

/** What a person has agreed to by pressing Connect: what was on the screen then. */
export interface Consent {
  readonly account: string;
  readonly sub: string;
  readonly signInId: string;
  readonly traceId: string;
  readonly pressedAt: number;
}

/** A faulty page sends another tab's key with the sign-in that it shows itself. */
export interface Misuse {
  readonly key: string;
  readonly account: string;
  readonly sub: string;
  /** How many requests had arrived at CHeKT before. */
  readonly arrivedBefore: number;
}

/** What the element was told about the operation of a key. */
export interface Told {
  readonly key: string;
  readonly kind: 'connect' | 'disconnect';
  /** The dealer to disconnect. */
  readonly dealerId: number;
  readonly status: number;
  readonly code: string | undefined;
}

interface Operation {
  readonly key: string;
  readonly kind: 'connect' | 'disconnect';
  readonly dealerId: number;
  readonly consent: Consent;
  isOpen: boolean;
}

/** Everything that people have agreed to and were told in one schedule. */
export class Record {
  readonly consents = new Map<string, Consent>();
  /** The sign-ins that requests with a key have named: more than one only by misuse. */
  readonly named = new Map<string, Set<string>>();
  readonly misuses: Misuse[] = [];
  /** The keys of all requests, in order. */
  readonly sent: string[] = [];
  readonly told: Told[] = [];
  #keys = 0;

  newKey(): string {
    return `00000000-0000-4000-8000-${String((this.#keys += 1)).padStart(12, '0')}`;
  }
}

/** A browser of one person: two tabs have one login. */
export class Browser {
  readonly actor: string;
  #logins = 1;
  isLoggedIn = true;

  constructor(actor: string) {
    this.actor = actor;
  }

  get sessionId(): string {
    return `${this.actor}-login-${this.#logins}`;
  }

  get headers(): globalThis.Record<string, string> {
    return this.isLoggedIn ? { 'X-Login': `${this.actor}/${this.sessionId}` } : {};
  }

  logIn(): void {
    if (this.isLoggedIn) return;
    this.#logins += 1;
    this.isLoggedIn = true;
  }
}

/** After this time, the element does not repeat an operation, and CHeKT does not remember it. */
const KEY_LIFE = 23 * 60 * 60_000;

/** Where a page sends its requests: one of the processes. */
export interface Server {
  request(at: number, request: Request): Promise<Response | 'dead'>;
}

/** A page with the element, as far as the service sees it. */
export class Tab {
  readonly browser: Browser;
  readonly #platform: Server;
  readonly #record: Record;
  account: string = ACCOUNTS[0];
  /** The person on the screen. */
  #shown: { readonly signInId: string; readonly sub: string } | undefined;
  #dealerId: number | undefined;
  #callback: URL | undefined;
  operation: Operation | undefined;

  constructor(browser: Browser, platform: Server, record: Record) {
    this.browser = browser;
    this.#platform = platform;
    this.#record = record;
  }

  async authorize(at: number, issuer: Issuer, who: number, decision: 'allow' | 'deny'): Promise<void> {
    const query = `reason=missing&return_to=/&external_dealer_id=${this.account}`;
    const answer = await this.#send(at, 'GET', `/authorize?${query}`);
    const location = answer === 'dead' ? null : answer.headers.get('Location');
    if (location === null) return;
    this.#callback = issuer.authorize(new URL(location), PEOPLE[who % PEOPLE.length]!, decision);
  }

  /** Opens the callback, possibly a second time or with another login in the browser. */
  async comeBack(at: number): Promise<void> {
    if (this.#callback) await this.#send(at, 'GET', `/callback${this.#callback.search}`);
  }

  async look(at: number, reason: string): Promise<void> {
    const query = `reason=${reason}&external_dealer_id=${this.account}`;
    const answer = await this.#send(at, 'GET', `/token?${query}`);
    if (answer === 'dead') return;
    this.#shown = undefined;
    if (answer.status !== 200) return;
    const { sign_in_id: signInId, sub } = (await answer.json()) as { sign_in_id: string; sub: string };
    this.#shown = { signInId, sub };
  }

  async session(at: number): Promise<void> {
    const answer = await this.#send(at, 'GET', `/session?external_dealer_id=${this.account}`);
    if (answer === 'dead' || answer.status !== 200) return;
    const { binding } = (await answer.json()) as { binding: { dealerId: number } | null };
    this.#dealerId = binding?.dealerId;
  }

  /** Switches the tab to the page of another account. */
  switchAccount(): void {
    this.account = ACCOUNTS.find((id) => id !== this.account)!;
    this.#shown = this.#dealerId = this.operation = undefined;
  }

  get showsPerson(): boolean {
    return this.#shown !== undefined;
  }

  /** Presses Connect for the person on the screen, whoever is signed in at the service by now. */
  async connect(at: number): Promise<void> {
    if (!this.#shown) return;
    const key = this.#record.newKey();
    const { account } = this;
    const consent = { account, ...this.#shown, traceId: traceOf(key), pressedAt: Date.now() };
    this.#record.consents.set(key, consent);
    this.operation = { key, kind: 'connect', dealerId: 0, consent, isOpen: true };
    await this.repeat(at);
  }

  async disconnect(at: number): Promise<void> {
    if (this.#dealerId === undefined) return;
    const key = this.#record.newKey();
    const consent = {
      ...{ account: this.account, sub: '', signInId: '' },
      ...{ traceId: traceOf(key), pressedAt: Date.now() },
    };
    this.operation = { key, kind: 'disconnect', dealerId: this.#dealerId, consent, isOpen: true };
    await this.repeat(at);
  }

  /** Repeats the operation, like the element after a lost answer or a person with "Check again". */
  async repeat(at: number): Promise<void> {
    const { operation } = this;
    if (!operation?.isOpen || Date.now() - operation.consent.pressedAt > KEY_LIFE) return;
    await this.#operate(at, operation, operation.consent.signInId);
  }

  /** Sends another tab's key with this tab's sign-in, like a faulty page. */
  async misuse(at: number, { operation }: Tab, arrivedBefore: number): Promise<void> {
    if (operation?.kind !== 'connect' || !this.#shown || Date.now() - operation.consent.pressedAt > KEY_LIFE)
      return;
    const { signInId, sub } = this.#shown;
    if (signInId === operation.consent.signInId) return;
    const { account } = this;
    this.#record.misuses.push({ key: operation.key, account, sub, arrivedBefore });
    await this.#operate(at, { ...operation, consent: { ...operation.consent, account } }, signInId);
  }

  async #operate(at: number, operation: Operation, signInId: string): Promise<void> {
    const { key, kind, dealerId, consent } = operation;
    const named = this.#record.named.get(key) ?? new Set();
    this.#record.named.set(key, named.add(signInId));
    this.#record.sent.push(key);
    const headers = { 'Idempotency-Key': key, 'x-partner-trace-id': consent.traceId };
    const { account: external_dealer_id } = consent;
    const answer =
      kind === 'connect'
        ? await this.#send(at, 'PUT', '/partner/v1/dealers/connect', {
            headers: { ...headers, 'Content-Type': 'application/json', 'Chekt-Sign-In': signInId },
            body: JSON.stringify({ external_dealer_id, company_name: 'Acme Security' }),
          })
        : await this.#send(
            at,
            'PUT',
            `/partner/v1/dealers/${dealerId}/disconnect?external_dealer_id=${external_dealer_id}`,
            { headers },
          );
    if (answer === 'dead') return;
    const { status } = answer;
    const body = (await answer.json().catch(() => ({}))) as { error?: { code: string } };
    this.#record.told.push({ key, kind, dealerId, status, code: body.error?.code });
    operation.isOpen = status >= 500 || status === 429 || status === 401;
  }

  #send(
    at: number,
    method: string,
    path: string,
    more: { headers?: globalThis.Record<string, string>; body?: string } = {},
  ): Promise<Response | 'dead'> {
    const { headers, body } = more;
    const request = new Request(BASE + path, {
      method,
      headers: { ...this.browser.headers, ...headers, ...(method === 'GET' ? {} : { Origin: ORIGIN }) },
      ...(body === undefined ? {} : { body }),
    });
    return this.#platform.request(at, request);
  }
}

/** The trace id of an operation, so that its audit row can be found. */
export function traceOf(key: string): string {
  return key.replace(/^0{8}/, '11111111');
}
