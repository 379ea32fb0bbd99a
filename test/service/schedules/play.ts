import { mock } from 'node:test';
import type { Store } from '../../../src/service/store/store.js';
import { Gates, trackCrypto } from './gates.js';
import type { Evidence } from './judge.js';
import { Chekt } from './model/chekt.js';
import { Issuer, PEOPLE } from './model/issuer.js';
import { Network } from './model/network.js';
import { ACCOUNTS, Platform } from './platform.js';
import type { Action, Schedule, Step } from './schedule.js';
import { Browser, Record, Tab } from './tab.js';

const START = Date.parse('2026-11-02T08:00:00Z');
const MINUTE = 60_000;
const RECOVERY_ROUNDS = 12;

export interface Played extends Evidence {
  readonly trace: readonly string[];
}

/** Plays a schedule in virtual time, then lets everything that was left over recover. */
export async function play({ switches, steps, order }: Schedule, store: Store): Promise<Played> {
  const gates = new Gates();
  const restoreCrypto = trackCrypto(gates);
  mock.timers.enable({ apis: ['setTimeout', 'Date'], now: START });
  const issuer = new Issuer();
  const chekt = new Chekt(switches);
  const network = new Network(gates, issuer, chekt);
  const restoreFetch = network.install();
  try {
    const platform = new Platform(gates, store);
    const record = new Record();
    const browsers = [new Browser('u1'), new Browser('u2')];
    const tabs = [0, 0, 1, 1].map((index) => new Tab(browsers[index]!, platform, record));
    const player = new Player({ gates, issuer, chekt, network, platform, tabs, random: randomOf(order) });
    for (const step of steps) await player.step(step);
    const arrivedBefore = await player.recover(store);
    return { chekt, platform, record, store, trace: gates.trace, arrivedBefore };
  } finally {
    restoreFetch();
    mock.timers.reset();
    restoreCrypto();
  }
}

interface World {
  readonly gates: Gates;
  readonly issuer: Issuer;
  readonly chekt: Chekt;
  readonly network: Network;
  readonly platform: Platform;
  readonly tabs: readonly Tab[];
  readonly random: () => number;
}

class Player {
  readonly #world: World;
  /** What an activity threw: nothing of the services may throw. */
  readonly #thrown: unknown[] = [];

  constructor(world: World) {
    this.#world = world;
  }

  async step({ action, at, then }: Step): Promise<void> {
    const { gates } = this.#world;
    void gates.follow(this.#begin(action, at).catch((error: unknown) => this.#thrown.push(error)));
    for (let made = 0; made < then && (await this.#next()); made += 1);
    if (this.#thrown.length > 0) throw this.#thrown[0];
  }

  /** No faults any more: fresh processes do what is due until nothing is. */
  async recover(store: Store): Promise<number> {
    const { chekt, network, platform } = this.#world;
    network.faults.api = [];
    network.faults.issuer = [];
    platform.failingHooks = 0;
    while (await this.#next());
    const arrivedBefore = chekt.arrivals.length;
    for (const at of [0, 1]) platform.kill(at, () => false);
    for (let round = 0; round < RECOVERY_ROUNDS; round += 1) {
      mock.timers.tick(16 * MINUTE);
      await this.step({ action: { do: 'run-due' }, at: round % 2, then: Infinity });
      const { unsettledOperations, oldestHook } = await store.inspect();
      if (unsettledOperations === 0 && oldestHook === null) break;
    }
    await this.step({ action: { do: 'reconcile' }, at: 0, then: Infinity });
    await this.step({ action: { do: 'run-due' }, at: 1, then: Infinity });
    return arrivedBefore;
  }

  #next(): Promise<boolean> {
    const { gates, random } = this.#world;
    return gates.next((count) => Math.floor(random() * count));
  }

  async #begin(action: Action, at: number): Promise<void> {
    const { issuer, chekt, network, platform, tabs, random } = this.#world;
    const tab = 'tab' in action ? tabs[action.tab]! : tabs[0]!;
    const signIn = async (who: number) => {
      await tab.authorize(at, issuer, who, 'allow');
      await tab.comeBack(1 - at);
      await tab.look(at, 'initial');
    };
    switch (action.do) {
      case 'sign-in':
        return signIn(action.who);
      case 'authorize':
        return tab.authorize(at, issuer, action.who, action.decision);
      case 'come-back':
        return tab.comeBack(at);
      case 'look':
        return tab.look(at, action.reason);
      case 'connect':
        if (action.looks) await tab.look(at, 'initial');
        if (!tab.showsPerson) await signIn(action.tab % PEOPLE.length);
        return tab.connect(at);
      case 'repeat':
        return tab.repeat(at);
      case 'misuse':
        return tab.misuse(at, tabs[action.of]!, chekt.arrivals.length);
      case 'disconnect':
        await tab.session(at);
        return tab.disconnect(at);
      case 'session':
        return tab.session(at);
      case 'switch-account':
        return tab.switchAccount();
      case 'log-out': {
        const { sessionId } = tab.browser;
        tab.browser.isLoggedIn = false;
        await platform.use(at, (service) => service.endSession({ sessionId }));
        return;
      }
      case 'log-in':
        return tab.browser.logIn();
      case 'programme': {
        // the platform's own code disconnects
        const account = ACCOUNTS[action.account]!;
        await platform.use(at, (service) => service.disconnect(account, { actor: { id: 'ops' } }));
        return;
      }
      case 'portal':
        return chekt.disconnectInPortal(PEOPLE[action.who]!.dealerId);
      case 'revoke-all':
        return issuer.revokeAll(PEOPLE[action.who]!.sub);
      case 'fault':
        return void network.faults[action.on].push(action.fault);
      case 'failing-hooks':
        platform.failingHooks = action.times;
        return;
      case 'run-due':
        await platform.use(at, (service) => service.runDue());
        return;
      case 'reconcile':
        await platform.use(at, (service) => service.reconcile({ requestsPerMinute: 6_000 }));
        return;
      case 'kill':
        return platform.kill(at, () => random() < 0.5);
      case 'time':
        mock.timers.tick(action.ms);
    }
  }
}

/** mulberry32: small, and the same everywhere. */
function randomOf(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
