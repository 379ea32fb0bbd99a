import type { Page } from 'playwright-core';
import type { Visit } from './site.js';

/** A page that somebody has, and on which the element has to work. */
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
  /** Answers of further paths. */
  readonly prepare?: (visit: Visit) => void;
  /** Before the person does anything. */
  readonly arrive?: (page: Page, visit: Visit) => Promise<unknown>;
  /** The page's own thing still works, and what else has to be true after the walk. */
  readonly also?: (page: Page, visit: Visit) => Promise<unknown>;
  /** What the page's own code says in the console. */
  readonly says?: RegExp;
}
