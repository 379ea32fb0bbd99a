import type { Answer } from './state.js';

/** Milliseconds: questions that no person caused are at least this far apart. */
const QUIET_INTERVAL = 5_000;

export interface QuestionsOptions {
  /** @returns undefined if the answer no longer matters */
  readonly ask: (signal: AbortSignal) => Promise<Answer | undefined>;
  readonly answered: (answer: Answer) => void;
  /** Whether an answer would have any effect now. */
  readonly isWanted: () => boolean;
  /** Whether the answer to the oldest open question may still be displayed after the source was replaced. */
  readonly mayKeepOldest: () => boolean;
}

interface Question {
  readonly controller: AbortController;
  /** Never rejects. An attempt that waits for it asks the source itself if there is no answer. */
  readonly answer: Promise<Answer | undefined>;
}

/** The questions to the source outside attempts: which are open, and when the next one may be asked. */
export class Questions {
  readonly #options: QuestionsOptions;
  /** Oldest first. More than one is open only if a host replaces its source again and again before the first answer. */
  #open: Question[] = [];
  #isSuspended = true;
  /** A question has to be asked as soon as it may be. */
  #isDue = false;
  /** A trigger was waiting for its time when the questions were suspended. */
  #isRecheckDue = false;
  #lastAsked = -Infinity;
  #timer?: ReturnType<typeof setTimeout>;

  constructor(options: QuestionsOptions) {
    this.#options = options;
  }

  get open(): Promise<Answer | undefined> | undefined {
    return this.#open.at(-1)?.answer;
  }

  resume(): void {
    this.#isSuspended = false;
    if (this.#isDue) this.ask();
    else if (this.#isRecheckDue) this.recheck();
    this.#isRecheckDue = false;
  }

  suspend(): void {
    const isDue = this.#isDue || this.#open.length > 0;
    this.#isRecheckDue ||= this.#timer !== undefined;
    this.#isSuspended = true;
    this.abort();
    this.#isDue = isDue;
  }

  /** Drops every question that is open or due. */
  abort(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#isDue = false;
    this.#abort(0);
  }

  /** To be called after a change of state. A question that is dropped because nobody wants it is asked again once it is wanted. */
  update(): void {
    if (!this.#options.isWanted()) {
      const wasOpen = this.#open.length > 0;
      this.abort();
      this.#isDue = wasOpen;
    } else if (this.#isDue) this.ask();
  }

  /** Asks at once if the last question was long enough ago, else as soon as it is. */
  recheck(): void {
    if (this.#isSuspended || !this.#options.isWanted()) return;
    const wait = this.#open.length ? QUIET_INTERVAL : this.#lastAsked + QUIET_INTERVAL - performance.now();
    if (wait <= 0) return this.ask();
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.recheck();
    }, wait);
  }

  /** Asks at once, even if another question is open: the newest one counts. */
  ask(): void {
    this.#isDue = true;
    if (this.#isSuspended || !this.#options.isWanted()) return;
    this.#isDue = false;
    this.#abort(this.#options.mayKeepOldest() ? 1 : 0);
    this.#lastAsked = performance.now();
    const controller = new AbortController();
    const asked = this.#options.ask(controller.signal);
    const question: Question = { controller, answer: asked.catch(() => undefined) };
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
