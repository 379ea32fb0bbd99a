import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
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

  // one run for each: a checker takes most of its time to read the types of the frameworks
  for (const [checker, { args, wrong }] of Object.entries(checkers))
    it(`hold in the examples, and know the detail of an event, by ${checker}`, async () => {
      const copies = wrong.map((file) => file.replace(/(\w+)\.(\w+)$/, '$1-wrong.$2'));
      for (const [index, file] of wrong.entries()) {
        const code = await readFile(join(folder, file), 'utf8');
        assert.ok(code.includes('detail.binding'), file);
        await writeFile(join(folder, copies[index]!), code.replace('detail.binding', 'detail.bonding'));
      }
      const said = await promisify(execFile)(join(root, 'node_modules/.bin', checker), args, {
        cwd: folder,
      }).then(
        () => '',
        ({ stdout }: { stdout: string }) => stdout,
      );
      const found = said.split('\n').filter((line) => /\berror\b/i.test(line));
      const isAbout = (line: string) => copies.find((copy) => line.includes(basename(copy)));
      assert.deepEqual(
        found.filter((line) => !isAbout(line)),
        [],
      );
      for (const copy of copies)
        assert.ok(
          found.some((line) => isAbout(line) === copy && line.includes('bonding')),
          `${copy}: ${found.join('\n')}`,
        );
      await Promise.all(copies.map((copy) => rm(join(folder, copy))));
    });
});
