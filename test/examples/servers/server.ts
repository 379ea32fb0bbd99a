import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import type { SandboxDescription } from '../../../demo/sandbox/description.js';

const root = new URL('../../../', import.meta.url);

/** An example as a partner starts it: a process of its own, told by its environment where everything is. */
export interface ExampleServer {
  readonly origin: string;
  /** What it has written. */
  readonly said: () => string;
  stop(): Promise<void>;
}

export async function startExample(
  file: string,
  chekt: SandboxDescription,
  databaseUrl: string,
): Promise<ExampleServer> {
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  const child = spawn(process.execPath, [`demo/examples/servers/${file}`], {
    cwd: root,
    env: {
      PATH: process.env['PATH'],
      ...environment(chekt),
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
  };
  const deadline = Date.now() + 20_000;
  while (!(await answers(origin))) {
    if (child.exitCode !== null || Date.now() > deadline) {
      await stop();
      assert.fail(`${file} does not listen: ${said}`);
    }
    await setTimeout(50);
  }
  return { origin, stop, said: () => said };
}

function environment({ partnerApi, signIn, m2m }: SandboxDescription): Record<string, string> {
  const dealerClient = signIn.clients.find(({ id }) => id === 'northwind-sign-in');
  const machine = m2m.clients.find(({ id }) => id === 'northwind-m2m');
  assert.ok(dealerClient?.secret && machine?.privateKey && machine.keyId);
  return {
    CHEKT_API: partnerApi.baseUrl,
    CHEKT_SIGN_IN_ISSUER: signIn.issuer,
    CHEKT_SIGN_IN_CLIENT_ID: dealerClient.id,
    CHEKT_SIGN_IN_SECRET: dealerClient.secret,
    CHEKT_SIGN_IN_AUDIENCE: signIn.audience,
    CHEKT_M2M_ISSUER: m2m.issuer,
    CHEKT_M2M_CLIENT_ID: machine.id,
    CHEKT_M2M_KEY: machine.privateKey,
    CHEKT_M2M_KEY_ID: machine.keyId,
    CHEKT_M2M_AUDIENCE: m2m.audience,
    CHEKT_M2M_SCOPE: m2m.scope,
    CHEKT_ENCRYPTION_KEY: randomBytes(32).toString('base64url'),
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

async function answers(origin: string): Promise<boolean> {
  try {
    await fetch(`${origin}/chekt/session`);
    return true;
  } catch {
    return false;
  }
}
