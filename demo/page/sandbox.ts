/** The sandbox's controls, as a page and a test use them alike. */
import type { SwitchDescription, Switches } from '../sandbox/switches.js';
import type { Scenario } from './scenarios/scenario.js';
import { Settings } from './settings.js';

export interface Binding {
  readonly dealerId: number;
  readonly externalDealerId: string;
  readonly companyName: string;
  readonly connectedBy: string;
}

export type { AuditEntry } from '../sandbox/store/audit-trail.js';
export type { LogEntry } from '../sandbox/store/request-log.js';

async function send<T>(method: string, url: string, body?: unknown): Promise<T> {
  const answer = await fetch(url, {
    method,
    ...(body === undefined
      ? {}
      : { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (!answer.ok)
    throw new Error(`${method} ${new URL(url, location.href).pathname} answered ${answer.status}: ${text}`);
  return (text ? JSON.parse(text) : undefined) as T;
}

/** The sample dealers' admins. */
const adminOf: Readonly<Record<number, string>> = {
  12345: 'dana@acme.example',
  23456: 'mira@harbor.example',
};

/** One run: its data at the sandbox, and the session at the platform that goes with it. */
export class Run {
  /** Where the platform's routes of this run are. */
  readonly base: string;
  /** Where CHeKT is for the page, in browser mode. */
  readonly apiBaseUrl: string;
  readonly #sandbox: string;
  readonly #controls: string;

  private constructor(id: string, base: string, at: { sandboxOrigin: string; apiBaseUrl: string }) {
    const { sandboxOrigin, apiBaseUrl } = at;
    this.base = base;
    this.apiBaseUrl = apiBaseUrl;
    this.#sandbox = `${sandboxOrigin}/sandbox`;
    this.#controls = `${sandboxOrigin}/sandbox/runs/${id}`;
  }

  /** The platform knows where its sandbox is. */
  static async open(id: string): Promise<Run> {
    const base = `/runs/${id}/chekt`;
    return new Run(id, base, await send('GET', `${base}/demo-session`));
  }

  get<T>(what: 'bindings' | 'audit'): Promise<T> {
    return send('GET', `${this.#controls}/${what}`);
  }

  /** Each switch with its values. */
  switchList(): Promise<SwitchDescription[]> {
    return send('GET', `${this.#sandbox}/switches`);
  }

  /** How CHeKT answers in this run. */
  switches(): Promise<Switches> {
    return send('GET', `${this.#controls}/switches`);
  }

  /** The requests of this run as the sandbox sees them, from the first one on. */
  events(): EventSource {
    return new EventSource(`${this.#controls}/events?after=0`);
  }

  put(what: 'switches' | 'faults' | 'bindings', body: unknown): Promise<unknown> {
    return send('PUT', `${this.#controls}/${what}`, body);
  }

  /** The platform's login, which is none here: one says who one is. */
  signInToPlatform(externalDealerId: string): Promise<unknown> {
    return send('POST', `${this.base}/demo-session`, { externalDealerId });
  }

  /** As in CHeKT's own portal, of which the platform hears nothing. */
  disconnectAtChekt(account: string): Promise<unknown> {
    return send('DELETE', `${this.#controls}/bindings/${account}`);
  }

  /** Somebody signs in with CHeKT in another tab of this browser. */
  signInElsewhere(who: Scenario['signIn']): Promise<unknown> {
    return send('POST', `${this.base}/demo-sign-in`, who);
  }

  signOutOfPlatform(): Promise<unknown> {
    return send('DELETE', `${this.base}/demo-session`);
  }

  /** Back to the initial data, then what the scenario says; the faults last, so that nothing here uses them up. */
  async begin(scenario: Scenario, account: string): Promise<void> {
    const { switches, recorded = [], connected, signIn, revoked, disconnectedInChekt, faults } = scenario;
    await send('POST', `${this.#controls}/reset`, {});
    await send('POST', `${this.base}/demo-reset`);
    await this.put('switches', { ...switches, ...Settings.current.switches });
    for (const binding of recorded) await this.put('bindings', binding);
    await this.signInToPlatform(account);
    if (connected) {
      await this.put('bindings', { dealerId: connected, externalDealerId: account });
      // as in browser mode: who connects was handed a token for this account
      await send('POST', `${this.base}/demo-sign-in`, { account: adminOf[connected] });
      await send('GET', `${this.base}/browser-token`);
      await send('POST', `${this.base}/bindings`, { dealerId: connected });
    }
    if (signIn) await send('POST', `${this.base}/demo-sign-in`, signIn);
    if (revoked) await send('POST', `${this.#controls}/revoke`, { account: revoked });
    if (disconnectedInChekt) await this.disconnectAtChekt(account);
    if (faults) await this.put('faults', { faults });
    // The service asks CHeKT about an account once a minute, and has just done so: here that minute is over.
    if (connected) await send('POST', `${this.base}/demo-reconcile`);
  }
}
