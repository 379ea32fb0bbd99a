import { ChektConnectError } from '../partner-api/errors.js';
import type { Answer } from './state.js';

/** Milliseconds between two questions that nobody asked for. */
const QUIET_INTERVAL = 5_000;

export interface QuestionsOptions {
  /** @returns undefined when the answer does not matter any more */
  readonly ask: (signal: AbortSignal) => Promise<Answer | undefined>;
  readonly answered: (answer: Answer) => void;
  /** Whether an answer would mean anything now. */
  readonly isWanted: () => boolean;
  /** Whether the answer of a source that was replaced may still be displayed. */
  readonly mayKeepOldest: () => boolean;
}

interface Question {
  readonly controller: AbortController;
  /** Never rejects: an attempt that waits for it asks by itself when there is no answer. */
  readonly answer: Promise<Answer>;
}

const unanswered = (): Answer => ({
  type: 'failed',
  error: new ChektConnectError('network', 'Dropped.'),
});

/** The questions to the source outside of attempts: which are open, and when the next one may be asked. */
export class Questions {
  readonly #options: QuestionsOptions;
  /** Oldest first; more than one only until the first answer, where a host replaces its source faster than it answers. */
  #open: Question[] = [];
  #isSuspended = true;
  /** To be asked as soon as the element is on a page. */
  #isDue = false;
  #lastAsked = -Infinity;
  #timer?: ReturnType<typeof setTimeout>;

  constructor(options: QuestionsOptions) {
    this.#options = options;
  }

  get open(): Promise<Answer> | undefined {
    return this.#open.at(-1)?.answer;
  }

  resume(): void {
    this.#isSuspended = false;
    if (this.#isDue) this.ask();
  }

  suspend(): void {
    const isDue = this.#isDue || this.#open.length > 0;
    this.#isSuspended = true;
    this.abort();
    this.#isDue = isDue;
  }

  /** Drops what is open, and what is due. */
  abort(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#isDue = false;
    this.#abort(0);
  }

  /** The state has changed: a question that nobody wants any more is asked again once somebody does. */
  update(): void {
    if (!this.#options.isWanted()) {
      const wasOpen = this.#open.length > 0;
      this.abort();
      this.#isDue = wasOpen;
    } else if (this.#isDue) this.ask();
  }

  /** Asks when the last question is long enough ago, else at the end of that time. */
  recheck(): void {
    if (this.#isSuspended || !this.#options.isWanted()) return;
    const wait = this.#open.length ? QUIET_INTERVAL : this.#lastAsked + QUIET_INTERVAL - performance.now();
    if (wait <= 0) return this.ask();
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.recheck();
    }, wait);
  }

  /** Asks at once, also where another question is open: the newest one counts. */
  ask(): void {
    this.#isDue = true;
    if (this.#isSuspended || !this.#options.isWanted()) return;
    this.#isDue = false;
    this.#abort(this.#options.mayKeepOldest() ? 1 : 0);
    this.#lastAsked = performance.now();
    const controller = new AbortController();
    const asked = this.#options.ask(controller.signal);
    const answer = asked.then((said) => said ?? unanswered(), unanswered);
    const question: Question = { controller, answer };
    this.#open.push(question);
    asked.then(
      (answer) => this.#close(question, answer),
      (error: unknown) => {
        if (controller.signal.aborted) return;
        this.#close(question, undefined);
        throw error;
      },
    );
  }

  #close(question: Question, answer: Answer | undefined): void {
    const index = this.#open.indexOf(question);
    if (index < 0) return;
    this.#abort(0, index);
    this.#open.shift();
    if (answer) this.#options.answered(answer);
  }

  #abort(from: number, count = Infinity): void {
    for (const { controller } of this.#open.splice(from, count)) controller.abort();
  }
}
