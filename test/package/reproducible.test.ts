import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { cp, mkdtemp, readFile, readdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { root } from './built.js';
import { run } from './packed.js';

const sources = ['src', 'demo', 'index.html', 'package.json', 'vite.config.ts', 'tsconfig.json'];
const configs = ['tsconfig.build.json', 'tsconfig.service.json', 'custom-elements-manifest.config.js'];

/** The hash of each file in the dist of a folder. */
async function hashes(folder: string) {
  const entries = await readdir(join(folder, 'dist'), { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
  return Promise.all(
    paths.sort().map(async (path) => {
      const hash = createHash('sha256')
        .update(await readFile(path))
        .digest('hex');
      return `${hash} ${relative(folder, path)}`;
    }),
  );
}

describe('the build', () => {
  let folder: string;
  before(async () => (folder = await mkdtemp(join(tmpdir(), 'in-a-folder-with-another-name-'))));
  after(() => rm(folder, { recursive: true, force: true }));

  it('produces the same bytes in another folder', async () => {
    for (const name of [...sources, ...configs])
      await cp(join(root, name), join(folder, name), { recursive: true });
    await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
    await run('npm', ['run', 'build'], { cwd: folder });
    const [here, there] = await Promise.all([root, folder].map(hashes));
    assert.ok(here && here.length > 10);
    assert.deepEqual(here, there);
  });
});
