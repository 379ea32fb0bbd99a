import { aptGet, distribution, installWithApt } from '../browsers/install.js';
import { findPostgres } from './find.js';

export interface Situation {
  /** As `process.platform` says. */
  readonly system: string;
  /** The `ID` of /etc/os-release. */
  readonly distribution: string;
  readonly root: boolean;
}

/** How to get PostgreSQL on this machine: automatically if possible, or with a message that says how. */
export function planPostgres({ system, distribution: name, root }: Situation): 'apt' | string {
  const missing = 'Missing for the tests: PostgreSQL.';
  if (system === 'linux' && name === 'debian' && root) return 'apt';
  if (system === 'linux' && ['debian', 'ubuntu'].includes(name)) {
    return `${missing} Install with: sudo apt-get update && sudo apt-get install -y --no-install-recommends postgresql`;
  }
  if (system === 'darwin') return `${missing} Install with: brew install postgresql`;
  return `${missing} Install it with the tools of this system and set POSTGRES_BIN to the folder of initdb, or run the tests in a Debian container.`;
}

/** Finds PostgreSQL, or installs it if that is possible without asking. */
export async function providePostgres(): Promise<{ readonly ok: boolean; readonly sentence: string }> {
  if (findPostgres()) return { ok: true, sentence: 'Found: PostgreSQL.' };
  const plan = planPostgres({
    system: process.platform,
    distribution: distribution(),
    root: process.getuid?.() === 0,
  });
  if (plan !== 'apt') return { ok: false, sentence: plan };
  console.log('Installing postgresql with apt-get; that takes a minute.');
  const installed = await installWithApt(['postgresql'], aptGet);
  if (!installed.ok) console.log(installed.output);
  return findPostgres()
    ? { ok: true, sentence: 'Found: PostgreSQL.' }
    : { ok: false, sentence: 'Still missing after apt-get: PostgreSQL.' };
}
