import { type Engine, engineNames } from './engines.js';
import { type Browsers, type Program, programsOf } from './find.js';

export interface Situation {
  /** As `process.platform` says. */
  readonly system: string;
  /** The `ID` of /etc/os-release. */
  readonly distribution: string;
  readonly root: boolean;
  readonly missing: readonly Program[];
}

export type Plan =
  | { readonly kind: 'nothing' }
  /** `optional` may fail, and is not asked for where `packages` are there already. */
  | { readonly kind: 'apt'; readonly packages: readonly string[]; readonly optional: readonly string[] }
  | { readonly kind: 'explain'; readonly sentence: string };

const debianPackages: Record<Program, string> = {
  chromium: 'chromium',
  firefox: 'firefox-esr',
  webkitDriver: 'webkit2gtk-driver',
  // It comes with the library on which the driver depends.
  miniBrowser: 'webkit2gtk-driver',
  xvfb: 'xvfb',
};

const snaps: Partial<Record<Program, string>> = { chromium: 'chromium', firefox: 'firefox' };
const casks: Partial<Record<Program, string>> = { chromium: 'google-chrome', firefox: 'firefox' };

export function missingPrograms(found: Browsers, engines: readonly Engine[]): Program[] {
  return engines.flatMap((engine) => programsOf[engine]).filter((program) => found[program] === undefined);
}

export function enginesWithout(missing: readonly Program[]): Engine[] {
  return engineNames.filter((engine) => programsOf[engine].some((program) => missing.includes(program)));
}

/** What to do about missing browsers on this machine: install them, or say how. */
export function planInstall({ system, distribution, root, missing }: Situation): Plan {
  if (missing.length === 0) return { kind: 'nothing' };
  if (system === 'linux' && distribution === 'debian') {
    const packages = unique(missing.map((program) => debianPackages[program]));
    const optional = missing.includes('chromium') ? ['chromium-headless-shell'] : [];
    if (root) return { kind: 'apt', packages, optional };
    return explain(missing, `sudo apt-get update && sudo ${aptInstall(packages).join(' ')}`);
  }
  if (system === 'linux' && distribution === 'ubuntu') {
    const commands = [
      command('sudo snap install', from(snaps, missing)),
      command(
        'sudo apt-get install -y --no-install-recommends',
        unique(missing.filter((program) => !(program in snaps)).map((program) => debianPackages[program])),
      ),
    ];
    return explain(missing, commands.filter(Boolean).join(' && '));
  }
  if (system === 'darwin') {
    const narrower = engineNames.filter((engine) => engine !== 'webkit').join(',');
    const webkit = enginesWithout(missing).includes('webkit')
      ? ` WebKitGTK runs only on Linux: leave it out with "ENGINE=${narrower} npm test", or run the tests in a Debian container.`
      : '';
    return explain(missing, command('brew install --cask', from(casks, missing)), webkit);
  }
  return explain(
    missing,
    '',
    ' Install Chromium, Firefox, WebKitGTK with its WebKitWebDriver and MiniBrowser, and Xvfb with the tools of this system, or run the tests in a Debian container.',
  );
}

export function aptInstall(packages: readonly string[]): string[] {
  return ['apt-get', 'install', '-y', '--no-install-recommends', ...packages];
}

function explain(missing: readonly Program[], how: string, more = ''): Plan {
  const engines = enginesWithout(missing).join(', ');
  return {
    kind: 'explain',
    sentence: `Missing for the tests: ${engines}.${how && ` Install with: ${how}`}${more}`,
  };
}

function from(names: Partial<Record<Program, string>>, missing: readonly Program[]): string[] {
  return missing.flatMap((program) => names[program] ?? []);
}

function command(start: string, names: readonly string[]): string {
  return names.length > 0 ? `${start} ${names.join(' ')}` : '';
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names)];
}
