import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chownSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findPostgres } from './find.js';

export interface Cluster {
  /**
   * The URL of the database `postgres`, as a superuser, over a socket that only this user and root can open.
   */
  readonly url: string;
  stop(): Promise<void>;
}

/** The data does not have to outlive the tests, so nothing waits for the disk. */
const settings = [
  'fsync=off',
  'synchronous_commit=off',
  'full_page_writes=off',
  'max_connections=200',
  'listen_addresses=',
];

/** Starts a server in a temporary folder. It ends with this process, even if that is killed. */
export async function startCluster(bin = findPostgres()): Promise<Cluster> {
  if (bin === undefined)
    throw new Error('PostgreSQL was not found: "npm test -- postgres" installs it or says how.');
  const folder = mkdtempSync(join(tmpdir(), 'chekt-pg-'));
  const data = join(folder, 'data');
  const user = unprivileged();
  if (user) chownSync(folder, user.uid, user.gid);
  const as = { ...user, cwd: folder };
  try {
    const initdb = ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'];
    execFileSync(join(bin, 'initdb'), initdb, { ...as, stdio: ['ignore', 'ignore', 'pipe'] });
    const options = [...settings, `unix_socket_directories=${folder}`].flatMap((setting) => ['-c', setting]);
    const server = startWithUs(folder, [join(bin, 'postgres'), '-D', data, ...options], as);
    await ready(server).catch((error: unknown) => {
      server.stdin?.end();
      throw error;
    });
    return {
      url: `postgresql://postgres@localhost/postgres?host=${encodeURIComponent(folder)}`,
      stop: async () => {
        const ended = new Promise((resolve) => server.once('exit', resolve));
        server.ref();
        server.stdin?.end();
        await ended;
      },
    };
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

/** PostgreSQL refuses to run as root. */
function unprivileged(): { readonly uid: number; readonly gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const users = readFileSync('/etc/passwd', 'utf8').split('\n');
  const found = ['postgres', 'nobody'].flatMap(
    (name) => users.find((line) => line.startsWith(`${name}:`)) ?? [],
  );
  const [, , uid, gid] = found[0]?.split(':') ?? [];
  if (uid === undefined || gid === undefined) {
    throw new Error(
      'PostgreSQL does not run as root, and there is no user "postgres" or "nobody": run the tests as another user.',
    );
  }
  return { uid: Number(uid), gid: Number(gid) };
}

/**
 * Waits for the end of its input, which also comes when this process is killed; then it shuts the server
 * down.
 */
const shell = `
"$@" </dev/null & server=$!
read -r _
kill -TERM $server
(sleep 5; kill -INT $server) </dev/null >/dev/null 2>&1 & late=$!
wait $server
kill $late
rm -rf "$0"`;

function startWithUs(folder: string, command: readonly string[], options: object): ChildProcess {
  return spawn('sh', ['-c', shell, folder, ...command], {
    ...options,
    stdio: ['pipe', 'ignore', 'pipe'],
    // Ctrl+C reaches this process, which then ends the server in its own time.
    detached: true,
  });
}

async function ready(server: ChildProcess): Promise<void> {
  let log = '';
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`PostgreSQL did not start in 60 s:\n${log}`)), 60_000);
    server.stderr?.on('data', (part: Buffer) => {
      log += part.toString();
      const failed = log.includes('FATAL:');
      if (!failed && !log.includes('ready to accept connections')) return;
      clearTimeout(timer);
      if (failed) reject(new Error(`PostgreSQL did not start:\n${log}`));
      else resolve();
    });
    server.once('error', reject);
  });
  // It keeps logging. Nobody reads that, but a full pipe would block it.
  server.stderr?.removeAllListeners('data').resume();
  server.unref();
  for (const pipe of [server.stdin, server.stderr]) (pipe as Socket | null)?.unref();
}
