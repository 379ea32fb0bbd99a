import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { randomBytes } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createSandbox, type Sandbox } from '../../demo/sandbox/index.js';
import { createDatabase } from './support/postgres.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const readme = readFileSync(`${root}README.md`, 'utf8');
/** Inside the repository, so that packages are resolved, but ignored by Git. */
const folder = `${root}.cache/readme-${process.pid}`;

/** The code block that follows the name of its file. */
function fileIn(name: string): string {
  const [, code] = new RegExp(`\`${name}\`[^]*?\`\`\`\\w+\n([^]*?)\`\`\``).exec(readme) ?? [];
  assert.ok(code, `the README has ${name}`);
  return code;
}

/** Imports the source instead of the package, because the published package has its own tests. */
const fromSource = (code: string) =>
  code
    .replaceAll("'chekt-connect/service/postgres'", `'${root}src/service/store/postgres.ts'`)
    .replaceAll("'chekt-connect/service/node'", `'${root}src/service/node.ts'`)
    .replaceAll("'chekt-connect/service'", `'${root}src/service/index.ts'`);

async function freePort(): Promise<number> {
  const server = createServer().listen(0, 'localhost');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

describe('server.js and index.html of the README', () => {
  let sandbox: Sandbox;
  let server: ChildProcess;
  let origin: string;
  let said = '';

  before(async () => {
    sandbox = await createSandbox({ platformOrigins: [] });
    const { partnerApi, signIn } = sandbox.describe();
    const client = signIn.clients.find(({ id }) => id === 'northwind-platform');
    assert.ok(client?.secret);
    const port = await freePort();
    origin = `http://localhost:${port}`;
    await mkdir(`${folder}/public`, { recursive: true });
    await writeFile(`${folder}/server.js`, fromSource(fileIn('server.js')));
    await writeFile(`${folder}/public/index.html`, fileIn('public/index.html'));
    const values = {
      ISSUER: signIn.issuer,
      CLIENT_ID: client.id,
      SECRET: client.secret,
      AUDIENCE: signIn.audience,
    };
    const both = Object.entries(values).flatMap(([name, value]) => [
      [`SIGN_IN_${name}`, value],
      [`PLATFORM_${name}`, value],
    ]);
    const env = {
      ...process.env,
      ...Object.fromEntries(both),
      PORT: String(port),
      ORIGIN: origin,
      DATABASE_URL: await createDatabase(),
      CHEKT_API: partnerApi.baseUrl,
      CHEKT_KEY: randomBytes(32).toString('base64url'),
    };
    server = spawn(process.execPath, ['--import=tsx', 'server.js'], { cwd: folder, env });
    server.stdout!.on('data', (text: Buffer) => (said += text.toString()));
    server.stderr!.on('data', (text: Buffer) => (said += text.toString()));
    while (!(await fetch(origin).catch(() => undefined))) {
      assert.equal(server.exitCode, null, said);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  });
  after(async () => {
    server.kill('SIGKILL');
    await once(server, 'exit');
    await sandbox.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('find nothing wrong with the sandbox', () => {
    assert.doesNotMatch(said, /^(error|\s*at )/m);
    assert.match(said, /^info origin/m);
  });

  it('serve the page, and say whose account it is', async () => {
    assert.match(await (await fetch(`${origin}/`)).text(), /<chekt-connect service-url="\/chekt">/);
    const session = await (await fetch(`${origin}/chekt/session`)).json();
    assert.equal(session.externalDealerId, 'adc-67890');
    assert.equal(session.accountName, 'Acme');
    assert.equal(session.bindingStatus, 'none');
  });

  it('lead the dealer admin to sign in', async () => {
    const answer = await fetch(`${origin}/chekt/authorize?external_dealer_id=adc-67890`, {
      redirect: 'manual',
    });
    assert.equal(answer.status, 302);
    assert.ok(answer.headers.get('Location')?.startsWith(sandbox.origin));
  });
});
