import type { ReactiveControllerHost } from 'lit';

/**
 * While the page loads, the first render waits until the script's own task has ended, because on a slow phone that task is the
 * longest one. Nothing else (questions, events, methods) waits. See docs/decisions/first-render.md.
 */
export class FirstRender {
  readonly #host: ReactiveControllerHost;
  #isDue = false;
  #endOfScriptTask?: Promise<void>;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
  }

  /** Whether the element may render. If not, it is updated again as soon as it may. */
  get isDue(): boolean {
    this.#isDue ||= document.readyState === 'complete';
    if (!this.#isDue) {
      this.#endOfScriptTask ??= new Promise<void>((resolve) => setTimeout(resolve)).then(() => {
        this.#isDue = true;
        this.#host.requestUpdate();
      });
    }
    return this.#isDue;
  }

  /** Settles once the element may render. */
  async whenDue(): Promise<void> {
    if (!this.#isDue) await this.#endOfScriptTask;
  }
}
