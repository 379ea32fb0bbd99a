import { readdirSync } from 'node:fs';
import { sep } from 'node:path';

/** Where a test file runs, by its folder. What is not listed runs in the browsers. */
const folders = {
  node: ['unit', 'sandbox', 'platform', 'service', 'postgres', 'node', 'browsers', 'run', 'docs'],
  dist: ['package'],
  e2e: ['e2e', 'examples'],
  none: ['bench'],
} as const;

export type Place = 'node' | 'browser' | 'dist' | 'e2e';

export function placeOf(file: string): Place | 'none' {
  const folder = file.split('/')[1] ?? '';
  for (const [place, names] of Object.entries(folders)) {
    if (names.some((name) => name === folder)) return place as keyof typeof folders;
  }
  return 'browser';
}

/** All test files of a place, in a steady order, as paths from the root of the repository. */
export function testFiles(place: Place, patterns: readonly string[] = []): string[] {
  return readdirSync('test', { recursive: true })
    .map((name) => `test/${String(name).split(sep).join('/')}`)
    .filter((file) => file.endsWith('.test.ts') && placeOf(file) === place)
    .filter((file) => patterns.length === 0 || patterns.some((pattern) => file.includes(pattern)))
    .sort();
}

/** The tests of the public contract and of faults: a full run has them look at the script-tag file, which is what ships. */
export function runsOnBuiltFile(file: string): boolean {
  return /^test\/(element|faults)\//.test(file);
}
