import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import type { Visit } from './site.js';

export const script = '<script src="/dist/chekt-connect.js"></script>';
export const embed =
  '<chekt-connect external-dealer-id="adc-67890" service-url="/chekt" platform-name="Northwind Cloud"></chekt-connect>';

const UUID = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;

export interface Walk {
  readonly page: Page;
  readonly visit: Visit;
  /** Where the element is; the default is the page itself. */
  readonly element?: Locator;
  /** Called in each state that the person gets to see. */
  readonly inState?: (state: string) => Promise<void>;
}

export function inState(element: Locator, state: string): Promise<void> {
  return element.page().locator(`chekt-connect:state(${state})`).first().waitFor({ state: 'attached' });
}

/** Does what a dealer admin does: signs in, types the name, connects, disconnects. */
export async function walkThrough({
  page,
  visit,
  element = page.locator('chekt-connect'),
  inState: seen,
}: Walk) {
  const reached = async (state: string) => {
    const handle = await element.elementHandle();
    await page
      .waitForFunction(([host, name]) => (host as Element).matches(`:state(${name as string})`), [
        handle,
        state,
      ] as const)
      .catch(async () => {
        assert.fail(
          `The element is "${await element.evaluate((host) => (host as unknown as { state: string }).state)}" and not "${state}".`,
        );
      });
    await seen?.(state);
  };
  await reached('unauthorized');
  await element.locator('[part~="authorize-button"]').click();
  await page.waitForURL((url) => url.origin === visit.origin);
  await element.locator('[part~="form-control-input"]').waitFor();
  await reached('authorized');
  await element.locator('[part~="form-control-input"]').click();
  await page.keyboard.type('A/V Acme');
  await element.locator('[part~="connect-button"]').click();
  await reached('connected');
  await element.locator('[part~="disconnect-button"]').click();
  await element.locator('[part~="confirm"] [part~="disconnect-button"]').click();
  await reached('authorized');
  const puts = visit.requests.filter(({ method }) => method === 'PUT');
  assert.deepEqual(
    puts.map(({ path }) => path.split('?')[0]),
    ['/chekt/partner/v1/dealers/connect', '/chekt/partner/v1/dealers/12345/disconnect'],
  );
  assert.deepEqual(JSON.parse(puts[0]!.body), { external_dealer_id: 'adc-67890', company_name: 'A/V Acme' });
  for (const { headers } of puts) {
    assert.match(String(headers['idempotency-key']), UUID);
    assert.match(String(headers['x-partner-trace-id']), UUID);
  }
}

/** Collects the console messages and uncaught errors of a page from now on. */
export function listen(page: Page): string[] {
  const said: string[] = [];
  page.on('console', (message) => {
    if (message.type() !== 'debug') said.push(`${message.type()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => said.push(`uncaught: ${error.message}`));
  return said;
}
