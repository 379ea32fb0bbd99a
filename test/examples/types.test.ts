import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { root } from '../package/built.js';
import { partnerProject } from '../package/packed.js';

const packages = [
  ...['lit', 'zod', 'react', 'react-dom', '@types/react', '@types/react-dom', '@types/node', 'vue', 'svelte'],
  ...['vite', '@vitejs/plugin-vue', '@sveltejs/vite-plugin-svelte'],
];
const checkers = {
  'vue-tsc': { args: ['--noEmit', '-p', '.'], wrong: ['react/chekt.tsx', 'vue/Chekt.vue'] },
  'svelte-check': {
    args: ['--workspace', 'svelte', '--tsconfig', './tsconfig.json', '--output', 'machine'],
    wrong: ['svelte/Chekt.svelte'],
  },
};

describe('the types of the published package', () => {
  let project: Awaited<ReturnType<typeof partnerProject>>;
  let folder: string;
  before(async () => {
    project = await partnerProject(packages);
    folder = join(project.folder, 'demo/examples');
    await mkdir(join(project.folder, 'test/examples'), { recursive: true });
    await cp(join(root, 'demo/examples'), folder, { recursive: true });
    await cp(join(root, 'test/examples/hosts'), join(project.folder, 'test/examples/hosts'), {
      recursive: true,
    });
    await cp(join(root, 'tsconfig.json'), join(project.folder, 'tsconfig.json'));
    await writeFile(join(project.folder, 'package.json'), '{ "type": "module" }');
  });
  after(() => project.close());

  /** The files in which a type checker reports errors. */
  async function objections(checker: keyof typeof checkers): Promise<string[]> {
    const said = await promisify(execFile)(join(root, 'node_modules/.bin', checker), checkers[checker].args, {
      cwd: folder,
    }).then(
      () => '',
      ({ stdout }: { stdout: string }) => stdout,
    );
    return said.split('\n').filter((line) => /error/i.test(line));
  }

  for (const checker of ['vue-tsc', 'svelte-check'] as const) {
    it(`hold in the examples, by ${checker}`, async () => assert.deepEqual(await objections(checker), []));

    it(`know the detail of an event, by ${checker}`, async () => {
      const { wrong } = checkers[checker];
      for (const file of wrong) {
        const code = await readFile(join(folder, file), 'utf8');
        await writeFile(join(folder, file), code.replace('detail.binding', 'detail.bonding'));
      }
      const found = await objections(checker);
      for (const file of wrong)
        assert.ok(
          found.some((line) => line.includes(basename(file)) && line.includes('bonding')),
          `${file}: ${found.join('\n')}`,
        );
    });
  }
});
