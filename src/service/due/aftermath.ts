import type { Background } from '../background.js';
import type { Standings } from '../upstream/standing.js';
import { isTransient } from '../upstream/transient.js';
import type { OpenGrant } from '../oauth/grants.js';
import type { Outbox } from './outbox.js';
import type { Revocations } from './revocations.js';

/**
 * Milliseconds for which the work after answers is gathered. It needs the same few statements for one connect as for twenty, and
 * does not compete with the next request of the page.
 */
const GATHERING = 50;

type WaitUntil = ((work: Promise<unknown>) => void) | undefined;

export interface Connected {
  readonly account: string;
  /** Undefined: CHeKT has refused. */
  readonly dealerId: number | undefined;
  /** Whose work is done. */
  readonly open: OpenGrant | null;
}

interface Dependencies {
  readonly outbox: Outbox;
  readonly revocations: Revocations;
  readonly standings: Standings;
  readonly background: Background;
}

/** The work after the answer to a connect, which the person does not wait for: verification at once, hooks and revocation gathered. */
export class Aftermath {
  readonly #deps: Dependencies;
  #gathered: Connected[] = [];
  #begin: (() => void) | undefined;

  constructor(deps: Dependencies) {
    this.#deps = deps;
  }

  /** @param waitUntil of a runtime in which the work of a request is its own: it is begun at once, and not gathered */
  afterConnect(connected: Connected, waitUntil: WaitUntil): void {
    // not later than a disconnect that the person may choose next
    this.#deps.background.run('verification', this.#verify(connected), waitUntil);
    if (waitUntil) return this.#work([connected], waitUntil);
    this.#gathered.push(connected);
    if (this.#begin) return;
    const gathering = new Promise<void>((resolve) => {
      const timer = setTimeout(() => this.#begin?.(), GATHERING);
      this.#begin = () => {
        clearTimeout(timer);
        this.#begin = undefined;
        this.#work(this.#gathered.splice(0), undefined);
        resolve();
      };
    });
    this.#deps.background.run('gathering', gathering);
  }

  /** Begins with what is gathered. */
  begin(): void {
    this.#begin?.();
  }

  #work(all: readonly Connected[], waitUntil: WaitUntil): void {
    const { outbox, revocations, background } = this.#deps;
    background.run('hooks', outbox.tell(all.map(({ account }) => account)), waitUntil);
    background.run('revocation', revocations.runAll(all.flatMap(({ open }) => open ?? [])), waitUntil);
  }

  /**
   * Reads the dealer with the platform's own credentials, so that a wrong setting is in the log at once and not when a binding
   * is looked at. A failure changes nothing for the person.
   */
  async #verify({ dealerId, account }: Connected): Promise<void> {
    if (dealerId === undefined) return;
    try {
      await this.#deps.standings.of(dealerId, account);
    } catch (error) {
      if (!isTransient(error)) throw error;
    }
  }
}
