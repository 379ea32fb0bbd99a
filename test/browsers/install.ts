import { existsSync, readFileSync } from 'node:fs';
import { type Ended, run } from '../run/child.js';
import type { Engine } from './engines.js';
import { findBrowsers } from './find.js';
import { aptInstall, enginesWithout, missingPrograms, planInstall } from './install-plan.js';

type Run = (program: string, args: readonly string[]) => Promise<Pick<Ended, 'ok' | 'output'>>;

export interface Provided {
  readonly ok: boolean;
  readonly sentence: string;
  readonly missing: readonly Engine[];
}

/** Finds the browsers of the engines, and installs missing ones where that is possible without asking. */
export async function provideBrowsers(engines: readonly Engine[]): Promise<Provided> {
  const missing = missingPrograms(findBrowsers(), engines);
  const plan = planInstall({
    system: process.platform,
    distribution: distribution(),
    root: process.getuid?.() === 0,
    missing,
  });
  if (plan.kind === 'explain') {
    return { ok: false, sentence: plan.sentence, missing: enginesWithout(missing) };
  }
  if (plan.kind === 'apt') {
    console.log(`Installing ${plan.packages.join(', ')} with apt-get; that takes a few minutes.`);
    const installed = await installWithApt(plan.packages, aptGet);
    if (!installed.ok) console.log(installed.output);
    for (const name of installed.ok ? plan.optional : []) {
      const { ok } = await aptGet(...aptCommand([name]));
      if (!ok) console.log(`There is no ${name} for this system; the tests in Chromium take longer.`);
    }
  }
  const still = missingPrograms(findBrowsers(), engines);
  const without = enginesWithout(still);
  return without.length > 0
    ? { ok: false, sentence: `Still missing after apt-get: ${still.join(', ')}.`, missing: without }
    : { ok: true, sentence: `Found: ${engines.join(', ')}.`, missing: [] };
}

/** Tries once more after a network error; any other error has its cause on this machine. */
export async function installWithApt(packages: readonly string[], runner: Run) {
  const [program, args] = aptCommand(packages);
  const once = async () => {
    const update = await runner(program, ['update']);
    return update.ok ? runner(program, args) : update;
  };
  const first = await once();
  return first.ok || !isNetworkError(first.output) ? first : once();
}

function aptCommand(packages: readonly string[]): [string, string[]] {
  const [program = '', ...args] = aptInstall(packages);
  return [program, args];
}

function isNetworkError(output: string): boolean {
  return /failed to fetch|temporary failure|could not (connect|resolve)|timed? ?out|connection (failed|reset)/i.test(
    output,
  );
}

export function aptGet(program: string, args: readonly string[]): Promise<Ended> {
  // By default, apt-get update reports a network error only as a warning.
  const strict = ['-o', 'APT::Update::Error-Mode=any', '-o', 'DPkg::Lock::Timeout=120', '-qq'];
  return run(program, [...strict, ...args], {
    quiet: true,
    minutes: 15,
    env: { DEBIAN_FRONTEND: 'noninteractive' },
  });
}

export function distribution(file = '/etc/os-release'): string {
  if (!existsSync(file)) return '';
  return /^ID="?([a-z]+)"?$/m.exec(readFileSync(file, 'utf8'))?.[1] ?? '';
}
