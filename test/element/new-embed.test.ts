import { expect } from '@open-wc/testing';
import type { ChektConnectElement } from '../../src/index.js';
import { runFast } from '../support/clock.js';
import { createWire, type Answer } from '../wire/wire.js';
import { binding, failure, part, settled, success, type, untilState } from './acting.js';
import { dealer, embed, next } from './fixture.js';

const other = 'adc-11111';

async function page(answers: readonly Answer[] = [success], properties: Partial<ChektConnectElement> = {}) {
  const wire = await createWire(answers);
  let asks = 0;
  const shown = embed({
    apiBaseUrl: wire.baseUrl,
    disconnectBaseUrl: wire.sameOriginBaseUrl,
    getAccessToken: async () => ({
      access_token: `secret-token-${(asks += 1)}`,
      name: asks === 1 ? 'Dana Reyes' : 'Mira Lindqvist',
    }),
    ...properties,
  });
  await shown.element.ready;
  return { ...shown, wire, asks: () => asks };
}

describe('changing external-dealer-id is a new embed', () => {
  runFast(4);

  it('drops the authorization at once and requests it again', async () => {
    const { element, asks } = await page();
    expect(element.authorization).to.include({ name: 'Dana Reyes' });
    const told: unknown[] = [];
    element.addEventListener('chekt-state-change', ({ detail }) =>
      told.push([detail.previousState, detail.state, element.authorization?.name]),
    );
    element.setAttribute('external-dealer-id', other);
    await next(element, 'chekt-state-change');
    await untilState(element, 'authorized');
    expect(told).to.deep.equal([
      ['authorized', 'authorizing', undefined],
      ['authorizing', 'authorized', 'Mira Lindqvist'],
    ]);
    expect(asks()).to.equal(2);
  });

  it('drops the typed name, so the field starts with company-name', async () => {
    const { element } = await page([success], { companyName: 'Start' });
    await type(element, 'The old company');
    element.externalDealerId = other;
    await untilState(element, 'authorizing');
    await untilState(element, 'authorized');
    await element.updateComplete;
    expect(part<HTMLInputElement>(element, 'form-control-input')!.value).to.equal('Start');
  });

  it('drops the error', async () => {
    const { element } = await page([{ status: 403 }]);
    await failure(element.connect('Acme'));
    expect(element.error?.code).to.equal('forbidden');
    element.externalDealerId = other;
    await element.updateComplete;
    expect(element.error).to.equal(null);
  });

  for (const [name, value] of [
    ['that the host has set', binding],
    ['that the host has set to null', null],
  ] as const)
    it(`drops the binding ${name}, which is then unknown`, async () => {
      const { element } = await page([success], { binding: value });
      element.externalDealerId = other;
      await element.updateComplete;
      expect(element.binding).to.equal(undefined);
      await untilState(element, 'authorized');
      expect(element.error).to.equal(null);
    });

  it('keeps a binding that the host sets together with the id, in either order', async () => {
    const theirs = { ...binding, externalDealerId: other };
    for (const change of [
      { externalDealerId: other, binding: theirs },
      { binding: theirs, externalDealerId: other },
    ]) {
      const { element, names } = await page([success], { binding });
      Object.assign(element, change);
      await element.updateComplete;
      expect(element.state).to.equal('connected');
      expect(element.binding).to.equal(theirs);
      expect(element.error).to.equal(null);
      expect(names()).not.to.include('chekt-error');
    }
  });

  it('aborts the old question, whose late answer changes nothing', async () => {
    const answers: ((token: string) => void)[] = [];
    const signals: AbortSignal[] = [];
    const { element } = embed({
      getAccessToken: ({ signal }) => {
        signals.push(signal);
        return new Promise((resolve) => answers.push(resolve));
      },
    });
    await untilState(element, 'authorizing');
    element.externalDealerId = other;
    await element.updateComplete;
    expect(signals.map(({ aborted }) => aborted)).to.deep.equal([true, false]);
    answers[0]!('secret-token-1');
    await settled(element);
    expect(element.state).to.equal('authorizing');
    answers[1]!('secret-token-2');
    await untilState(element, 'authorized');
  });

  it('does not fire chekt-ready again', async () => {
    const { element, names } = await page();
    element.externalDealerId = other;
    await untilState(element, 'authorizing');
    await untilState(element, 'authorized');
    expect(names().filter((name) => name === 'chekt-ready')).to.have.length(1);
  });

  it('lets a running operation end with its own id and event, without displaying it', async () => {
    const { element, wire, events } = await page([{ ...success, hold: true }]);
    const running = element.connect('Acme');
    await wire.waitForRequests(1);
    element.externalDealerId = other;
    await element.updateComplete;
    await untilState(element, 'authorized');
    await wire.release();
    const result = await running;
    expect(result.externalDealerId).to.equal('adc-67890');
    expect(JSON.parse((await wire.requests())[0]!.body).external_dealer_id).to.equal('adc-67890');
    const connected = events.filter(({ type: name }) => name === 'chekt-connected');
    expect(connected.map(({ detail }) => detail.binding)).to.deep.equal([result]);
    expect(element.state).to.equal('authorized');
    expect(element.binding ?? null).to.equal(null);
  });

  it('displays what a running operation has recorded if the host is back at its account', async () => {
    const { element, wire, events } = await page([{ ...success, hold: true }]);
    const running = element.connect('Acme');
    await wire.waitForRequests(1);
    element.externalDealerId = other;
    await untilState(element, 'authorized');
    element.externalDealerId = 'adc-67890';
    await untilState(element, 'authorized');
    let readable: unknown;
    element.addEventListener(
      'chekt-connected',
      () => (readable = [element.state, element.binding?.dealerId]),
    );
    await wire.release();
    const { dealerId } = await running;
    expect(readable).to.deep.equal(['connected', dealerId]);
    expect(events.filter(({ type: name }) => name === 'chekt-connected')).to.have.length(1);
  });

  it('reports the failure of a running operation once, without making it an error of the new embed', async () => {
    const { element, wire, events } = await page([{ status: 401, hold: true }]);
    const running = failure(element.connect('Acme'));
    await wire.waitForRequests(1);
    element.externalDealerId = other;
    await element.updateComplete;
    await untilState(element, 'authorized');
    await wire.script([{ status: 401 }]);
    await wire.release();
    const error = await running;
    expect(
      events.filter(({ type: name }) => name === 'chekt-error').map(({ detail }) => detail.error),
    ).to.deep.equal([error]);
    expect(events.map(({ type: name }) => name)).not.to.include('chekt-authorization-required');
    expect(element.error).to.equal(null);
    expect(element.state).to.equal('authorized');
  });

  it('lets the old and the new operation run at the same time, each with its own promise, id and key', async () => {
    const theirs: Answer = { json: { ...dealer, external_dealer_id: other } };
    const { element, wire } = await page([{ ...success, hold: true }, theirs]);
    const first = element.connect('Acme');
    await wire.waitForRequests(1);
    element.externalDealerId = other;
    await element.updateComplete;
    await untilState(element, 'authorized');
    const second = element.connect('Harbor');
    expect(second).not.to.equal(first);
    expect((await second).externalDealerId).to.equal(other);
    await wire.release();
    expect((await first).externalDealerId).to.equal('adc-67890');
    expect(element.binding?.externalDealerId).to.equal(other);
    const keys = (await wire.requests()).map(({ headers }) => headers['idempotency-key']);
    expect(new Set(keys).size).to.equal(2);
  });
});
