import { ChektConnectError } from '../partner-api/errors.js';

/** Milliseconds after `load` in which a framework may still set a missing option. */
const GRACE = 1_000;

/**
 * Reports each configuration error once. An option that is missing may still be set, so that error is reported only some time
 * after the page has loaded.
 */
export class ConfigurationReport {
  readonly #report: (error: ChektConnectError) => void;
  /** The message of the last error that was reported or is waiting to be. */
  #last = '';
  #waiting?: AbortController;

  constructor(report: (error: ChektConnectError) => void) {
    this.#report = report;
  }

  /** Whether the last error was this one, reported or still waiting. */
  isKnown(error: ChektConnectError): boolean {
    return this.#last === error.message;
  }

  now(error: ChektConnectError): void {
    this.cancel();
    if (this.isKnown(error)) return;
    this.#last = error.message;
    this.#report(error);
  }

  later(error: ChektConnectError): void {
    this.cancel();
    this.#last = error.message;
    this.#waiting = new AbortController();
    const { signal } = this.#waiting;
    const loaded = () => {
      const timer = setTimeout(() => this.now(error), GRACE);
      signal.addEventListener('abort', () => clearTimeout(timer));
    };
    if (document.readyState === 'complete') loaded();
    else addEventListener('load', loaded, { signal });
  }

  /** Drops the error that is waiting. */
  cancel(): void {
    if (!this.#waiting) return;
    this.#waiting.abort();
    this.#waiting = undefined;
    this.#last = '';
  }

  /** From now on, the same error is reported again. */
  forget(): void {
    this.#last = '';
  }
}

export function missingOption(externalDealerId: string): ChektConnectError {
  return new ChektConnectError(
    'configuration',
    `Set ${externalDealerId ? 'service-url, token-url or getAccessToken' : 'external-dealer-id or service-url'}.`,
  );
}
