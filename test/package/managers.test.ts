import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { root } from './built.js';
import { partnerProject, run } from './packed.js';

const page = `
import 'chekt-connect/define';
import type {} from 'chekt-connect/jsx';
import type { GlobalComponents } from 'vue';
import type {} from 'chekt-connect/vue';
import type { SvelteHTMLElements } from 'svelte/elements';
import type {} from 'chekt-connect/svelte';
import { stubPartnerApi } from 'chekt-connect/testing';

export const tag = <chekt-connect service-url="/chekt" binding={null} onchekt-connected={(event) => event.detail.binding.dealerId.toFixed()} />;
export const state: string = document.createElement('chekt-connect').state;
export const props: InstanceType<GlobalComponents['chekt-connect']>['$props'] = { binding: null };
export const inSvelte: SvelteHTMLElements['chekt-connect'] = { binding: null };
document.createElement('chekt-connect').fetch = stubPartnerApi().fetch;
// @ts-expect-error not a binding
export const wrong = <chekt-connect binding={3} />;
`;

const compilerOptions = {
  ...{ noEmit: true, strict: true, types: [], jsx: 'react-jsx', target: 'ES2023', skipLibCheck: true },
  ...{
    lib: ['ES2023', 'DOM', 'DOM.Iterable', 'DOM.AsyncIterable'],
    module: 'ESNext',
    moduleResolution: 'Bundler',
  },
};

/** What the partner's own project has. */
const own = ['react', '@types/react', 'vue', 'svelte', 'typescript'];

interface Manifest {
  readonly dependencies: Record<string, string>;
  readonly peerDependencies: Record<string, string>;
  readonly devDependencies: Record<string, string>;
}

async function link(target: string, path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await symlink(target, path);
}

// react-cosmos/react-cosmos #1749: a package may reach what its package.json names, and nothing else
describe('a package manager that lets a package reach only what it names', () => {
  let project: Awaited<ReturnType<typeof partnerProject>>;
  let manifest: Manifest;
  before(async () => {
    project = await partnerProject(own);
    manifest = JSON.parse(await readFile(`${root}package.json`, 'utf8')) as Manifest;
    await writeFile(join(project.folder, 'page.tsx'), page);
    await writeFile(join(project.folder, 'package.json'), '{ "type": "module" }');
    await writeFile(
      join(project.folder, 'tsconfig.json'),
      JSON.stringify({ compilerOptions, files: ['page.tsx'] }),
    );
  });
  after(() => project.close());

  const typesOf = async (
    folder: string,
    program = process.execPath,
    args = ['node_modules/typescript/bin/tsc'],
  ) => {
    const ended = await run(program, args, { cwd: folder }).catch((error: { stdout: string }) => error);
    return ended.stdout;
  };

  it('types the tag in the layout of pnpm, where the package finds only what it names', async () => {
    const modules = join(project.folder, 'node_modules');
    const store = join(modules, '.pnpm/chekt-connect@1/node_modules');
    await mkdir(store, { recursive: true });
    await rename(join(modules, 'chekt-connect'), join(store, 'chekt-connect'));
    await link(join(store, 'chekt-connect'), join(modules, 'chekt-connect'));
    for (const name of Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies }))
      await link(join(root, 'node_modules', name), join(store, name));
    assert.equal(await typesOf(project.folder), '');
  });

  it('types the tag in an app of a workspace that links the package', async () => {
    const app = join(project.folder, 'apps/web');
    await link(join(project.folder, 'node_modules/chekt-connect'), join(app, 'node_modules/chekt-connect'));
    for (const file of ['page.tsx', 'package.json', 'tsconfig.json'])
      await writeFile(join(app, file), await readFile(join(project.folder, file)));
    assert.equal(await typesOf(app, process.execPath, ['../../node_modules/typescript/bin/tsc']), '');
  });

  /** The managers themselves, from npm; they install from the registry: `MANAGERS=pnpm,yarn`. */
  const managers = {
    pnpm: {
      package: 'pnpm@10',
      install: ['pnpm', 'install', '--no-frozen-lockfile', '--ignore-scripts'],
      exec: ['pnpm', 'exec'],
    },
    yarn: { package: '@yarnpkg/cli-dist@4', install: ['yarn', 'install', '--no-immutable'], exec: ['yarn'] },
  };
  const chosen = (process.env['MANAGERS'] ?? '').split(',');
  for (const [name, manager] of Object.entries(managers).filter(([one]) => chosen.includes(one)))
    it(`types the tag in a project of ${name}`, async () => {
      const folder = join(project.folder, name);
      await mkdir(folder);
      const tarball = project.tarball;
      const versions = Object.fromEntries(own.map((one) => [one, manifest.devDependencies[one]!]));
      const dependencies = { ...versions, typescript: '^5.9.0', 'chekt-connect': `file:${tarball}` };
      await writeFile(
        join(folder, 'package.json'),
        JSON.stringify({ name: 'host', private: true, type: 'module', dependencies }),
      );
      await writeFile(join(folder, 'page.tsx'), page);
      await writeFile(
        join(folder, 'tsconfig.json'),
        JSON.stringify({ compilerOptions, files: ['page.tsx'] }),
      );
      await writeFile(join(folder, 'yarn.lock'), '');
      const call = (args: readonly string[]) =>
        run('npm', ['exec', '--yes', `--package=${manager.package}`, '--', ...args], { cwd: folder });
      await call(manager.install);
      // Yarn installs nothing that could be found by accident
      assert.equal(existsSync(join(folder, 'node_modules/chekt-connect')), name === 'pnpm');
      await call([...manager.exec, 'tsc']).catch(({ stdout }: { stdout: string }) => assert.fail(stdout));
    });
});
