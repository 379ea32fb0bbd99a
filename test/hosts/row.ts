import type { Page } from 'playwright-core';
import type { Visit } from './site.js';

/** A kind of page on which the element has to work. */
export interface Row {
  readonly name: string;
  /** Where it was reported: repository and number. */
  readonly source: string;
  /** In the head, before our script. */
  readonly before?: string;
  /** In the head, after our script. */
  readonly after?: string;
  /** In the body, around the element. */
  readonly body?: (embed: string) => string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly script?: string;
  /** Adds the answers of further paths. */
  readonly prepare?: (visit: Visit) => void;
  /** Runs before the person does anything. */
  readonly arrive?: (page: Page, visit: Visit) => Promise<unknown>;
  /** Runs after the walk: the page's own code still works. */
  readonly also?: (page: Page, visit: Visit) => Promise<unknown>;
  /** What the page's own code may write to the console. */
  readonly says?: RegExp;
}
