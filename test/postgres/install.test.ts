import assert from 'node:assert/strict';
import { existsSync, statSync } from 'node:fs';
import { describe, it } from 'node:test';
import pg from 'pg';
import { startCluster } from './cluster.js';
import { findPostgres } from './find.js';
import { planPostgres } from './install.js';

describe('PostgreSQL for the tests', () => {
  it('is found where Debian keeps it, the newest version first', () => {
    const list = (folder: string) => (folder === '/usr/lib/postgresql' ? ['9', '15', '13'] : []);
    assert.equal(
      findPostgres({}, () => true, list),
      '/usr/lib/postgresql/15/bin',
    );
    const without15 = (path: string) => !path.includes('/15/');
    assert.equal(findPostgres({}, without15, list), '/usr/lib/postgresql/13/bin');
  });

  it('is found where POSTGRES_BIN says, on the PATH, or not at all', () => {
    const within = (folder: string) => (path: string) => path.startsWith(folder);
    const env = { POSTGRES_BIN: '/opt/pg/bin', PATH: '/usr/bin:/home/sam/bin' };
    assert.equal(
      findPostgres(
        env,
        () => true,
        () => [],
      ),
      '/opt/pg/bin',
    );
    assert.equal(
      findPostgres(env, within('/home/sam/bin'), () => []),
      '/home/sam/bin',
    );
    assert.equal(
      findPostgres(
        env,
        (path) => path.endsWith('/initdb'),
        () => [],
      ),
      undefined,
    );
  });

  it('is installed automatically only by root on Debian; elsewhere a message says how', () => {
    const plan = (system: string, distribution: string, root: boolean) =>
      planPostgres({ system, distribution, root });
    assert.equal(plan('linux', 'debian', true), 'apt');
    assert.match(plan('linux', 'debian', false), /sudo apt-get install .*postgresql$/);
    assert.match(plan('linux', 'ubuntu', true), /sudo apt-get install .*postgresql$/);
    assert.match(plan('darwin', '', false), /brew install postgresql$/);
    assert.match(plan('linux', 'fedora', true), /POSTGRES_BIN/);
  });

  it('accepts no other users, and leaves nothing behind', async () => {
    const cluster = await startCluster();
    const folder = new URL(cluster.url).searchParams.get('host') ?? '';
    const client = new pg.Client({ connectionString: cluster.url });
    await client.connect();
    const { rows } = await client.query('show listen_addresses');
    await client.end();
    assert.deepEqual(rows, [{ listen_addresses: '' }]);
    assert.equal(statSync(folder).mode & 0o777, 0o700);
    await cluster.stop();
    assert.equal(existsSync(folder), false);
  });
});
