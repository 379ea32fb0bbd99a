import { type Place, runsOnBuiltFile, testFiles } from './files.js';

/** The steps, in the order in which they run. */
export const stepNames = [
  'browsers',
  'postgres',
  'format',
  'lint',
  'types',
  'node',
  'build',
  'size',
  'package',
  'unused',
  'dist',
  'browser',
  'built-file',
  'e2e',
] as const;
export type StepName = (typeof stepNames)[number];

/** The steps that have to run before a step. `select` adds PostgreSQL if a chosen test needs it. */
const needs: Partial<Record<StepName, readonly StepName[]>> = {
  size: ['build'],
  unused: ['build'],
  package: ['build'],
  browser: ['browsers'],
  dist: ['build'],
  'built-file': ['browsers', 'build'],
  e2e: ['browsers', 'build'],
};

export interface Selection {
  readonly steps: ReadonlySet<StepName>;
  readonly files: Readonly<Record<Place, readonly string[]>>;
  /** Parts of file names, if only these files are requested. */
  readonly patterns: readonly string[];
}

/** Whether a test file may need a database. */
export function usesPostgres(file: string): boolean {
  return /^test\/(service|postgres|examples\/servers)\//.test(file);
}

const places = ['node', 'dist', 'browser', 'e2e'] as const;

/** `npm test -- types`, `npm test -- e2e sign-in`, `npm test -- test/wire`: names of steps, then parts of file names. */
export function select(args: readonly string[], filesOf: typeof testFiles = testFiles): Selection {
  const isStep = (arg: string): arg is StepName => stepNames.some((name) => name === arg);
  const named = args.filter(isStep);
  const patterns = args.filter((arg) => !isStep(arg));
  const files = {
    node: filesOf('node', patterns),
    browser: filesOf('browser', patterns),
    dist: filesOf('dist', patterns),
    e2e: filesOf('e2e', patterns),
  };
  const matching = places.filter((place) => files[place].length > 0);
  const asked: readonly StepName[] = named.length > 0 ? named : patterns.length > 0 ? matching : stepNames;
  const withPostgres = (['node', 'e2e'] as const).some(
    (place) => asked.includes(place) && files[place].some(usesPostgres),
  );
  const steps = new Set([
    ...(withPostgres ? (['postgres'] as const) : []),
    ...asked.flatMap((step) => [...(needs[step] ?? []), step]),
  ]);
  // these tests run against the built file, or against the source if that is asked for
  if (steps.has('built-file')) files.browser = files.browser.filter((file) => !runsOnBuiltFile(file));
  const hasFiles = steps.has('built-file') || matching.some((place) => steps.has(place));
  if (patterns.length > 0 && !hasFiles) {
    throw new Error(
      `No step and no test file matches ${patterns.join(' or ')}. Choose a part of a file name, or a step: ${stepNames.join(', ')}.`,
    );
  }
  return { steps, files, patterns };
}
