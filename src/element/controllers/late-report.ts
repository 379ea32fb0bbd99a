import type { ChektConnectError } from '../../partner-api/errors.js';

/** Milliseconds after the page's load in which a framework may still set what is missing. */
const GRACE = 1_000;

/** Tells the host's mistake once. What is only missing may still come, so that waits until the page has loaded. */
export class LateReport {
  readonly #tell: (error: ChektConnectError) => void;
  #told = '';
  #waiting?: AbortController;
  #waitsFor = '';

  constructor(tell: (error: ChektConnectError) => void) {
    this.#tell = tell;
  }

  hasTold(error: ChektConnectError): boolean {
    return this.#told === error.message;
  }

  now(error: ChektConnectError): void {
    this.cancel();
    if (this.hasTold(error)) return;
    this.#told = error.message;
    this.#tell(error);
  }

  later(error: ChektConnectError): void {
    if (this.hasTold(error) || this.#waitsFor === error.message) return;
    this.cancel();
    this.#told = '';
    this.#waitsFor = error.message;
    this.#waiting = new AbortController();
    const { signal } = this.#waiting;
    const loaded = () => {
      const timer = setTimeout(() => this.now(error), GRACE);
      signal.addEventListener('abort', () => clearTimeout(timer));
    };
    if (document.readyState === 'complete') loaded();
    else addEventListener('load', loaded, { signal });
  }

  cancel(): void {
    this.#waiting?.abort();
    this.#waiting = undefined;
    this.#waitsFor = '';
  }

  /** The same mistake is a new one from here. */
  forget(): void {
    this.#told = '';
  }
}
