import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { type Browser, type BrowserContextOptions, type Locator, type Page } from 'playwright-core';
import { startDemo, type Demo } from '../../demo/server.js';
import type { AuditEntry, Binding, LogEntry } from '../../demo/page/sandbox.js';
import { launchChromium } from '../browsers/chromium.js';
import { words } from './words.js';

/** Long enough for a slow machine with other work; everything waits for a condition. */
const PATIENCE = 20_000;

/** The demo as `npm start` serves it, on free ports, and one browser. */
export async function startWorld() {
  const demo = await startDemo({ platformPort: 0, sandboxPort: 0 });
  const browser = await launchChromium();
  return {
    demo,
    browser,
    visit: (query = '', options: BrowserContextOptions = {}) => Visit.begin(demo, browser, query, options),
    close: async () => {
      await browser.close();
      await demo.close();
    },
  };
}

/** The real clipboard is shared by everything that runs on this machine. */
const ownClipboard = `{
  let copied = '';
  const value = { writeText: async (text) => void (copied = text), readText: async () => copied };
  Object.defineProperty(navigator, 'clipboard', { value });
}`;

/** One person with a browser of their own on the platform's page. */
export class Visit {
  readonly demo: Demo;
  readonly page: Page;
  /** Warnings and errors in the console, violations of the policy included. */
  readonly complaints: string[] = [];
  /** All responses since `keepAnswers`: any of them could hold a token. */
  readonly answers: { readonly url: string; readonly text: Promise<string> }[] = [];

  private constructor(demo: Demo, page: Page) {
    this.demo = demo;
    this.page = page;
    page.setDefaultTimeout(PATIENCE);
    page.on('console', (message) => {
      if (['warning', 'error'].includes(message.type())) this.complaints.push(message.text());
    });
    page.on('pageerror', (error) => this.complaints.push(String(error)));
  }

  /** From now on. To read every answer takes the browser longer than all the rest of a visit. */
  keepAnswers(): void {
    this.page.on('requestfinished', (request) => {
      const text = request.response().then((response) => response?.text() ?? '');
      this.answers.push({ url: request.url(), text: text.catch(() => '') }); // a redirect has none
    });
  }

  static async begin(demo: Demo, browser: Browser, query: string, options: BrowserContextOptions) {
    const context = await browser.newContext(options);
    await context.addInitScript(ownClipboard);
    const visit = new Visit(demo, await context.newPage());
    await visit.open(query);
    return visit;
  }

  get element(): Locator {
    return this.page.locator('#stage chekt-connect');
  }

  get run(): string {
    return new URL(this.page.url()).searchParams.get('run') ?? '';
  }

  async open(query: string): Promise<void> {
    await this.page.goto(this.demo.url + query);
    await this.ready();
  }

  /** Waits until the page has begun its run and shows the element, or says why not. */
  async ready(): Promise<void> {
    await this.page.locator('body[data-ready]').waitFor();
  }

  async reload(): Promise<void> {
    await this.page.reload();
    await this.ready();
  }

  /** Signs in on CHeKT's own pages and comes back. */
  async signIn(name: string, link = words('signIn')): Promise<void> {
    await this.element.getByRole('link', { name: link }).click();
    await this.page.getByRole('button', { name }).click();
    await this.allow();
  }

  async allow(): Promise<void> {
    await this.page.getByRole('button', { name: 'Allow', exact: true }).click();
    await this.ready();
  }

  /** Fills the company name's field; where the sign-in says the company, it opens the field first. */
  async typeName(name: string): Promise<Locator> {
    const field = this.element.getByRole('textbox', { name: words('companyName') });
    const change = this.element.getByText(words('change'), { exact: true });
    await field.or(change).first().waitFor();
    if (!(await field.isVisible())) await change.click();
    await field.fill(name);
    return field;
  }

  /** Connects under this name or, without one, under the company of the sign-in. */
  async connect(name?: string): Promise<void> {
    const button = this.element.locator('[part~="connect-button"]');
    await button.waitFor();
    const field = this.element.getByRole('textbox', { name: words('companyName') });
    if (name === undefined && !(await field.isVisible())) return button.click();
    await (await this.typeName(name ?? 'Acme Security')).press('Enter');
  }

  async disconnect(): Promise<void> {
    await this.element.getByRole('button', { name: words('disconnect') }).click();
    await this.element.getByRole('button', { name: words('disconnect') }).click();
  }

  /** Waits until the element shows a text. */
  async sees(text: string | RegExp): Promise<void> {
    await this.element.getByText(text).first().waitFor();
  }

  /** The names of the element's events since the page was loaded, without those about states. */
  async events(): Promise<string[]> {
    const titles = await this.page.locator('#timeline [data-source=page] code').allTextContents();
    return titles.filter((title) => /^chekt-(?!state|ready)/.test(title));
  }

  /** Waits until exactly these events have been dispatched, and checks once more: one of them may come twice. */
  async hears(...names: string[]): Promise<void> {
    await this.becomes(() => this.events(), names);
    await this.roundTrip();
    assert.deepEqual(await this.events(), names);
  }

  /** Sends a request of the page and waits for its answer; whatever the page did at once has happened by then. */
  async roundTrip(): Promise<void> {
    await this.page.evaluate(async () => void (await fetch(location.pathname, { cache: 'no-store' })));
  }

  /** Waits for a row of the panel "What can be reached". */
  async reaches(dealerId: number, expected: { platform: RegExp; dealerApp?: RegExp }): Promise<void> {
    const row = this.page.locator('#reach tr').filter({ has: this.page.getByText(String(dealerId)) });
    await row.locator('td').nth(0).filter({ hasText: expected.platform }).waitFor();
    if (expected.dealerApp) await row.locator('td').nth(1).filter({ hasText: expected.dealerApp }).waitFor();
  }

  async sandbox<T>(method: string, path: string, json?: unknown): Promise<T> {
    const answer = await fetch(`${this.demo.sandboxOrigin}/sandbox/runs/${this.run}${path}`, {
      method,
      ...(json === undefined
        ? {}
        : { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(json) }),
    });
    assert.ok(answer.ok, `${method} ${path} answered ${answer.status}`);
    return (await answer.json()) as T;
  }

  /** Requests a route of the platform with this person's cookies. */
  async fetch(route: string): Promise<{ status: number }> {
    const answer = await this.page.request.get(`${this.demo.platformOrigin}/runs/${this.run}/chekt/${route}`);
    return { status: answer.status() };
  }

  bindings(): Promise<Binding[]> {
    return this.sandbox('GET', '/bindings');
  }

  audit(): Promise<AuditEntry[]> {
    return this.sandbox('GET', '/audit');
  }

  /** The bindings at CHeKT, each as dealer id and external dealer id. */
  async connections(): Promise<string[]> {
    return (await this.bindings()).map(({ dealerId, externalDealerId }) => `${dealerId} ${externalDealerId}`);
  }

  /** The outcomes in CHeKT's audit trail, in order. */
  async outcomes(): Promise<string[]> {
    return (await this.audit()).map(({ outcome }) => outcome);
  }

  /** The requests of an operation that reached the sandbox. */
  async requests(operation: LogEntry['operation']): Promise<LogEntry[]> {
    const entries = await this.sandbox<LogEntry[]>('GET', '/log');
    return entries.filter((entry) => entry.operation === operation && entry.method !== 'OPTIONS');
  }

  /** Waits until the value is the expected one, and fails with the difference if it never is. */
  async becomes<T>(read: () => Promise<T> | T, expected: T): Promise<void> {
    const deadline = Date.now() + PATIENCE;
    while (!isDeepStrictEqual(await read(), expected) && Date.now() < deadline) await setTimeout(50);
    assert.deepEqual(await read(), expected);
  }

  /** Moves the page's wall clock forward and shows the page again, as when a laptop wakes up. */
  async jump(ms: number): Promise<void> {
    await this.page.evaluate((by) => {
      const now = Date.now;
      Date.now = () => now() + by;
      document.dispatchEvent(new Event('visibilitychange'));
    }, ms);
  }

  /** Brings this tab back to the front, as after a switch of tabs. */
  async comeBack(): Promise<void> {
    await this.page.bringToFront();
    await this.page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  }

  async anotherTab(): Promise<Visit> {
    const other = new Visit(this.demo, await this.page.context().newPage());
    await other.page.goto(this.page.url());
    await other.ready();
    return other;
  }

  clipboard(): Promise<string> {
    return this.page.evaluate(() => navigator.clipboard.readText());
  }

  async end(): Promise<void> {
    await this.page.context().close();
  }
}
