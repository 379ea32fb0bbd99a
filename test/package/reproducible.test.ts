import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { cp, mkdtemp, readFile, readdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { root } from './built.js';
import { run } from './packed.js';

const sources = ['src', 'demo', 'index.html', 'package.json', 'vite.config.ts', 'tsconfig.json'];
const configs = ['tsconfig.build.json', 'tsconfig.service.json', 'custom-elements-manifest.config.js'];

/** Builds in a folder of its own and gives the hash of each file of dist. */
async function build(folder: string) {
  for (const name of [...sources, ...configs])
    await cp(join(root, name), join(folder, name), { recursive: true });
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
  await run('npm', ['run', 'build'], { cwd: folder });
  const entries = await readdir(join(folder, 'dist'), { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
  return Promise.all(
    paths.sort().map(async (path) => {
      const hash = createHash('sha256')
        .update(await readFile(path))
        .digest('hex');
      return `${hash} ${path.slice(folder.length)}`;
    }),
  );
}

describe('the build', () => {
  const folders: string[] = [];
  after(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

  it('gives the same bytes twice, in two folders', async () => {
    for (const prefix of ['first-', 'in-a-folder-with-a-longer-name-'])
      folders.push(await mkdtemp(join(tmpdir(), prefix)));
    const [first, second] = await Promise.all(folders.map(build));
    assert.ok(first && first.length > 10);
    assert.deepEqual(first, second);
  });
});
