import type { Finding } from '../check.js';
import type { Composed } from '../compose.js';

const HOUR = 60 * 60_000;

/** Reachable and migrated, its records can be opened, and somebody does what is due. */
export async function checkStore({ store, settings, dueWork }: Composed): Promise<readonly Finding[]> {
  try {
    await store.checkReady();
  } catch (error) {
    // The store's own message: it says what to do and quotes no connection string.
    const message = error instanceof Error ? error.message : 'The store cannot be used.';
    return [
      {
        level: 'error',
        setting: 'store',
        message,
        fix: 'Make sure that the database is up and that its migration has run.',
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
        `${count(records, 'record is', 'records are')} sealed with the key ${id}.`,
        'Keep it until there are none: about two days after the new key is deployed.',
      );
    else
      find(
        'error',
        'encryptionKeys',
        `${count(records, 'record is', 'records are')} sealed with the key ${id}, which is not in encryptionKeys.`,
        'Add it again, after the newer keys.',
      );
  }
  // a process that has just started has its first run before it
  const ranAt = Math.max(sweptAt ?? -Infinity, dueWork.startedAt ?? -Infinity);
  if (now - ranAt > HOUR) {
    find(
      'warning',
      'start',
      'runDue() has not run for an hour: hooks, recovery and retention are waiting.',
      'Call start() in one process, or call runDue() from cron every minute.',
    );
  }
  if (deadHooks > 0) {
    find(
      'warning',
      'on',
      `${count(deadHooks, 'event was', 'events were')} given up after the hook had failed for 24 hours.`,
      'Look in the log for the hook and the id of each event, and fix the hook.',
    );
  } else if (oldestHook !== null && now - oldestHook > HOUR) {
    find(
      'warning',
      'on',
      'An event has been waiting for its hook for an hour.',
      'Look in the log: either the hook fails, or neither start() nor runDue() is being called.',
    );
  }
  if (unsettledOperations > 0) {
    find(
      'info',
      'runDue',
      `${count(unsettledOperations, 'operation is', 'operations are')} unsettled.`,
      'Nothing to do: runDue() tries again.',
    );
  }
  return findings;
}

function count(number: number, one: string, more: string): string {
  return `${number} ${number === 1 ? one : more}`;
}
