import { expect } from '@open-wc/testing';
import type { Binding } from '../../src/index.js';
import type { RecordedRequest } from '../wire/wire.js';
import type { Scene } from './scene.js';
import { findSecret, HostError, pageTexts } from './witness.js';
import { words } from './words.js';

const uuid = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;
const busy = ['authorizing', 'connecting', 'disconnecting'];

/** One ending (guarantee 2 of SECURITY.md): every attempt ends exactly once, and nothing keeps looking busy. */
export function checkOneEnding({ row, events, element, endings, part, text }: Scene): void {
  let open = 0;
  for (const { type } of events) {
    if (type.startsWith('chekt-before-')) open += 1;
    else if (/^chekt-(connected|disconnected)$/.test(type) || (type === 'chekt-error' && open > 0)) open -= 1;
    expect(open, `attempts that run at ${type}`).to.be.within(0, 1);
  }
  expect(open, 'attempts without an end').to.equal(0);
  expect(endings(), 'terminal events').to.have.length(row.endings ?? (row.ends.event === 'none' ? 0 : 1));
  expect(busy, 'the state').not.to.include(element.state);
  for (const key of ['connecting', 'disconnecting', 'stillWorking', 'loading'] as const)
    expect(text()).not.to.contain(words(key));
  if (!element.error?.retryAfter && !element.disabled)
    expect(part('connect-button')?.getAttribute('aria-disabled') ?? null, 'aria-disabled').to.equal(null);
}

/** CHeKT's word (3): the element reports what the server recorded. */
export function checkTruth(scene: Scene, puts: readonly RecordedRequest[]): void {
  const { row, element, events, endings, lastError, part } = scene;
  const { ends } = row;
  const last = endings().at(-1);
  expect(element.state, `the state (error: ${lastError()?.code} ${lastError()?.message})`).to.equal(
    ends.state,
  );
  expect(last?.type ?? 'none', `the end (error: ${lastError()?.code})`).to.equal(ends.event);
  if (ends.event === 'chekt-connected') {
    expect(
      puts.some(({ recorded }) => recorded),
      'recorded',
    ).to.equal(true);
    const { dealerId, externalDealerId } = last!.detail.binding as Binding;
    if (element.state === 'connected') expect(element.binding).to.include({ dealerId, externalDealerId });
    expect(last?.detail.traceId).to.equal(puts.at(-1)?.headers['x-partner-trace-id']);
    expect(element.error).to.equal(null);
  }
  if (ends.event !== 'chekt-error') return;
  const error = lastError()!;
  const { code, outcome, ...others } = ends;
  expect([code].flat(), `the code (${error.message})`).to.include(error.code);
  expect(error.outcome, 'the outcome').to.equal(outcome);
  for (const name of ['apiCode', 'status', 'retryAfter'] as const)
    if (name in others) expect(error[name], name).to.equal(others[name]);
  if (outcome === 'not-applied') {
    const own = puts.filter(({ headers }) => headers['x-partner-trace-id'] === error.traceId);
    expect(
      own.filter(({ recorded }) => recorded),
      'recorded after all',
    ).to.deep.equal([]);
    for (const { status, end } of own) {
      expect(status, 'the status of every attempt').to.be.within(400, 499);
      expect(end).not.to.equal('open');
    }
  } else if (
    ['network', 'timeout', 'server', 'invalid-response'].includes(error.code) &&
    events.filter(({ type }) => type.startsWith('chekt-before')).length === 1
  ) {
    const button = part('connect-button') ?? part('disconnect-button');
    expect(button?.textContent?.trim(), 'the way to find out').to.equal(words('checkAgain'));
  }
}

/** Polite (4): there are no more requests than allowed, each operation uses one key, and they follow the contract. */
export function checkPoliteness(scene: Scene, puts: readonly RecordedRequest[]): void {
  const { row, events, element } = scene;
  const attempts = events.filter(({ type }) => type.startsWith('chekt-before')).length;
  const [least, most] = [row.requests ?? Math.min(1, attempts)].flat() as [number, number?];
  expect(puts.length, 'requests').to.be.within(least, most ?? least);
  const { attempts: tries } = element.diagnostics();
  if (row.tries !== undefined) expect(tries, 'tries').to.have.length(row.tries);
  const keys = new Set(puts.map(({ headers }) => headers['idempotency-key']));
  const traces = new Set(puts.map(({ headers }) => headers['x-partner-trace-id']));
  expect(keys.size, 'idempotency keys').to.equal(row.keys ?? Math.min(1, puts.length));
  expect(traces.size, 'trace ids').to.equal(keys.size);
  for (const id of [...keys, ...traces]) expect(id).to.match(uuid);
  expect(
    [...traces].filter((id) => keys.has(id)),
    'a trace id that is a key',
  ).to.deep.equal([]);
  for (const { headers, path, body } of puts) {
    expect(headers).to.include({ accept: 'application/json' });
    if (path.endsWith('/partner/v1/dealers/connect')) {
      expect(headers['content-type']).to.equal('application/json');
      // a connection that was reset early has no recorded body
      if (body) expect(Object.keys(JSON.parse(body))).to.deep.equal(['external_dealer_id', 'company_name']);
    } else expect(body + (headers['content-type'] ?? ''), 'the body of disconnect').to.equal('');
  }
}

/** Nothing lost (5): what the person typed is kept, or passed on to the sign-in. */
export async function checkNothingLost({ row, element, part, press }: Scene, typed?: string): Promise<void> {
  if (typed === undefined || row.ends.event === 'chekt-connected') return;
  const field = part<HTMLInputElement>('form-control-input');
  if (field) {
    expect(field.value, 'the typed name').to.equal(typed);
    return;
  }
  if (element.state !== 'unauthorized') return;
  const names: string[] = [];
  element.addEventListener(
    'chekt-authorize',
    (event) => {
      event.preventDefault();
      names.push(event.detail.companyName);
    },
    { once: true },
  );
  await press('authorize-button');
  expect(names, 'the name that is passed on to the sign-in').to.deep.equal([typed]);
}

/** Secrets (6): the canary token is in one header, sent to one origin, and nowhere else. */
export function checkSecrets(scene: Scene, requests: readonly RecordedRequest[]): void {
  const { row, secret, element, events, witness, wire } = scene;
  const texts: Record<string, unknown> = {
    ...pageTexts(),
    attributes: element.outerHTML,
    'shadow tree': element.shadowRoot?.innerHTML,
    fields: [...(element.shadowRoot?.querySelectorAll('input') ?? [])].map(({ value }) => value),
    'diagnostics()': JSON.stringify(element.diagnostics()),
    'JSON.stringify(element)': JSON.stringify(element),
    'the element': element,
    'the public properties': [element.error, element.authorization, element.binding, element.state],
    events,
    console: witness.console,
    'uncaught errors': witness.uncaught.filter((error) => !(error instanceof HostError)),
    addresses: witness.requests.map(({ url }) => url),
  };
  const found = Object.entries(texts).flatMap(([where, value]) => findSecret(value, secret, where) ?? []);
  expect(found, 'where the token was found').to.deep.equal([]);
  const origin = originOf(element.apiBaseUrl);
  for (const { headers, ...request } of requests) {
    const { authorization, ...others } = headers;
    expect(findSecret({ ...request, headers: others }, secret), 'the token in a request').to.equal(undefined);
    const mayHoldIt =
      request.path.endsWith('/partner/v1/dealers/connect') && request.origin !== location.origin;
    if (!mayHoldIt) expect(authorization, `the header to ${request.path}`).to.equal(undefined);
    else if (row.keys === undefined) {
      expect(authorization).to.match(new RegExp(`^Bearer [\\w.-]*${secret}[\\w.-]+$`));
      expect([origin, new URL(wire.baseUrl).origin], 'where the token goes').to.include(request.origin);
    }
    if (request.origin !== location.origin) expect(headers['cookie'], 'cookies').to.equal(undefined);
  }
  for (const { init } of witness.requests) {
    expect(init.redirect, 'redirects').to.equal('manual');
    expect(init.credentials, 'credentials').to.equal('same-origin');
  }
}

function originOf(url: string): string | undefined {
  return URL.canParse(url, location.origin) ? new URL(url, location.origin).origin : undefined;
}

/**
 * Nothing left (5): console messages and uncaught errors come only from mistakes or code of the host, and the
 * removed element leaves nothing behind.
 */
export async function checkClean({ row, element, witness, asks, events }: Scene): Promise<void> {
  const told = witness.console.map(({ method, values }) => `${method}: ${values.map(String).join(' ')}`);
  const isMistake = row.ends.code === 'configuration';
  expect(told, 'console messages').to.have.length(row.told ?? Number(isMistake));
  expect(witness.uncaught, 'uncaught').to.have.length(row.uncaught ?? 0);
  expect(asks, 'the reasons for which the source is asked').to.deep.equal(
    // with a binding from the host, nobody has to be signed in until it ends
    row.asks ??
      (row.ends.state === 'unconfigured' ||
      (row.operation === 'disconnect' && row.ends.event !== 'chekt-disconnected')
        ? []
        : ['initial']),
  );
  const before = events.length;
  element.remove();
  await element.updateComplete;
  await Promise.resolve();
  expect(witness.timers.size, 'timers left after removal').to.equal(0);
  expect(events.length, 'events after removal').to.equal(before);
}
