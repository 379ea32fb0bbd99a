import { EventEmitter } from 'node:events';
import type { Answer, RecordedRequest, WireOptions } from './answer.js';

type Mutable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

/** A request in the log while it is being answered. */
export type Entry = Mutable<RecordedRequest> & { arrived: boolean };

export interface Taken {
  readonly answer: Answer;
  readonly position: number;
}

/** The script of one wire, and the requests that it received. */
export class Script {
  readonly log: Entry[] = [];
  readonly #started = Date.now();
  readonly #changes = new EventEmitter().setMaxListeners(0);
  readonly #afterLast: 'repeat' | 'refuse';
  #answers: (Taken & { used: boolean })[] = [];
  #releases = 0;

  constructor(answers: readonly Answer[], options: WireOptions) {
    this.#afterLast = options.afterLast ?? 'repeat';
    this.append(answers);
  }

  /** Replaces what is left; positions go on counting, so that the log stays unambiguous. */
  append(answers: readonly Answer[]): void {
    const first = this.#answers.length;
    for (const answer of this.#answers) answer.used = true;
    this.#answers.push(...answers.map((answer, index) => ({ answer, position: first + index, used: false })));
  }

  /** The answer that a request would get, without using it up. */
  peek(method: string, path: string): Taken | undefined {
    return this.#find(method, path);
  }

  take(method: string, path: string): Taken | undefined {
    const found = this.#find(method, path);
    if (found) found.used = true;
    return found;
  }

  #find(method: string, path: string) {
    const [bare] = path.split('?');
    const fits = ({ answer }: Taken) =>
      (answer.method === undefined || answer.method === method) &&
      (answer.path === undefined || answer.path === bare);
    const matching = this.#answers.filter(fits);
    const unused = matching.find(({ used }) => !used);
    return unused ?? (this.#afterLast === 'repeat' ? matching.at(-1) : undefined);
  }

  record(request: Pick<Entry, 'method' | 'path' | 'origin' | 'headers' | 'preflight'>): Entry {
    const entry: Entry = {
      ...request,
      order: this.log.length,
      body: '',
      time: Date.now() - this.#started,
      answer: -1,
      recorded: false,
      bytesSent: 0,
      end: 'open',
      arrived: false,
    };
    this.log.push(entry);
    return entry;
  }

  changed(): void {
    this.#changes.emit('change');
  }

  /** Lets one held request go on, now or when it comes. */
  release(): void {
    this.#releases += 1;
    this.changed();
  }

  async released(): Promise<void> {
    while (this.#releases === 0) await this.#nextChange();
    this.#releases -= 1;
  }

  /** Resolves when the condition holds; rejects after the deadline and names the requests so far. */
  async waitFor(
    what: string,
    holds: (requests: readonly Entry[]) => boolean,
    deadlineMs: number,
  ): Promise<void> {
    const deadline = AbortSignal.timeout(deadlineMs);
    const requests = () => this.log.filter(({ preflight, arrived }) => !preflight && arrived);
    while (!holds(requests())) {
      await this.#nextChange(deadline);
      if (deadline.aborted && !holds(requests())) {
        const seen = requests().map(({ method, path, end }) => `${method} ${path} (${end})`);
        throw new Error(
          `waited ${deadlineMs} ms for ${what}; there was: ${seen.join(', ') || 'no request'}.`,
        );
      }
    }
  }

  #nextChange(signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        this.#changes.off('change', done);
        signal?.removeEventListener('abort', done);
        resolve();
      };
      this.#changes.on('change', done);
      if (signal?.aborted) done();
      else signal?.addEventListener('abort', done);
    });
  }
}
