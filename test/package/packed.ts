import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from './built.js';

export const run = promisify(execFile);

/**
 * A partner's project: a folder in which the package is installed as it would be published. Other packages
 * are those of this repository.
 */
export async function partnerProject(packages: readonly string[]) {
  const folder = await mkdtemp(join(tmpdir(), 'chekt-connect-'));
  const home = join(folder, 'node_modules/chekt-connect');
  await mkdir(home, { recursive: true });
  const { stdout } = await run('npm', ['pack', '--json', '--pack-destination', folder], { cwd: root });
  const [{ filename, files }] = JSON.parse(stdout) as [{ filename: string; files: { path: string }[] }];
  await run('tar', ['-xzf', join(folder, filename), '-C', home, '--strip-components=1']);
  for (const name of packages) {
    await mkdir(join(folder, 'node_modules', name, '..'), { recursive: true });
    await symlink(join(root, 'node_modules', name), join(folder, 'node_modules', name));
  }
  return {
    folder,
    tarball: join(folder, filename),
    files: files.map(({ path }) => path).sort(),
    close: () => rm(folder, { recursive: true, force: true }),
  };
}
