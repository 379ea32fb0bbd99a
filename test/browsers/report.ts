import { relative } from 'node:path';
import {
  formatError,
  type Reporter,
  type TestResultError,
  type TestRunnerConfig,
  type TestSession,
  type TestSuiteResult,
} from '@web/test-runner';
import { plainLogger } from './logger.js';
import { leaveReport, sum, type Totals } from '../run/totals.js';

type Middleware = NonNullable<TestRunnerConfig['middleware']>[number];
type Logger = Parameters<NonNullable<Reporter['reportTestFileResults']>>[0]['logger'];

/** Seconds from which on a file's time is printed. */
const SLOW = 5;

interface Outcome extends Totals {
  seconds: number;
  readonly errors: { readonly title: string; readonly error: TestResultError }[];
}

/** Prints one line per file and every failure in full, and writes the report to `TEST_REPORT`. */
export function browserReport(): { middleware: Middleware; reporter: Reporter } {
  const userAgents = new Map<string, string>();
  const announced = new Set<string>();
  return {
    middleware(context, next) {
      const session = context.URL.searchParams.get('wtr-session-id');
      if (session) userAgents.set(session, context.get('user-agent'));
      return next();
    },
    reporter: {
      reportTestFileResults({ logger, sessionsForTestFile, testFile }) {
        for (const { id, browser } of sessionsForTestFile) {
          const userAgent = userAgents.get(id);
          if (userAgent === undefined || announced.has(browser.name)) continue;
          announced.add(browser.name);
          logger.log(`  ${browser.name} is ${userAgent}`);
        }
        reportFile(logger, testFile, sessionsForTestFile);
      },
      onTestRunFinished({ sessions }) {
        const totals = sum(sessions.map(outcomeOf));
        plainLogger.log(
          `\n  ${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped in ${[...announced].join(', ') || 'no browser'}`,
        );
        const failures = sessions.flatMap((session) =>
          outcomeOf(session).errors.map(
            ({ title }) => `${relative('.', session.testFile)} [${session.browser.name}]: ${title}`,
          ),
        );
        leaveReport({ totals, failures });
      },
    },
  };
}

function reportFile(logger: Logger, testFile: string, sessions: readonly TestSession[]): void {
  const outcomes = sessions.map((session) => ({ engine: session.browser.name, ...outcomeOf(session) }));
  const failed = outcomes.some((outcome) => outcome.failed > 0);
  const counts = outcomes.map(
    ({ engine, passed, failed, skipped, seconds }) =>
      `${engine} ${passed}${failed ? `, ${failed} failed` : ''}${skipped ? `, ${skipped} skipped` : ''}${
        seconds < SLOW ? '' : ` in ${seconds.toFixed(0)} s`
      }`,
  );
  logger.log(`${failed ? '✗' : '✓'} ${relative('.', testFile)}  (${counts.join(' · ')})`);
  const seen = new Map<string, { title: string; engines: string[]; error: TestResultError }>();
  for (const { engine, errors } of outcomes) {
    for (const { title, error } of errors) {
      const key = `${title}\n${error.message}`;
      const same = seen.get(key) ?? { title, engines: [], error };
      same.engines.push(engine);
      seen.set(key, same);
    }
  }
  for (const { title, engines, error } of seen.values()) {
    // Without a stack, formatError prints the message twice.
    const text = error.stack ? formatError(error) : error.message;
    logger.log(indent(`✗ [${engines.join(', ')}] ${title}\n${indent(text)}`));
  }
  for (const { browser, logs, request404s } of sessions) {
    for (const line of logs ?? [])
      logger.log(indent(`[${browser.name} console] ${line.map(String).join(' ')}`));
    // 404s of the wire and of the schedules' model are scripted by tests
    for (const url of request404s ?? [])
      if (!/^__(wire|schedules)\//.test(url)) logger.log(indent(`[${browser.name}] 404: ${url}`));
  }
}

/** An error outside of the tests, or a page without tests, counts as a failure too. */
function outcomeOf(session: TestSession): Outcome {
  const outcome: Outcome = { passed: 0, failed: 0, skipped: 0, seconds: 0, errors: [] };
  if (session.testResults) collect(session.testResults, [], outcome);
  for (const error of session.errors ?? []) outcome.errors.push({ title: 'The page', error });
  const outside = (session.errors ?? []).length;
  outcome.failed += outside;
  if (outcome.failed === 0 && (!session.passed || outcome.passed + outcome.skipped === 0)) {
    outcome.failed = 1;
    outcome.errors.push({ title: 'The page', error: { message: 'No test ran.' } });
  }
  return outcome;
}

function collect(suite: TestSuiteResult, path: readonly string[], outcome: Outcome): void {
  for (const { name, passed, skipped, error, duration = 0 } of suite.tests) {
    outcome.seconds += duration / 1000;
    if (skipped) outcome.skipped += 1;
    else if (passed) outcome.passed += 1;
    else {
      outcome.failed += 1;
      outcome.errors.push({
        title: [...path, name].join(' › '),
        error: error ?? { message: 'It did not run.' },
      });
    }
  }
  for (const child of suite.suites) collect(child, [...path, child.name], outcome);
}

function indent(text: string): string {
  return text.replace(/^/gm, '    ');
}
