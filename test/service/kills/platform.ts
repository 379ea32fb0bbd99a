import type { HookEvent } from '../../../src/service/index.js';
import { BASE } from '../schedules/platform.js';
import { isAlive, kill, startChild, type Child } from '../support/child.js';
import { CLOCK_AHEAD, KILL_AFTER, type KillableSettings } from './settings.js';

/** How many processes wait to take the place of a dead one. */
const SPARE = 2;

/** Two real processes of a platform. One that dies is replaced. */
export class RealPlatform {
  readonly #settings: KillableSettings;
  readonly #spare: Promise<Child>[] = [];
  readonly #live: Child[] = [];
  readonly told: HookEvent[] = [];
  /** Milliseconds by which the clocks of both are ahead. */
  ahead = 0;
  deaths = 0;
  readonly #armed: (number | undefined)[] = [];

  constructor(settings: KillableSettings) {
    this.#settings = settings;
  }

  async start(): Promise<void> {
    for (let count = 0; count < 2 + SPARE; count += 1) this.#spare.push(this.#spawn());
    for (const at of [0, 1]) this.#live[at] = await this.#spare.shift()!;
  }

  /** The next request to it names the step after which it is dead. */
  arm(at: number, step: number): void {
    this.#armed[at] = step;
  }

  /** Whoever is still armed is not any more. */
  async disarm(): Promise<void> {
    this.#armed.length = 0;
    for (const at of [0, 1]) {
      if (!isAlive(this.#live[at]!)) await this.#replace(at);
      await this.#send(at, '/disarm', { headers: { [KILL_AFTER]: 'Infinity' } });
    }
  }

  async request(at: number, request: Request): Promise<Response | 'dead'> {
    const { method, headers, url } = request;
    const body = method === 'GET' ? undefined : await request.text();
    const path = url.slice(new URL(BASE).origin.length);
    return this.#send(at, path, { method, headers, ...(body ? { body } : {}) });
  }

  ask(at: number, what: 'run-due' | 'reconcile'): Promise<Response | 'dead'> {
    return this.#send(at, `/${what}`, {});
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#live, ...(await Promise.all(this.#spare))].map(kill));
  }

  async #send(at: number, path: string, init: RequestInit): Promise<Response | 'dead'> {
    if (!isAlive(this.#live[at]!)) await this.#replace(at);
    const child = this.#live[at]!;
    const headers = new Headers(init.headers);
    headers.set(CLOCK_AHEAD, String(this.ahead));
    const step = this.#armed[at];
    if (step !== undefined) headers.set(KILL_AFTER, String(step));
    this.#armed[at] = undefined;
    try {
      const answer = await fetch(`http://127.0.0.1:${child.port}${path}`, {
        ...init,
        headers,
        redirect: 'manual',
      });
      const text = await answer.text();
      const hasBody = answer.status !== 204 && answer.status !== 304;
      return new Response(hasBody ? text : null, { status: answer.status, headers: answer.headers });
    } catch {
      await kill(child); // it is dead, or about to be
      return 'dead';
    }
  }

  async #replace(at: number): Promise<void> {
    const dead = this.#live[at];
    this.#spare.push(this.#spawn());
    const next = await this.#spare.shift()!;
    if (this.#live[at] !== dead) return kill(next); // somebody else has replaced it meanwhile
    this.#live[at] = next;
    this.deaths += 1;
  }

  #spawn(): Promise<Child> {
    return startChild('test/service/kills/process.ts', { KILLABLE: JSON.stringify(this.#settings) });
  }
}
