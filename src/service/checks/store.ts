import type { Finding } from '../check.js';
import type { Composed } from '../compose.js';

const HOUR = 60 * 60_000;

/** Reachable and migrated, its records can be opened, and somebody does what is due. */
export async function checkStore({ store, settings, dueWork }: Composed): Promise<readonly Finding[]> {
  try {
    await store.checkReady();
  } catch (error) {
    // The store's own words; they say what to do and quote no connection string.
    const message = error instanceof Error ? error.message : 'The store cannot be used.';
    return [
      {
        level: 'error',
        setting: 'store',
        message,
        fix: 'See that the database is up and its migration has run.',
      },
    ];
  }
  const { sealedByKey, unsettledOperations, deadHooks, oldestHook, sweptAt } = await store.inspect();
  const now = settings.clock();
  const findings: Finding[] = [];
  const find = (level: Finding['level'], setting: string, message: string, fix: string) =>
    findings.push({ level, setting, message, fix });

  if (store.kind === 'memory') {
    const level = settings.origin.startsWith('https:') ? 'error' : 'info';
    find(
      level,
      'store',
      'The store is in memory: every restart forgets all bindings and sign-ins.',
      'Use postgresStore(pool).',
    );
  }
  const keys = settings.encryptionKeys.map(({ id }) => id);
  for (const [id, records] of Object.entries(sealedByKey)) {
    if (id === keys[0]) continue; // the one that seals: it is needed anyway
    if (keys.includes(id))
      find(
        'info',
        'encryptionKeys',
        `${records} records are sealed with the key ${id}.`,
        'Keep it until there are none: about two days after the new key is deployed.',
      );
    else
      find(
        'error',
        'encryptionKeys',
        `${records} records are sealed with the key ${id}, which is not there.`,
        'Put it back, after the newer ones.',
      );
  }
  // a process that has just started has its first run before it
  const ranAt = Math.max(sweptAt ?? -Infinity, dueWork.startedAt ?? -Infinity);
  if (now - ranAt > HOUR) {
    find(
      'warning',
      'start',
      'Nothing has been run for an hour: hooks, recovery and retention wait.',
      'Call start() in one process, or runDue() from cron every minute.',
    );
  }
  if (deadHooks > 0) {
    find(
      'warning',
      'on',
      `${deadHooks} events were given up after 24 hours of failing hooks.`,
      'See the log for their ids, and mend the hook.',
    );
  } else if (oldestHook !== null && now - oldestHook > HOUR) {
    find(
      'warning',
      'on',
      'An event has been waiting for its hook for an hour.',
      'See the log: the hook fails, or nothing runs what is due.',
    );
  }
  if (unsettledOperations > 0) {
    find('info', 'runDue', `${unsettledOperations} operations wait to be settled.`, 'runDue() repeats them.');
  }
  return findings;
}
