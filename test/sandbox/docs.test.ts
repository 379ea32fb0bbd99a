import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { createControlApi } from '../../demo/sandbox/control/control-api.js';
import { faultSchema } from '../../demo/sandbox/faults/faults.js';
import { switchList } from '../../demo/sandbox/switches.js';
import { startSandbox } from './support.js';

const run = promisify(execFile);
const docs = await readFile(new URL('../../docs/sandbox.md', import.meta.url), 'utf8');

/** The cells of the table whose first header this is, without the backticks around a whole cell. */
function table(first: string): string[][] {
  const lines = docs.split('\n');
  const header = lines.findIndex((line) => line.startsWith(`| ${first} `));
  assert.notEqual(header, -1, `there is a table of ${first}`);
  const rows = lines.slice(header + 2);
  const end = rows.findIndex((line) => !line.startsWith('|'));
  return rows.slice(0, end === -1 ? undefined : end).map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim().replace(/^`([^`]*)`$/, '$1')),
  );
}

describe('docs/sandbox.md', () => {
  let sandbox: Awaited<ReturnType<typeof startSandbox>>;
  before(async () => void (sandbox = await startSandbox()));
  after(() => sandbox.close());
  const here = (text: string) => text.replaceAll('http://127.0.0.1:5174', sandbox.origin);

  it('lists every switch with every value, the default first', () => {
    let name = '';
    const documented = table('switch').map(([first = '', value = '', meaning = '']) => {
      name = first || name;
      assert.notEqual(meaning, '', `${name} ${value} has a meaning`);
      return `${name} ${value}`;
    });
    const known = switchList.flatMap(({ name: each, values, default: only }) =>
      (values ?? [String(only)]).map((value) => `${each} ${value}`),
    );
    assert.deepEqual(documented, known);
  });

  it('lists every kind of fault, and every operation', () => {
    const kinds = faultSchema.options.map(({ shape }) => shape.kind.value);
    assert.deepEqual(
      table('kind').map(([kind]) => kind),
      kinds,
    );
    const [, operations = ''] = /`on` is ([^(]*)/.exec(docs) ?? [];
    assert.deepEqual(
      operations.match(/(?<=`)[\w-]+(?=`)/g)?.sort(),
      [...(faultSchema.options[0].shape.on.options as string[])].sort(),
    );
  });

  it('lists every route of the control interface', () => {
    const parts = {} as Parameters<typeof createControlApi>[0];
    const routes = createControlApi(parts)
      .routes.filter(({ method }) => method !== 'ALL')
      .map(({ method, path }) => `${method} ${path.replace('/sandbox', '')}`);
    assert.deepEqual(
      table('route')
        .map(([route]) => route)
        .sort(),
      routes.sort(),
    );
  });

  it('lists every field of the log', async () => {
    const tester = sandbox.run();
    await tester.connect('bad');
    const [entry] = await tester.log();
    assert.deepEqual(
      table('field')
        .map(([field]) => field)
        .sort(),
      Object.keys(entry ?? {}).sort(),
    );
  });

  it('lists every client and account with what they sign in with', () => {
    const { signIn, m2m, accounts } = sandbox.describe();
    const clients = [signIn, m2m].flatMap(({ issuer, clients: some }) =>
      some.map(({ id, secret, keyId }) => ({ id, issuer, proof: secret ?? keyId ?? '' })),
    );
    const rows = table('client');
    assert.deepEqual(rows.map(([id]) => id).sort(), clients.map(({ id }) => id).sort());
    for (const { id, issuer, proof } of clients) {
      const [, where = '', how = ''] = rows.find(([each]) => each === id) ?? [];
      assert.equal(here(where), issuer);
      assert.ok(proof !== '' && how.includes(`\`${proof}\``), `${id}: ${how}`);
    }
    assert.ok(docs.includes(signIn.audience) && docs.includes(m2m.audience));
    assert.ok(docs.includes(`\`${m2m.extraTokenParameter}\``));
    assert.deepEqual(
      table('account').map(([email, password, , dealer]) => [email, password, dealer]),
      accounts.map(({ email, password, dealerId, companyName }) => [
        email,
        password,
        `${dealerId}, ${companyName}`,
      ]),
    );
  });

  it('shows commands that work', async () => {
    const blocks = [...docs.matchAll(/```sh\n([^]*?)```/g)].map(([, block = '']) => block);
    const commands = blocks.filter((block) => !block.startsWith('npm run'));
    assert.equal(commands.length, blocks.length - 1);
    for (const command of commands) {
      await run('sh', ['-ec', here(command).replaceAll('curl -s', 'curl -sS --fail-with-body')]);
    }
    const a1 = sandbox.run('a1');
    const audit: { clientId: string }[] = await a1.control('GET', '/audit');
    assert.deepEqual(
      audit.map(({ clientId }) => clientId),
      ['dealer-portal'],
    );
    assert.equal((await a1.control('GET', '/switches')).unboundDealer, 'not-connected');
    assert.deepEqual((await a1.control('GET', '/faults')).faults[0].kind, 'reset-after');
  });
});
