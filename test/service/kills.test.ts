import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import type { HookEvent } from '../../src/service/index.js';
import { RealPlatform } from './kills/platform.js';
import { judge } from './schedules/judge.js';
import { Chekt } from './schedules/model/chekt.js';
import { Issuer } from './schedules/model/issuer.js';
import { arriving } from './schedules/model/answering.js';
import { Browser, Record, Tab } from './schedules/tab.js';
import { emptyStores } from './support/empty-store.js';
import { connect, createDatabase } from './support/postgres.js';

/** 300 in `npm run soak`. Each kill costs the start of a real process. */
const KILLS = Number(process.env['KILLS'] ?? 8);
const SEED = Number(process.env['SEED'] ?? Date.now() % 2 ** 31);
const MINUTE = 60_000;
const ROUNDS = 12;

const action = fc.record({
  do: fc.constantFrom('connect', 'connect', 'connect', 'repeat', 'disconnect', 'run-due'),
  tab: fc.nat(2),
  at: fc.nat(1),
  /** Statements and calls, each before and after. A connect has about 50 of them. */
  killAfter: fc.option(fc.nat(55), { nil: undefined, freq: 4 }),
});
const switches = fc.record({
  keys: fc.constantFrom('remembered', 'forgotten'),
  unboundDealer: fc.constant('not-connected' as const),
  sameId: fc.constantFrom('ok', 'conflict'),
  otherId: fc.constantFrom('replace', 'conflict'),
  idTaken: fc.constantFrom('replace', 'conflict'),
});
/** Pairs are under way at once. */
const schedules = fc.record({
  switches,
  pairs: fc.array(fc.tuple(action, action), { minLength: 1, maxLength: 3 }),
});
type Schedule = typeof schedules extends fc.Arbitrary<infer Of> ? Of : never;

describe('two real processes that are killed at any step', () => {
  const issuer = new Issuer();
  let chekt: Chekt;
  let platform: RealPlatform;
  let pool: ReturnType<typeof connect>;
  const surroundings = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString()));
    request.on('end', () => {
      if (request.url === '/hook') {
        platform.told.push(JSON.parse(body) as HookEvent);
        return response.end();
      }
      const { method = 'GET', url = '', headers } = request;
      const said = arriving(
        { issuer, chekt },
        { method, path: url, headers: new Headers(headers as HeadersInit), body },
      );
      void said.text().then((text) => response.writeHead(said.status, [...said.headers].flat()).end(text));
    });
  });

  before(async () => {
    await new Promise<void>((resolve) => surroundings.listen(0, '127.0.0.1', resolve));
    const { port } = surroundings.address() as AddressInfo;
    const databaseUrl = await createDatabase();
    pool = connect(databaseUrl, 2);
    await emptyStores(pool)();
    platform = new RealPlatform({ databaseUrl, surroundings: `http://127.0.0.1:${port}` });
    await platform.start();
  });
  after(async () => {
    await platform.stop();
    surroundings.closeAllConnections();
    surroundings.close();
    await pool.end();
  });

  async function play({ switches, pairs }: Schedule): Promise<readonly string[]> {
    chekt = new Chekt(switches);
    const store = await emptyStores(pool)();
    platform.ahead = 0;
    platform.told.length = 0;
    const record = new Record();
    const browsers = [new Browser('u1'), new Browser('u2')] as const;
    const tabs = [browsers[0], browsers[0], browsers[1]].map((browser) => new Tab(browser, platform, record));
    tabs[2]!.switchAccount();

    for (const pair of pairs) {
      const ready = pair.map(async (action) => {
        const tab = tabs[action.tab]!;
        if (action.do !== 'connect' || tab.showsPerson) return;
        await tab.authorize(action.at, issuer, action.tab, 'allow');
        await tab.comeBack(1 - action.at);
        await tab.look(action.at, 'initial');
      });
      await Promise.all(ready);
      await Promise.all(
        pair.map(async ({ do: what, tab: index, at, killAfter }) => {
          const tab = tabs[index]!;
          if (what === 'disconnect') await tab.session(at);
          if (killAfter !== undefined) platform.arm(at, killAfter);
          if (what === 'run-due') await platform.ask(at, 'run-due');
          else await tab[what](at);
        }),
      );
    }
    await platform.disarm();
    for (let round = 0; round < ROUNDS; round += 1) {
      platform.ahead += 16 * MINUTE;
      await platform.ask(round % 2, 'run-due');
      const { unsettledOperations, oldestHook } = await store.inspect();
      if (unsettledOperations === 0 && oldestHook === null) break;
    }
    await platform.ask(0, 'reconcile');
    await platform.ask(1, 'run-due');
    return judge({ chekt, platform, record, store });
  }

  it(`keep every guarantee in ${KILLS} schedules (SEED=${SEED})`, { timeout: KILLS * 30_000 }, async () => {
    const started = performance.now();
    await fc.assert(
      fc.asyncProperty(schedules, async (schedule) => assert.deepEqual(await play(schedule), [])),
      { numRuns: KILLS, seed: SEED, endOnFailure: true },
    );
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    console.log(`${KILLS} schedules with ${platform.deaths} kills in ${seconds} s (SEED=${SEED})`);
    assert.ok(platform.deaths > KILLS / 4, `${platform.deaths} kills`);
  });
});
