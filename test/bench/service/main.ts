/**
 * `npm run bench:service`: measures what the published service adds to a relayed connect, beside a bare Express route that makes
 * the same upstream calls in the same run. CHeKT answers in 20 ms, as in the bench of the element; the rows in which it answers at
 * once show the service's share of the CPU, and no figure is required of them. It uses the PostgreSQL at `DATABASE_URL`, or else
 * starts one if it is installed, or else PGlite; `PGLITE=1` chooses PGlite.
 */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { PGlite } from '@electric-sql/pglite';
import express from 'express';
import pg from 'pg';
import type * as serviceModule from '../../../src/service/index.js';
import type * as nodeModule from '../../../src/service/node.js';
import type * as postgresModule from '../../../src/service/store/postgres.js';
import { startCluster } from '../../postgres/cluster.js';
import { findPostgres } from '../../postgres/find.js';
import { answering } from '../../service/schedules/model/answering.js';
import { Issuer } from '../../service/schedules/model/issuer.js';
import { Visitor } from '../../service/schedules/model/visitor.js';
import { modelOptions } from '../../service/schedules/platform.js';
import { assertFreshBuild } from '../build.js';
import { ANSWER_TIME } from '../site.js';

assertFreshBuild();
const dist = <Module>(file: string) =>
  import(new URL(`../../../dist/service/${file}.js`, import.meta.url).href) as Promise<Module>;
const { createChektService } = await dist<typeof serviceModule>('index');
const { toNodeHandler } = await dist<typeof nodeModule>('node');
const { postgresStore } = await dist<typeof postgresModule>('postgres');

const CALLS = Number(process.env['CALLS'] ?? 300);
/** The two take turns in batches, so that other load on the machine affects both alike. */
const BATCH = 20;
/** How many requests run at a time, and the milliseconds that CHeKT takes for an answer; what is required comes last, when all is warm. */
const RUNS = [
  { parallel: 1, delay: 0 },
  { parallel: 8, delay: 0 },
  { parallel: 1, delay: ANSWER_TIME },
  { parallel: 8, delay: ANSWER_TIME },
] as const;
const PATH = '/chekt/partner/v1/dealers/connect';
const MOST_ADDED = 5;
const LEAST_SHARE = 0.6;

const listen = async (server: Server) => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

/** CHeKT's rate limit is not what is measured. */
const PLAN = {
  'X-RateLimit-Limit': '1000000',
  'X-RateLimit-Remaining': '1000000',
  'X-RateLimit-Reset': String(Math.ceil(Date.now() / 1000) + 60),
};
let answerTime = 0;
/** CHeKT's Partner API and revocation endpoint over real HTTP. */
const dealers = new Map<string, string>();
const chekt = createServer((request, response) => {
  let text = '';
  request.on('data', (part: Buffer) => (text += part.toString()));
  request.on('end', async () => {
    if (answerTime > 0) await setTimeout(answerTime);
    if (request.url === '/revoke') return response.end();
    const account =
      text === ''
        ? dealers.get(request.url ?? '')
        : (JSON.parse(text) as { external_dealer_id: string }).external_dealer_id;
    const dealerId = Number(account?.slice('adc-'.length));
    dealers.set(`/partner/v1/dealers/${dealerId}`, account ?? '');
    response.setHeader('Content-Type', 'application/json');
    response.setHeaders(new Map(Object.entries(PLAN)));
    response.end(JSON.stringify({ dealer_id: dealerId, external_dealer_id: account, company_name: 'Acme' }));
  });
});
const upstream = await listen(chekt);
const REVOKE = `${upstream}/revoke`;
const issuer = new Issuer();
/** The model of the issuer stands in the way of each `fetch`, so it is there only while people sign in. */
const answeringSignIns = () => answering(issuer, { answer: () => new Response(null, { status: 404 }) });

/** Requests that go on after the page has its answer. */
const afterwards: Promise<unknown>[] = [];
function read(url: string, init: RequestInit): void {
  afterwards.push(fetch(url, init).then((after) => after.text()));
}
/**
 * The least that a partner would write: no records, no locks, no idempotency key. It makes the same upstream calls: connect, the
 * check after it, and the revocation of both tokens.
 */
const bare = express();
bare.put(PATH, express.json(), async (request, response) => {
  const headers = { Authorization: 'Bearer token', 'Content-Type': 'application/json' };
  const body = JSON.stringify(request.body);
  const answer = await fetch(`${upstream}/partner/v1/dealers/connect`, { method: 'PUT', headers, body });
  const text = await answer.text();
  response.status(answer.status).type('json').send(text);
  const { dealer_id: id } = JSON.parse(text) as { dealer_id: number };
  read(`${upstream}/partner/v1/dealers/${id}`, { headers });
  for (const token of ['refresh', 'access']) {
    read(REVOKE, { method: 'POST', body: new URLSearchParams({ token }) });
  }
});

const own =
  process.env['PGLITE'] || process.env['DATABASE_URL'] || !findPostgres() ? undefined : await startCluster();
const url = process.env['PGLITE'] ? undefined : (process.env['DATABASE_URL'] ?? own?.url);
const database = url ? new pg.Pool({ connectionString: url }) : new PGlite();
const store = postgresStore(database);
await store.migrate();
const options = modelOptions(store);
const { dealerSignIn } = options;
const service = createChektService({
  ...options,
  dealerSignIn: { ...dealerSignIn, server: { ...dealerSignIn.server!, revocation_endpoint: REVOKE } },
  partnerApi: { baseUrl: upstream },
  limits: { perMinute: 1_000_000 },
});
const relayed = express();
relayed.use(toNodeHandler(service));

/** The request of a person who is signed in with CHeKT and about to press Connect. */
interface Ready {
  readonly headers: Record<string, string>;
  readonly body: string;
}

async function ready(index: number): Promise<Ready> {
  const visitor = new Visitor(service, index);
  const admin = { sub: `admin-${index}`, name: 'Dana Reyes', dealerId: index };
  const headers = await visitor.signIn(issuer, admin);
  return { headers: { ...visitor.login, ...headers }, body: visitor.body };
}

class Side {
  readonly #origin: string;
  readonly #settle: () => Promise<unknown>;
  #times: number[] = [];
  #seconds = 0;
  #cpu = 0;

  /** @param settle waits for the work that goes on after the answers, which counts too */
  constructor(origin: string, settle: () => Promise<unknown>) {
    this.#origin = origin;
    this.#settle = settle;
  }

  forget(): void {
    this.#times = [];
    this.#seconds = this.#cpu = 0;
  }

  async run(people: readonly Ready[], parallel: number): Promise<void> {
    const waiting = [...people];
    const began = performance.now();
    const cpu = process.cpuUsage();
    const work = async () => {
      for (let person = waiting.pop(); person; person = waiting.pop()) {
        const start = performance.now();
        const answer = await fetch(this.#origin + PATH, { method: 'PUT', ...person });
        const text = await answer.text();
        if (answer.status !== 200) throw new Error(`${answer.status} ${text}`);
        this.#times.push(performance.now() - start);
      }
    };
    await Promise.all(Array.from({ length: parallel }, work));
    await this.#settle();
    this.#seconds += (performance.now() - began) / 1000;
    const { user, system } = process.cpuUsage(cpu);
    this.#cpu += (user + system) / 1000;
  }

  get figures() {
    const times = this.#times.toSorted((a, b) => a - b);
    const at = (share: number) => times[Math.floor(times.length * share)] ?? NaN;
    const calls = times.length;
    return { p50: at(0.5), p95: at(0.95), perSecond: calls / this.#seconds, cpu: this.#cpu / calls };
  }
}

const servers = [createServer(bare), createServer(relayed)];
const [bareOrigin = '', serviceOrigin = ''] = await Promise.all(servers.map(listen));
const plain = new Side(bareOrigin, () => Promise.all(afterwards.splice(0)));
const ours = new Side(serviceOrigin, () => service.stop());
const rows: Record<string, Record<string, number>> = {};
const missed: string[] = [];
let used = 0;
for (const { parallel, delay } of RUNS) {
  answerTime = delay;
  for (const [calls, isWarmUp] of [
    [3 * BATCH, true],
    [CALLS, false],
  ] as const) {
    plain.forget(); // the calls so far were the warm-up
    ours.forget();
    for (let called = 0; called < calls; called += BATCH) {
      const restore = answeringSignIns();
      const people: Ready[] = [];
      while (people.length < BATCH) people.push(await ready((used += 1)));
      await service.stop(); // what the sign-ins have begun is nobody's connect
      if (!isWarmUp) restore(); // the platform's own token is there by now
      await plain.run(people, parallel);
      await ours.run(people, parallel);
      if (isWarmUp) restore();
    }
  }
  const [theirs, its] = [plain.figures, ours.figures];
  const added = its.p50 - theirs.p50;
  const share = its.perSecond / theirs.perSecond;
  const figures = {
    ...{ 'bare p50 ms': theirs.p50, 'service p50 ms': its.p50, 'added p50 ms': added },
    ...{ 'service p95 ms': its.p95, 'bare /s': theirs.perSecond, 'service /s': its.perSecond },
    ...{ 'share of throughput': share, 'bare CPU ms': theirs.cpu, 'service CPU ms': its.cpu },
  };
  const entries = Object.entries(figures).map(([name, value]) => [name, Number(value.toFixed(2))]);
  rows[`${parallel} at a time, CHeKT in ${delay} ms`] = Object.fromEntries(entries) as Record<string, number>;
  if (delay === 0) continue;
  if (parallel === 1 && added > MOST_ADDED)
    missed.push(`the service adds ${added.toFixed(2)} ms to the p50, at most ${MOST_ADDED} are allowed`);
  if (parallel > 1 && share < LEAST_SHARE)
    missed.push(
      `the throughput is ${share.toFixed(2)} of the bare route's, at least ${LEAST_SHARE} is required`,
    );
}
console.log(`${CALLS} connects each, ${url ? 'PostgreSQL' : 'PGlite'}, Node ${process.version}`);
console.table(rows);
for (const miss of missed) console.log(`Missed: ${miss}.`);
process.exitCode = missed.length > 0 ? 1 : 0;

await service.stop();
for (const server of [...servers, chekt]) {
  server.closeAllConnections();
  server.close();
}
await (database instanceof PGlite ? database.close() : database.end());
await own?.stop();
