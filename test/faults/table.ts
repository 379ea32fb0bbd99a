import type { Reporter, TestSession, TestSuiteResult } from '@web/test-runner';

const family = 'Faults: ';

/** One fault of the catalogue and its result in each engine. */
interface Line {
  readonly name: string;
  readonly ending: string;
  readonly results: Map<string, boolean | 'skipped'>;
}

type Families = Map<string, Map<string, Line>>;

/** Prints the catalogue as a table of faults by engines, if a run has included any of it. */
export function faultTable(): Reporter {
  return {
    onTestRunFinished({ sessions }) {
      const families: Families = new Map();
      for (const session of sessions)
        if (session.testResults) collect(families, session, session.testResults);
      if (families.size > 0) console.log(tableOf(families).join('\n'));
    },
  };
}

function collect(families: Families, { browser }: TestSession, suite: TestSuiteResult): void {
  for (const child of suite.suites) {
    if (!child.name.startsWith(family)) continue;
    const name = child.name.slice(family.length);
    const lines = families.get(name) ?? new Map<string, Line>();
    families.set(name, lines);
    for (const { name: title, passed, skipped } of child.tests) {
      const [fault = '', ending = ''] = title.split(' → ');
      const line = lines.get(title) ?? { name: fault, ending, results: new Map() };
      lines.set(title, line);
      line.results.set(browser.name, skipped ? 'skipped' : passed);
    }
  }
}

function tableOf(families: Families): string[] {
  const all = [...families.values()].flatMap((lines) => [...lines.values()]);
  const engines = [...new Set(all.flatMap(({ results }) => [...results.keys()]))].sort();
  const width = Math.min(72, Math.max(...all.map(({ name }) => name.length)));
  const endingWidth = Math.min(44, Math.max(...all.map(({ ending }) => ending.length)));
  const row = (name: string, ending: string, cells: readonly string[]) =>
    `  ${name.padEnd(width)}  ${ending.padEnd(endingWidth)}  ${cells.join('  ')}`.trimEnd();
  const cell = (line: Line, engine: string) => {
    const result = line.results.get(engine);
    const mark = result === undefined ? ' ' : result === 'skipped' ? '–' : result ? '✓' : '✗';
    return mark.padEnd(engine.length);
  };
  return [
    '',
    'The fault catalogue. Each fault is tried in a real page against a real server; ✓ means that it ended as the second',
    'column says (in brackets: requests that reach the server) and that guarantees 2 to 6 of SECURITY.md held meanwhile.',
    'Without a mark, it was left to other engines in this run; ALL_FAULTS=1 tries all of them in each.',
    ...[...families].flatMap(([name, lines]) => [
      '',
      row(name.toUpperCase(), 'ends as', engines),
      ...[...lines.values()].map((line) =>
        row(
          line.name,
          line.ending,
          engines.map((engine) => cell(line, engine)),
        ),
      ),
    ]),
    '',
    ...summary(all, engines),
  ];
}

function summary(all: readonly Line[], engines: readonly string[]): string[] {
  const results = all.flatMap((line) => [...line.results.values()]);
  const unknown = all.filter(({ ending }) => ending.includes('unknown'));
  const reasons = new Map<string, number>();
  for (const { ending } of unknown) {
    const reason = ending.split(',')[0] ?? '';
    reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  }
  const list = [...reasons].map(([reason, count]) => `${count} ${reason}`).join(', ');
  const wrong = results.filter((result) => result === false).length;
  return [
    `  ${all.length} faults in ${engines.join(', ')}: ${results.length} tried, ${results.length - wrong} ended as expected, ${wrong} did not.`,
    `  ${unknown.length} have to end as "unknown", because the server may have applied what was sent: ${list}.`,
  ];
}
