import { after } from 'node:test';
import pg from 'pg';
import { type Cluster, startCluster } from '../../postgres/cluster.js';

let own: Promise<Cluster> | undefined;
let created = 0;

/** The test run's server. A file that runs alone starts its own, which ends with it. */
async function server(): Promise<string> {
  const shared = process.env['TEST_DATABASE_URL'];
  if (shared) return shared;
  own ??= startCluster();
  return (await own).url;
}

/** The URL of an empty database for one test file, on a real PostgreSQL. */
export async function createDatabase(): Promise<string> {
  const url = new URL(await server());
  const name = `test_${process.pid}_${(created += 1)}`;
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  await client.query(`create database ${name}`);
  await client.end();
  url.pathname = `/${name}`;
  return url.href;
}

/** A pool of its own connections, as another process has it. */
export function connect(url: string, connections = 8): pg.Pool {
  return new pg.Pool({ connectionString: url, max: connections });
}

after(async () => {
  await (await own)?.stop();
});
