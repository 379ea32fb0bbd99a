import type { ChektConnectElement } from '../../../src/index.js';
import type { Hold } from '../schedule.js';
import { Attempts } from './attempts.js';
import { displayOf, fieldOf } from './display.js';
import { Requests } from './requests.js';
import type { VirtualTime } from './virtual-time.js';

type TabWindow = Window & typeof globalThis;
const busy = ['authorizing', 'connecting', 'disconnecting'];

/** A tab: a document of its own with the element, on the same origin as the other tab. */
export class Tab {
  readonly requests: Requests;
  readonly #window: TabWindow;
  #element?: ChektConnectElement;
  #history: Attempts[] = [];
  #released = Promise.withResolvers<void>();
  #holdsAttempt = false;
  #isAttemptHeld = false;

  static async open(time: VirtualTime): Promise<Tab> {
    const frame = document.createElement('iframe');
    frame.src = '/__schedules/tab';
    frame.width = '600';
    frame.height = '900';
    document.body.append(frame);
    await new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
    const window = frame.contentWindow as TabWindow;
    time.install(window);
    const script = window.document.createElement('script');
    script.type = 'module';
    script.src = new URL('../../../src/define.ts', import.meta.url).href;
    window.document.head.append(script);
    await window.customElements.whenDefined('chekt-connect');
    return new Tab(window);
  }

  private constructor(window: TabWindow) {
    this.#window = window;
    this.requests = new Requests(window);
  }

  get element(): ChektConnectElement {
    if (!this.#element) throw new Error('This tab shows no element yet: call load() first.');
    return this.#element;
  }

  get #attempts(): Attempts | undefined {
    return this.#history.at(-1);
  }

  /** The attempts of every element that this tab has shown during the schedule. */
  get history(): readonly Attempts[] {
    return this.#history;
  }

  get isRunning(): boolean {
    return this.#history.some(({ open }) => open.length > 0);
  }

  get isBusy(): boolean {
    return this.isRunning || busy.includes(this.element.state);
  }

  get isHeld(): boolean {
    return this.#isAttemptHeld || this.requests.isHeld;
  }

  get isRendering(): boolean {
    return this.element.isUpdatePending;
  }

  /** Resets the tab for the next schedule. */
  clear(): void {
    this.#element?.remove();
    this.#element = undefined;
    this.#history = [];
    this.release();
    this.#setHidden(false);
  }

  /** Loads the page: the element before is removed, and its running operations go on. */
  load(properties: Partial<ChektConnectElement>): void {
    this.#element?.remove();
    const element = this.#window.document.createElement('chekt-connect');
    this.#element = element;
    const attempts = new Attempts(element);
    this.#history.push(attempts);
    const fetch = this.requests.fetchFor(() => attempts.open.at(-1)?.id);
    for (const name of ['chekt-before-connect', 'chekt-before-disconnect'] as const) {
      element.addEventListener(name, (event) => {
        if (!this.#holdsAttempt) return;
        this.#holdsAttempt = false;
        this.#isAttemptHeld = true;
        event.waitUntil(this.#released.promise);
      });
    }
    Object.assign(element, { fetch, ...properties });
    this.#window.document.body.append(element);
  }

  /** A person's press, if the button is there and not disabled. */
  press(kind: 'connect' | 'disconnect'): void {
    const buttons = this.element.shadowRoot?.querySelectorAll<HTMLElement>(`[part~="${kind}-button"]`);
    const button = [...(buttons ?? [])].findLast((found) => found.checkVisibility());
    // nobody presses Connect without a name
    if (button && kind === 'connect' && fieldOf(this.element)?.value === '') this.type('Acme Security');
    if (!button || button.getAttribute('aria-disabled') === 'true' || button.matches(':disabled')) return;
    this.#attempts?.press(kind, displayOf(this.element), () => button.click());
  }

  type(name: string): void {
    const field = fieldOf(this.element);
    if (!field || field.readOnly || field.disabled) return;
    field.value = name;
    field.dispatchEvent(new this.#window.InputEvent('input', { bubbles: true, composed: true }));
  }

  show(by: 'hidden' | 'visible' | 'focus' | 'pageshow'): void {
    const { Event, PageTransitionEvent } = this.#window;
    if (by === 'focus') this.#window.dispatchEvent(new Event('focus'));
    else if (by === 'pageshow') {
      this.#window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    } else this.#setHidden(by === 'hidden');
  }

  hold(hold: Hold): void {
    this.requests.hold(hold);
  }

  /** Makes the next attempt wait, by `waitUntil`. */
  holdAttempt(): void {
    this.#holdsAttempt = true;
  }

  /** Rejects the page's promises; everything else that is held goes on. */
  refuse(): void {
    this.#released.promise.catch(() => {}); // also if no attempt waits for it
    this.#released.reject(new Error('The page does not want it.'));
    this.release();
  }

  release(): void {
    this.#holdsAttempt = this.#isAttemptHeld = false;
    this.#released.resolve();
    this.#released = Promise.withResolvers();
    this.requests.release();
  }

  #setHidden(hidden: boolean): void {
    const { document, Event } = this.#window;
    if (document.hidden === hidden) return;
    Object.defineProperty(document, 'hidden', { configurable: true, value: hidden });
    const state = hidden ? 'hidden' : 'visible';
    Object.defineProperty(document, 'visibilityState', { configurable: true, value: state });
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
  }
}
