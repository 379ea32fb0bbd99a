import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { postgresStore } from '../../src/service/store/postgres.js';
import { Person } from './person.js';
import { connect, createDatabase } from './support/postgres.js';
import type { ProcessSettings } from './support/process.js';
import { startProxy, type Proxy } from './support/proxy.js';
import { ACCOUNT, DANA, newKey, newRun, startWorld, until, type Platform, type World } from './world.js';

interface Child {
  readonly process: ChildProcess;
  readonly port: number;
}

/** Two real processes over one PostgreSQL, behind a proxy that takes them in turn. */
class Cluster {
  readonly children: Child[];
  readonly settings: ProcessSettings;
  readonly proxy: Proxy;

  private constructor(children: Child[], proxy: Proxy, settings: ProcessSettings) {
    this.children = children;
    this.proxy = proxy;
    this.settings = settings;
  }

  static async open(settings: Omit<ProcessSettings, 'origin'>): Promise<Cluster> {
    const children: Child[] = [];
    const proxy = await startProxy(() =>
      children
        .filter(({ process }) => process.exitCode === null && process.signalCode === null)
        .map(({ port }) => port),
    );
    return new Cluster(children, proxy, { ...settings, origin: proxy.origin });
  }

  async start(): Promise<Child> {
    const child = spawn(process.execPath, ['--import', 'tsx', 'test/service/support/process.ts'], {
      env: { ...process.env, PLATFORM_SETTINGS: JSON.stringify(this.settings) },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const line = await new Promise<string>((resolve, reject) => {
      child.stdout?.once('data', (data: Buffer) => resolve(data.toString()));
      child.once('exit', () => reject(new Error('The process ended before it listened.')));
    });
    const started = { process: child, port: (JSON.parse(line) as { port: number }).port };
    this.children.push(started);
    return started;
  }

  async kill({ process: child }: Child): Promise<void> {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await ended;
  }

  async stop(): Promise<void> {
    await Promise.all(
      this.children.filter(({ process }) => process.signalCode === null).map((child) => this.kill(child)),
    );
    await this.proxy.close();
  }
}

describe('two processes over PostgreSQL', () => {
  let world: World;
  let databaseUrl: string;
  let pool: ReturnType<typeof connect>;
  let cluster: Cluster;
  let platform: Platform;
  before(async () => {
    world = await startWorld();
    databaseUrl = await createDatabase();
    pool = connect(databaseUrl, 2);
    await postgresStore(pool).migrate();
    const run = newRun();
    const { id, key } = newKey();
    const sandboxOrigin = world.sandbox.origin;
    cluster = await Cluster.open({ databaseUrl, sandboxOrigin, run, encryptionKey: key });
    const { origin } = cluster.proxy;
    await Promise.all([cluster.start(), cluster.start()]);
    // The same platform's own code, and its control of the sandbox.
    platform = await world.platform(
      { origin, store: postgresStore(pool), encryptionKeys: [{ id, key }] },
      run,
    );
    Object.assign(platform, { origin });
  });
  after(async () => {
    await cluster.stop();
    await world.close();
    await pool.end();
  });

  it('sign-in on one, callback on the other, connect and disconnect on whichever is next', async () => {
    const person = new Person(platform, {});
    await person.signIn(DANA);
    const answer = await person.connect();
    assert.equal(answer.status, 200, await answer.clone().text());
    assert.equal((await person.session()).bindingStatus, 'connected');
    assert.equal((await person.disconnect(12345)).status, 200);
    assert.deepEqual(await platform.bound(), []);
  });

  it('connects once for a key that both are asked with at once', async () => {
    const person = new Person(platform, { actor: 'u2' });
    await person.signIn(DANA);
    const { sign_in_id: signInId } = await person.token();
    const before = (await platform.calls(/connect$/)).length;
    const key = randomUUID();
    await platform.fault({ on: 'connect', kind: 'delay', ms: 400 });
    const answers = await Promise.all([1, 2, 3].map(() => person.connect({ key, signInId })));
    assert.deepEqual(
      answers.map(({ status }) => status),
      [200, 200, 200],
    );
    assert.equal((await platform.calls(/connect$/)).length, before + 1);
    await person.disconnect(12345);
  });

  it("knows the truth after kill -9 between CHeKT's work and its answer", async () => {
    const person = new Person(platform, { actor: 'u3' });
    await person.signIn(DANA);
    const { sign_in_id: signInId } = await person.token();
    const key = randomUUID();
    await platform.fault({ on: 'connect', kind: 'delay', ms: 3_000, when: 'after' });
    const lost = person.connect({ key, signInId }).then(
      ({ status }) => status,
      () => 'no answer',
    );
    await until(async () => (await platform.bound()).length === 1); // CHeKT has recorded it, and has not answered
    for (const child of [...cluster.children]) await cluster.kill(child);
    assert.ok([502, 'no answer'].includes(await lost));
    assert.equal(await platform.chekt.bindings.get(ACCOUNT), null);

    await cluster.start();
    // The lease of a dead process lasts 30 s: its end is moved here instead of waited for.
    await pool.query('update chekt.operations set leased_until = 0');
    await fetch(`http://127.0.0.1:${cluster.children.at(-1)?.port}/run-due`);
    assert.equal((await platform.chekt.bindings.get(ACCOUNT))?.dealerId, 12345);
    const { items } = await platform.chekt.audit();
    const recorded = items.filter(({ action, actor }) => action === 'connect.recorded' && actor?.id === 'u3');
    assert.equal(recorded.length, 1);
    const repeated = await person.connect({ key, signInId });
    assert.equal(repeated.status, 200);
    assert.equal(
      (await platform.calls(/connect$/)).filter(({ idempotencyKey }) => idempotencyKey === key).length,
      2,
    );
  });
});
