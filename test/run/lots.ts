import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';

/** Where most of a file's time is the start of a process and the same imports; with the most files of a process. */
const SHARED = [
  { files: /^test\/(sandbox|service|unit\/[^/]+)\/[^/]+$/, most: 8 },
  { files: /^test\/e2e\//, most: 3 },
];
/** These change or measure their process. */
const ALONE = /^test\/service\/(due|kills|memory|morning|schedules|switches)\.test\.ts$/;
/** Hooks outside of a suite would run for every test of the process. */
const HOOK = /^(before|after)(Each)?\(/m;

/** Test files that run in one process, one after another. */
export type Lot = readonly string[];

/** Puts test files of one folder together, in their order. */
export function lotsOf(files: readonly string[], read = (file: string) => readFileSync(file, 'utf8')): Lot[] {
  const lots: string[][] = [];
  const open = new Map<string, string[]>();
  for (const file of files) {
    const most = ALONE.test(file) || HOOK.test(read(file)) ? 1 : mostWith(file);
    const folder = dirname(file);
    const lot = most > 1 ? open.get(folder) : undefined;
    if (lot && lot.length < most) {
      lot.push(file);
      continue;
    }
    lots.push([file]);
    if (most > 1) open.set(folder, lots.at(-1)!);
  }
  return lots;
}

function mostWith(file: string): number {
  return SHARED.find(({ files }) => files.test(file))?.most ?? 1;
}

/** The module that a process runs for a lot. */
export function entryOf(lot: Lot, index: number): string {
  const [first = ''] = lot;
  if (lot.length === 1) return resolve(first);
  const entry = resolve('.cache/lots', `${process.pid}-${index}.mjs`);
  mkdirSync(dirname(entry), { recursive: true });
  const imports = lot.map((file) => `await import('${relative(dirname(entry), resolve(file))}');\n`);
  writeFileSync(entry, imports.join(''));
  return entry;
}
