import { type Effect, type Outcome, people } from '../schedule.js';
import type { Attempt } from './attempts.js';
import { type Display, showsAccount, showsCompany, showsPerson } from './display.js';
import type { Tab } from './tab.js';

/**
 * Checks the property: CHeKT has made and ended no binding that was not displayed at the press for it. With it go two others: an
 * idempotency key belongs to one sign-in, and an attempt has one end.
 * @returns the violations, in words
 */
export function judge(tabs: readonly Tab[], { effects, keys }: Outcome): string[] {
  const histories = tabs.flatMap(({ history }) => history);
  const attempts = histories.flatMap(({ all }) => all);
  const found = histories.flatMap(({ faults }) => faults);
  for (const effect of effects) {
    const attempt = attempts.find(({ id }) => id === effect.attempt);
    const missing = attempt ? missingIn(attempt, effect) : 'an attempt';
    if (missing) found.push(`${inWords(effect)} without ${missing}`);
  }
  for (const { kind, ended } of attempts) {
    if (ended !== 1) found.push(`an attempt to ${kind} has ${ended} ends`);
  }
  const users = new Map<string, Set<string>>();
  for (const { key, by } of keys) users.set(key, (users.get(key) ?? new Set()).add(by));
  for (const by of users.values()) if (by.size > 1) found.push(`a key of ${[...by].join(' and ')}`);
  return found;
}

/** What was not displayed at the last press; undefined if one of the presses displayed everything. */
function missingIn({ kind, presses }: Attempt, effect: Effect): string | undefined {
  if ((kind === 'connect') !== (effect.kind === 'bound')) return 'an attempt of its kind';
  if (presses.length === 0) return 'a press';
  const lists = presses.map((display) => missingFrom(display, effect));
  return lists.includes('') ? undefined : `${lists.at(-1)} on the screen`;
}

/** Disconnecting is the platform's own right, so no person has to be displayed for it. */
function missingFrom(display: Display, { account, company, person }: Effect): string {
  const missing = [
    showsAccount(display, account) ? '' : 'its account',
    !person || showsPerson(display, person) ? '' : 'its person',
    showsCompany(display, company) ? '' : 'its company',
  ];
  return missing.filter(Boolean).join(' and ');
}

function inWords({ kind, dealerId, account, person, company }: Effect): string {
  const by = person ? ` by ${people[person].name} as "${company}"` : '';
  return `${dealerId} is ${kind === 'bound' ? 'connected to' : 'disconnected from'} ${account}${by}`;
}
