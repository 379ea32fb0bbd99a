import { shapeOf } from './shape.js';

/** What the widget and the floors have in common. */
interface Subject extends HTMLElement {
  readonly ready?: Promise<void>;
  readonly updateComplete: Promise<boolean>;
}

/** The element that a page of the bench contains or creates. */
export interface Embed {
  readonly tag: string;
  readonly properties: object;
}

declare global {
  interface Window {
    readonly embed: Embed;
    bench: typeof bench;
    /** Makes the page's `getAccessToken` answer. */
    answer?: () => void;
  }
}

async function rendered(elements: readonly Subject[]): Promise<void> {
  await Promise.all(elements.map(({ ready }) => ready));
  await Promise.all(elements.map(({ updateComplete }) => updateComplete));
}

const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
const only = () => document.querySelector<Subject>(window.embed.tag)!;

function append(count: number, place: Element): Subject[] {
  const { tag, properties } = window.embed;
  return Array.from({ length: count }, () => {
    const element = Object.assign(document.createElement(tag) as Subject, properties);
    place.append(element);
    return element;
  });
}

/** Runs inside the page; the same code measures the widget and the floor. */
const bench = {
  /** Adds elements, and marks the start and the moment when all of them are ready and rendered. */
  async mount(count: number): Promise<void> {
    const place = document.body.appendChild(document.createElement('main'));
    performance.mark('bench-start');
    await rendered(append(count, place));
    performance.mark('bench-ready');
  },

  /** Adds elements, waits until they are ready, and removes them. */
  async comeAndGo(count: number): Promise<void> {
    const place = document.body.appendChild(document.createElement('main'));
    await rendered(append(count, place));
    place.remove();
    await frame();
    await frame();
  },

  /** The page's element as a template. */
  async shape() {
    await rendered([only()]);
    return shapeOf(only().shadowRoot!);
  },

  /** The layout shift between the element's first paint and its paint once it is ready. */
  async shift(): Promise<number> {
    const entries: PerformanceEntry[] = [];
    const observer = new PerformanceObserver((list) => entries.push(...list.getEntries()));
    observer.observe({ type: 'layout-shift', buffered: true });
    await customElements.whenDefined(window.embed.tag);
    await only().updateComplete;
    await frame();
    await frame();
    // shifts while the page was loading are not the element's
    observer.takeRecords();
    entries.length = 0;
    window.answer?.();
    await rendered([only()]);
    for (let frames = 0; frames < 4; frames += 1) await frame();
    entries.push(...observer.takeRecords());
    observer.disconnect();
    return entries.reduce((sum, entry) => sum + (entry as PerformanceEntry & { value: number }).value, 0);
  },

  /** The milliseconds from each click to `chekt-connected`. */
  async clicks(count: number): Promise<number[]> {
    const times: number[] = [];
    for (let click = 0; click < count; click += 1) {
      const element = Object.assign(only(), { binding: null });
      await rendered([element]);
      const button = element.shadowRoot!.querySelector<HTMLElement>('[part~=connect-button]')!;
      const connected = new Promise((resolve) =>
        element.addEventListener('chekt-connected', resolve, { once: true }),
      );
      const start = performance.now();
      button.click();
      await connected;
      times.push(performance.now() - start);
    }
    return times;
  },
};

window.bench = bench;
