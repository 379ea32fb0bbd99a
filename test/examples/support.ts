import assert from 'node:assert/strict';
import type { BrowserContext, Page } from 'playwright-core';
import { startWorld } from '../e2e/support.js';
import { words } from '../e2e/words.js';

const PATIENCE = 20_000;
/** What Lit says when a page is built for development. */
const LIT = /^Lit is in dev mode/;

interface Request {
  readonly operation: string | null;
  readonly method: string;
  readonly status: number | null;
}

/** The demo as `npm start` serves it. Examples know nothing of runs, so that each visit begins with the initial data. */
export async function startExamples() {
  const world = await startWorld();
  const { sandboxOrigin, platformOrigin } = world.demo;
  const sandbox = async <T>(method: string, path: string, json?: unknown): Promise<T> => {
    const answer = await fetch(`${sandboxOrigin}/sandbox/runs/default${path}`, {
      method,
      ...(json === undefined
        ? {}
        : { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(json) }),
    });
    assert.ok(answer.ok, `${method} ${path} answered ${answer.status}`);
    return (await answer.json()) as T;
  };
  return {
    sandbox,
    /** @param prepare is given the browser before it goes to the page */
    async visit(path: string, prepare?: (context: BrowserContext) => Promise<unknown>): Promise<Visit> {
      await sandbox('POST', '/reset', {});
      const headers = { Origin: platformOrigin };
      const { status } = await fetch(`${platformOrigin}/chekt/demo-reset`, { method: 'POST', headers });
      assert.equal(status, 204);
      const context = await world.browser.newContext({ baseURL: platformOrigin });
      await prepare?.(context);
      const visit = new Visit(await context.newPage(), sandbox);
      await visit.page.goto(path);
      return visit;
    },
    close: world.close,
  };
}

export type Examples = Awaited<ReturnType<typeof startExamples>>;

/** One person on the page of an example. */
export class Visit {
  readonly page: Page;
  readonly #sandbox: Examples['sandbox'];
  /** What the console said of warnings and errors, violations of the policy among them. */
  readonly complaints: string[] = [];
  /** The paths that the page has asked for since it was loaded. */
  asked: string[] = [];

  constructor(page: Page, sandbox: Examples['sandbox']) {
    this.page = page;
    this.#sandbox = sandbox;
    page.setDefaultTimeout(PATIENCE);
    page.on('console', (message) => {
      if (!['warning', 'error'].includes(message.type()) || LIT.test(message.text())) return;
      this.complaints.push(message.text());
    });
    page.on('pageerror', (error) => this.complaints.push(String(error)));
    page.on('request', (request) => {
      if (request.isNavigationRequest()) this.asked = [];
      this.asked.push(new URL(request.url()).pathname);
    });
  }

  get element() {
    return this.page.locator('chekt-connect');
  }

  get field() {
    return this.element.getByRole('textbox', { name: words('companyName') });
  }

  async signIn(): Promise<void> {
    await this.element.getByRole('link', { name: words('signIn') }).click();
    await this.page.getByRole('button', { name: 'Dana Reyes' }).click();
    await this.page.getByRole('button', { name: 'Allow', exact: true }).click();
    // the sign-in says the company; these tests type a name
    await this.element.getByText(words('change'), { exact: true }).click();
    await this.field.waitFor();
    await this.field.fill('');
  }

  async disconnect(): Promise<void> {
    await this.element.getByRole('button', { name: words('disconnect') }).click();
    await this.element.getByRole('button', { name: words('disconnect') }).click();
  }

  async sees(text: string): Promise<void> {
    await this.element.getByText(text).first().waitFor();
  }

  /** What the host page says itself. */
  async hears(text: string): Promise<void> {
    await this.page.getByText(text, { exact: true }).waitFor();
  }

  async connections(): Promise<string[]> {
    const bindings = await this.#sandbox<{ dealerId: number; externalDealerId: string }[]>(
      'GET',
      '/bindings',
    );
    return bindings.map(({ dealerId, externalDealerId }) => `${dealerId} ${externalDealerId}`);
  }

  async statuses(operation: string): Promise<(number | null)[]> {
    const log = await this.#sandbox<Request[]>('GET', '/log');
    return log.filter((entry) => entry.operation === operation).map(({ status }) => status);
  }

  async end(): Promise<void> {
    await this.page.context().close();
  }
}
