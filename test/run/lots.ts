import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';

/** Where most of a file's time is the start of a process and the same imports. */
const SHARED = /^test\/(sandbox|service)\/[^/]+$/;
/** These change or measure their process. */
const ALONE = /^test\/service\/(due|kills|memory|morning|schedules|switches)\.test\.ts$/;
/** Hooks outside of a suite would run for every test of the process. */
const HOOK = /^(before|after)(Each)?\(/m;
const SIZE = 8;

/** Test files that run in one process, one after another. */
export type Lot = readonly string[];

/** Puts test files of one folder together, in their order. */
export function lotsOf(files: readonly string[], read = (file: string) => readFileSync(file, 'utf8')): Lot[] {
  const lots: string[][] = [];
  const open = new Map<string, string[]>();
  for (const file of files) {
    const isShared = SHARED.test(file) && !ALONE.test(file) && !HOOK.test(read(file));
    const folder = dirname(file);
    const lot = isShared ? open.get(folder) : undefined;
    if (lot && lot.length < SIZE) {
      lot.push(file);
      continue;
    }
    lots.push([file]);
    if (isShared) open.set(folder, lots.at(-1)!);
  }
  return lots;
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
