import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Background } from '../../src/service/background.js';
import { Outbox } from '../../src/service/due/outbox.js';
import { createChektService, type HookEvent, type Store } from '../../src/service/index.js';
import { memoryStore } from '../../src/service/store/memory.js';
import { audit, hook, NOW } from '../../src/service/store/store-tests/samples.js';
import { answering } from './schedules/model/answering.js';
import { Chekt } from './schedules/model/chekt.js';
import { Issuer } from './schedules/model/issuer.js';
import { Visitor } from './schedules/model/visitor.js';
import { BASE, modelOptions } from './schedules/platform.js';

const quiet = () => undefined;
const turn = () => new Promise((resolve) => setImmediate(resolve));

/** The same store, and how often each of its operations was called. */
function counted(store: Store) {
  const calls: Record<string, number> = {};
  const counting = new Proxy(store, {
    get(target, name: keyof Store & string) {
      const member = target[name];
      if (typeof member !== 'function') return member;
      return (...given: never[]) => {
        calls[name] = (calls[name] ?? 0) + 1;
        return (member as (...given: never[]) => unknown).apply(target, given);
      };
    },
  });
  return { store: counting, calls };
}

describe('the work after an answer', () => {
  it('tells the events of many accounts with one call, and a slow hook holds up no other account', async () => {
    const { store, calls } = counted(memoryStore());
    for (const traceId of ['1', '2']) {
      for (const account of ['adc-1', 'adc-2', 'adc-3']) {
        await store.commit({ now: NOW, audit: [audit(account)], outbox: [hook(account, { traceId })] });
      }
    }
    let release: () => void = quiet;
    const slow = new Promise<void>((resolve) => (release = resolve));
    const told: string[] = [];
    const connected = ({ externalDealerId, traceId }: HookEvent) => {
      told.push(`${externalDealerId} ${traceId}`);
      return externalDealerId === 'adc-1' ? slow : undefined;
    };
    const logger = { warn: quiet, error: quiet };
    const outbox = new Outbox({ store, hooks: { connected }, logger, clock: () => NOW });
    const all = outbox.tell(['adc-1', 'adc-2', 'adc-3', 'adc-2']);
    await turn();
    assert.deepEqual(told, ['adc-1 1', 'adc-2 1', 'adc-3 1', 'adc-2 2', 'adc-3 2']);
    assert.deepEqual([calls['takeOutbox'], calls['settleOutbox']], [3, 2]);
    release();
    await all;
    assert.equal(told.at(-1), 'adc-1 2');
    assert.equal((await store.inspect()).oldestHook, null);
  });

  /** Two people who connect at the same time. */
  async function connectTwo(waitUntil?: (work: Promise<unknown>) => void) {
    const { store, calls } = counted(memoryStore());
    const issuer = new Issuer();
    const chekt = new Chekt({
      ...{ keys: 'remembered', unboundDealer: 'not-connected', sameId: 'ok', otherId: 'replace' },
      idTaken: 'replace',
    });
    const restore = answering(issuer, chekt);
    const told: string[] = [];
    const connected = ({ externalDealerId }: HookEvent) => void told.push(externalDealerId);
    const service = createChektService({ ...modelOptions(store), on: { connected } });
    const requests = await Promise.all(
      [1, 2].map(async (index) => {
        const visitor = new Visitor(service, index);
        const headers = await visitor.signIn(issuer, { sub: `a-${index}`, name: 'Dana', dealerId: index });
        const init = { method: 'PUT', headers: { ...visitor.login, ...headers }, body: visitor.body };
        return new Request(`${BASE}/partner/v1/dealers/connect`, init);
      }),
    );
    await service.stop(); // what the sign-ins began
    for (const name of Object.keys(calls)) delete calls[name];
    const answers = await Promise.all(
      requests.map((request) => service.fetch(request, waitUntil ? { waitUntil } : {})),
    );
    assert.deepEqual(
      answers.map(({ status }) => status),
      [200, 200],
    );
    return { service, calls, told, restore };
  }

  it('is gathered, and begun at once by stop()', async () => {
    const { service, calls, told, restore } = await connectTwo();
    assert.deepEqual([told, calls['takeRevocations']], [[], undefined], 'the answer comes first');
    await service.stop();
    restore();
    assert.deepEqual(told.toSorted(), ['adc-1', 'adc-2']);
    const { beginConnect, commit, takeOutbox, settleOutbox, takeRevocations, dropGrants, spend } = calls;
    assert.deepEqual({ beginConnect, commit }, { beginConnect: 2, commit: 2 });
    assert.deepEqual({ takeOutbox, settleOutbox }, { takeOutbox: 2, settleOutbox: 1 });
    assert.deepEqual({ takeRevocations, dropGrants, spend }, { takeRevocations: 1, dropGrants: 1, spend: 2 });
  });

  it('is waited for by stop(), but what goes on and on is not', async () => {
    const background = new Background({ info: quiet, warn: quiet, error: quiet });
    let isOpen = true;
    const goOn = (): void =>
      background.run(
        'more',
        turn().then(() => (isOpen ? goOn() : undefined)),
      );
    goOn();
    const late = new Promise((resolve) => setTimeout(resolve, 5_000, 'never'));
    assert.notEqual(await Promise.race([background.ended(), late]), 'never');
    isOpen = false;
  });

  it('begins by itself shortly after the answer', async () => {
    const { told, restore } = await connectTwo();
    const until = Date.now() + 5_000;
    while (told.length < 2 && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 10));
    restore();
    assert.deepEqual(told.toSorted(), ['adc-1', 'adc-2']);
  });

  it('is the own work of each request where the runtime has waitUntil', async () => {
    const works: Promise<unknown>[] = [];
    const { calls, told, restore } = await connectTwo((work) => void works.push(work));
    await Promise.all(works);
    restore();
    assert.deepEqual(told.toSorted(), ['adc-1', 'adc-2']);
    assert.equal(calls['takeRevocations'], 2);
  });
});
