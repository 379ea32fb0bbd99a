import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Debian keeps each version in a folder of its own, outside of the PATH. */
const folders = ['/usr/lib/postgresql', '/opt/homebrew/opt', '/usr/local/opt', '/opt/local/lib'];

/** The folder with `initdb` and `postgres`; the newest, where there are several. */
export function findPostgres(
  env: NodeJS.ProcessEnv = process.env,
  exists: (path: string) => boolean = existsSync,
  list: (folder: string) => string[] = (folder) => (existsSync(folder) ? readdirSync(folder) : []),
): string | undefined {
  const versions = folders.flatMap((folder) =>
    list(folder)
      .filter((name) => /^(postgresql(@)?)?\d*$/.test(name))
      .sort((a, b) => versionOf(b) - versionOf(a))
      .map((name) => join(folder, name, 'bin')),
  );
  const onPath = (env['PATH'] ?? '').split(delimiter).filter(Boolean);
  return [env['POSTGRES_BIN'] ?? '', ...versions, ...onPath]
    .filter(Boolean)
    .find((folder) => exists(join(folder, 'initdb')) && exists(join(folder, 'postgres')));
}

function versionOf(name: string): number {
  return Number(/\d+$/.exec(name)?.[0] ?? 0);
}
