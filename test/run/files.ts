import { readdirSync } from 'node:fs';
import { sep } from 'node:path';

/** Where test files run, by folder. Folders that are not listed run in the browsers. */
const folders = {
  node: ['unit', 'sandbox', 'platform', 'service', 'postgres', 'browsers', 'run', 'docs'],
  dist: ['package', 'hosts'],
  e2e: ['e2e', 'examples'],
  none: ['bench', 'soak'],
} as const;

export type Place = 'node' | 'browser' | 'dist' | 'e2e';

export function placeOf(file: string): Place | 'none' {
  const folder = file.split('/')[1] ?? '';
  for (const [place, names] of Object.entries(folders)) {
    if (names.some((name) => name === folder)) return place as keyof typeof folders;
  }
  return 'browser';
}

/** All test files of a place, sorted, as paths from the root of the repository. */
export function testFiles(place: Place, patterns: readonly string[] = []): string[] {
  return readdirSync('test', { recursive: true })
    .map((name) => `test/${String(name).split(sep).join('/')}`)
    .filter((file) => file.endsWith('.test.ts') && placeOf(file) === place)
    .filter((file) => patterns.length === 0 || patterns.some((pattern) => file.includes(pattern)))
    .sort();
}

/** The tests of the public contract and of faults: a full run runs them against the script-tag file, which is what ships. */
export function runsOnBuiltFile(file: string): boolean {
  return /^test\/(element|faults)\//.test(file);
}
