import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';

/** The Subresource Integrity hash of a file below `dist`. */
const sha384 = (file: string) =>
  `sha384-${createHash('sha384')
    .update(readFileSync(`dist/${file}`))
    .digest('base64')}`;

/** Writes `dist/integrity.json`, from which hosts and the demo take the hashes. */
export function writeIntegrity(files: readonly string[]): void {
  const hashes = Object.fromEntries(files.map((file) => [file, sha384(file)]));
  writeFileSync('dist/integrity.json', `${JSON.stringify(hashes, null, 2)}\n`);
}
