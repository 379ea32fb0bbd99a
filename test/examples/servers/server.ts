import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { cp, mkdir, readFile, rm, symlink } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseEnv } from 'node:util';
import type { SandboxDescription } from '../../../demo/sandbox/description.js';
import { blockOf } from '../../docs/pages.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** An example as a partner starts it: in a folder of its own, told by its environment where everything is. */
export interface ExampleServer {
  readonly port: number;
  readonly origin: string;
  /** What it has written. */
  readonly said: () => string;
  stop(): Promise<void>;
}

export interface ExampleOptions {
  readonly file: string;
  readonly databaseUrl: string;
  readonly env: Readonly<Record<string, string>>;
  /** Default: where this process listens. */
  readonly origin?: string;
}

export async function startExample(options: ExampleOptions): Promise<ExampleServer> {
  const { file, env, databaseUrl } = options;
  const folder = `${root}.cache/example-${randomUUID()}`;
  const port = await freePort();
  const address = `http://localhost:${port}`;
  const { origin = address } = options;
  await mkdir(`${folder}/node_modules`, { recursive: true });
  await symlink(root, `${folder}/node_modules/chekt-connect`);
  await cp(`${root}demo/examples/servers`, folder, { recursive: true });
  await cp(`${root}test/examples/servers/next-server.js`, `${folder}/next/server.js`);
  const child = spawn(process.execPath, [file], {
    cwd: folder,
    env: {
      PATH: process.env['PATH'],
      ...env,
      PORT: `${port}`,
      ORIGIN: origin,
      DATABASE_URL: databaseUrl,
    },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += String(text)));
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const stop = async () => {
    child.kill();
    await ended;
    await rm(folder, { recursive: true });
  };
  const deadline = Date.now() + 20_000;
  while (!(await answers(address))) {
    if (child.exitCode !== null || Date.now() > deadline) {
      await stop();
      assert.fail(`${file} does not listen: ${said}`);
    }
    await setTimeout(50);
  }
  return { port, origin, stop, said: () => said };
}

/** The `.env` of the README, with this sandbox in the place of the one that it starts. */
export async function readmeEnv(chekt: SandboxDescription): Promise<Record<string, string>> {
  const text = blockOf(await readFile(`${root}README.md`, 'utf8'), '.env');
  const { origin } = new URL(chekt.partnerApi.baseUrl);
  const key = randomBytes(32).toString('base64url');
  return { ...parseEnv(text.replaceAll('http://127.0.0.1:5174', origin)), CHEKT_KEY: key };
}

/** In the shape of CHeKT's own sample: the platform itself has a key, at another issuer. */
export async function keyPairEnv(chekt: SandboxDescription): Promise<Record<string, string>> {
  const { issuer, audience, clients } = chekt.m2m;
  const machine = clients.find(({ id }) => id === 'northwind-m2m');
  assert.ok(machine?.privateKey && machine.keyId);
  return {
    ...(await readmeEnv(chekt)),
    PLATFORM_ISSUER: issuer,
    PLATFORM_CLIENT_ID: machine.id,
    PLATFORM_KEY: machine.privateKey,
    PLATFORM_KEY_ID: machine.keyId,
    PLATFORM_AUDIENCE: audience,
  };
}

/** The origin is configured before the server listens, so the port has to be known. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function answers(address: string): Promise<boolean> {
  try {
    await fetch(`${address}/chekt/session`);
    return true;
  } catch {
    return false;
  }
}
