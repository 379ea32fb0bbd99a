import { Redaction } from '../../../src/authorization/redaction.js';
import type { GetAccessToken, TokenRequest } from '../../../src/authorization/token-provider.js';
import type { AttemptRecord } from '../../../src/partner-api/operation.js';
import type { TokenResponse } from '../../../src/authorization/token-response.js';
import type { BeforeDetail } from '../../../src/session/attempts.js';
import type { Account } from '../../../src/session/effects/load-account.js';
import type { SessionOptions } from '../../../src/session/options.js';
import { Session, type SessionHost } from '../../../src/session/session.js';
import type { Notification } from '../../../src/session/transition.js';
import type { NodeClock } from '../../support/node-clock.js';

export const dealer = {
  dealer_id: 12345,
  external_dealer_id: 'adc-67890',
  company_name: 'Acme Security Systems, Inc.',
};
export const dana: TokenResponse = {
  access_token: 'token-of-dana-1',
  name: 'Dana Reyes',
  email: 'dana@acme.example',
};
export const mira: TokenResponse = {
  access_token: 'token-of-mira-1',
  name: 'Mira Lindqvist',
  email: 'mira@harbor.example',
};

/** One answer of CHeKT. `lost`: the connection breaks off. `never`: nothing ever comes. */
export type Reply =
  | 'lost'
  | 'never'
  | { readonly status: number; readonly json?: unknown; readonly headers?: Record<string, string> };
export const recorded: Reply = { status: 200, json: dealer };
export const refusal = (status: number, code: string): Reply => ({ status, json: { error: { code } } });

/** One answer of the source, or a promise that the test settles. */
export type Said = string | TokenResponse | null | Error | Promise<TokenResponse>;

export interface SentRequest {
  readonly url: string;
  readonly headers: Headers;
  readonly body?: string;
  readonly signal: AbortSignal;
}

/** A session with stand-ins for everything around it: CHeKT, the source of authorization, and the page. */
export class Embed implements SessionHost {
  readonly requests: SentRequest[] = [];
  readonly questions: TokenRequest[] = [];
  readonly notifications: Notification[] = [];
  readonly attempts: AttemptRecord[] = [];
  readonly accounts: Account[] = [];
  readonly befores: BeforeDetail[] = [];
  /** What the page does before an attempt. */
  page: { isPrevented: boolean; held?: Promise<unknown> } = { isPrevented: false };
  /** Called with every request before it is answered. */
  onRequest: (request: SentRequest) => void = () => {};
  onAttempt: () => void = () => {};
  readonly #replies: Reply[];
  readonly #says: Said[];
  readonly redaction = new Redaction();
  readonly session = new Session('adc-67890', this, this.redaction);
  readonly options: SessionOptions;

  /** @param says what the source answers, in order; the last answer is repeated */
  constructor(says: readonly Said[], replies: readonly Reply[] = [], options: Partial<SessionOptions> = {}) {
    this.#says = [...says];
    this.#replies = [...replies];
    const getAccessToken: GetAccessToken = (request) => {
      this.questions.push(request);
      const said = this.#says.length > 1 ? this.#says.shift()! : this.#says[0]!;
      return said instanceof Error ? Promise.reject(said) : Promise.resolve(said);
    };
    this.options = {
      externalDealerId: 'adc-67890',
      apiBaseUrl: 'https://api.chekt.com',
      serviceMode: false,
      source: getAccessToken,
      disconnectBaseUrl: 'https://platform.example/chekt',
      timeout: 30_000,
      fetch: (url, init) => this.#answer(String(url), init!),
      ...options,
    };
  }

  get state() {
    return this.session.state;
  }
  /** The last notification of the page. */
  get told() {
    return this.notifications.at(-1);
  }
  get reasons() {
    return this.questions.map(({ reason }) => reason);
  }

  /** Puts the session on a page and waits for the first answer of the source. */
  async start(clock: NodeClock): Promise<this> {
    this.session.configure(this.options, false);
    this.session.resume();
    await clock.idle();
    return this;
  }

  says(...says: Said[]): void {
    this.#says.splice(0, Infinity, ...says);
  }

  replies(...replies: Reply[]): void {
    this.#replies.splice(0, Infinity, ...replies);
  }

  header(name: string): (string | null)[] {
    return this.requests.map(({ headers }) => headers.get(name));
  }

  #answer(url: string, { headers, body, signal }: RequestInit): Promise<Response> {
    const request: SentRequest = {
      url,
      headers: new Headers(headers),
      body: body as string | undefined,
      signal: signal!,
    };
    this.requests.push(request);
    this.onRequest(request);
    const reply = this.#replies.shift();
    if (!reply) throw new Error('The test has scripted no further reply.');
    if (reply === 'lost') return Promise.reject(new TypeError('Failed to fetch'));
    if (reply === 'never') return new Promise(() => {});
    const { status, json, headers: given } = reply;
    const text = json === undefined ? null : JSON.stringify(json);
    return Promise.resolve(new Response(text, { status, headers: given }));
  }

  changed(_session: Session, notifications: readonly Notification[]): void {
    this.notifications.push(...notifications);
  }
  before(detail: BeforeDetail) {
    this.befores.push(detail);
    return this.page;
  }
  attempted(_session: Session, record: AttemptRecord): void {
    this.attempts.push(record);
    this.onAttempt();
  }
  accountLoaded(_session: Session, account: Account): void {
    this.accounts.push(account);
  }
}

/** The error that a promise is rejected with. */
export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => {
      throw new Error('This should have been rejected.');
    },
    (error: unknown) => error,
  );
}
