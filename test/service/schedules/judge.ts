import type { AuditEntry, HookType, Store } from '../../../src/service/store/store.js';
import type { HookEvent } from '../../../src/service/index.js';
import type { Arrival, Chekt } from './model/chekt.js';
import { ACCOUNTS } from './platform.js';
import { PEOPLE } from './model/issuer.js';
import type { Record } from './tab.js';

/** Refusals by which CHeKT says that nothing was done. */
const CHEKTS_NO = ['dealer_already_connected', 'external_dealer_id_taken'];

/** What a schedule has left behind. */
export interface Evidence {
  readonly chekt: Chekt;
  /** What its hooks heard, in order. */
  readonly platform: { readonly told: readonly HookEvent[] };
  readonly record: Record;
  readonly store: Store;
  /** How many PUTs had arrived at CHeKT when the recovery began; absent where processes recover at any time. */
  readonly arrivedBefore?: number;
}

/** Every guarantee that a schedule has broken, in words; none, if all is well. */
export async function judge(played: Evidence): Promise<readonly string[]> {
  const { items: audit } = await played.store.listAudit({ limit: 10_000 });
  return [
    ...consentIsKept(played),
    ...keysBelongToOneSignIn(played),
    ...nothingOlderIsSentAgain(played, audit),
    ...auditedOnce(played, audit),
    ...(await wordsAgree(played, audit)),
    ...(await hooksAreTold(played, audit)),
    ...(await nothingIsLeftOver(played)),
    ...toldTheTruth(played),
  ];
}

/**
 * No wrong binding: what CHeKT was asked to bind is what was on the screen when Connect was pressed. A key that was misused before
 * anything was sent with it counts for what the misusing page shows: that is the sign-in which its request names.
 */
function consentIsKept({ chekt, record }: Evidence): string[] {
  return chekt.arrivals.flatMap(({ key, kind, caller, account }, index) => {
    if (kind !== 'connect') return [];
    const consent = record.consents.get(key);
    if (!consent) return [`${key}: nobody has pressed Connect for it`];
    const { sub } = caller.person ?? {};
    const misuses = record.misuses.filter((misuse) => misuse.key === key && misuse.arrivedBefore <= index);
    return [consent, ...misuses].some((shown) => shown.account === account && shown.sub === sub)
      ? []
      : [`${key}: consented ${consent.sub} to ${consent.account}, sent was ${sub} to ${account}`];
  });
}

function keysBelongToOneSignIn({ chekt, record }: Evidence): string[] {
  const grantOf = new Map<string, number>();
  const connects = chekt.arrivals.filter(({ kind }) => kind === 'connect');
  return connects.flatMap(({ key, caller }) => {
    // A key of which nothing was ever sent may be misused with another sign-in: then that is its own.
    const [signInId = '', another] = record.named.get(key) ?? [];
    const ids = another === undefined ? [key, signInId] : [key];
    const problems = ids.filter((id) => (grantOf.get(id) ?? caller.grant) !== caller.grant);
    for (const id of ids) grantOf.set(id, caller.grant);
    return problems.map((id) => `${id} was used with two sign-ins`);
  });
}

/** What was pressed before something of the account that is recorded is not sent again after it: not by the recovery, when nothing overlaps. */
function nothingOlderIsSentAgain(
  { chekt: { arrivals }, arrivedBefore = arrivals.length }: Evidence,
  audit: readonly AuditEntry[],
): string[] {
  const rowOf = ({ traceId }: Arrival) =>
    audit.find((row) => row.traceId === traceId && !row.action.startsWith('binding.'));
  const accountOf = (arrival: Arrival) => arrival.account ?? rowOf(arrival)?.externalDealerId;
  const firstOf = ({ key }: Arrival) => arrivals.findIndex((other) => other.key === key);
  const lastOf = ({ key }: Arrival) => arrivals.findLastIndex((other) => other.key === key);
  return arrivals.slice(arrivedBefore).flatMap((again) => {
    const newer = arrivals
      .slice(firstOf(again), arrivedBefore)
      .find(
        (other) =>
          firstOf(other) > firstOf(again) &&
          lastOf(other) < arrivedBefore &&
          accountOf(other) === accountOf(again) &&
          (other.kind === 'connect' ? other.isApplied : other.endedAccount === accountOf(again)) &&
          rowOf(other)?.action === `${other.kind}.recorded`,
      );
    return newer
      ? [`the ${again.kind} ${again.key} was sent again after the ${newer.kind} ${newer.key} of its account`]
      : [];
  });
}

/** One row for each operation that CHeKT has carried out, and never two. */
function auditedOnce({ chekt }: Evidence, audit: readonly AuditEntry[]): string[] {
  const keys = new Set(chekt.arrivals.map(({ key }) => key));
  return [...keys].flatMap((key) => {
    const arrivals = chekt.arrivals.filter((arrival) => arrival.key === key);
    const rows = audit.filter(
      ({ traceId, action }) => traceId === arrivals[0]?.traceId && !action.startsWith('binding.'),
    );
    const must = arrivals.some(({ isApplied }) => isApplied) ? 1 : 0;
    return rows.length > 1 || rows.length < must ? [`${key} has ${rows.length} audit rows`] : [];
  });
}

/** No lost binding: after the recovery, the platform's word is CHeKT's. */
async function wordsAgree(
  { chekt, store, record }: Evidence,
  audit: readonly AuditEntry[],
): Promise<string[]> {
  const problems: string[] = [];
  for (const account of ACCOUNTS) {
    const stored = await store.findBinding({ account });
    if (stored?.status === 'connected' && chekt.bindings.get(stored.binding.dealerId) !== account) {
      problems.push(
        `${account}: stored as connected to ${stored.binding.dealerId}, which CHeKT does not say`,
      );
    }
    for (const [dealerId, of] of chekt.bindings) {
      if (of !== account || (stored?.binding.dealerId === dealerId && stored.status === 'connected'))
        continue;
      const key = chekt.madeBy.get(dealerId)!;
      // The grant was gone before anybody could find out: that is said in the audit trail, and not lost in silence.
      const isUnknown = audit.some(
        ({ traceId, action }) =>
          traceId === record.consents.get(key)?.traceId && action === 'connect.unknown',
      );
      if (!isUnknown)
        problems.push(`${account}: CHeKT has ${dealerId} by ${key}, stored is ${stored?.status}`);
    }
  }
  return problems;
}

const HOOK_OF: Partial<{ readonly [Action in AuditEntry['action']]: HookType }> = {
  'connect.recorded': 'connected',
  'connect.refused': 'failed',
  'connect.unknown': 'failed',
  'disconnect.recorded': 'disconnected',
  'disconnect.refused': 'failed',
  'disconnect.unknown': 'failed',
  'binding.lost': 'lost',
  'binding.unreachable': 'unreachable',
};

/** Each at least once, and each account's in the order of its audit trail. */
async function hooksAreTold({ platform, store }: Evidence, audit: readonly AuditEntry[]): Promise<string[]> {
  const { deadHooks } = await store.inspect();
  const first = platform.told.filter(
    (event, index, all) => all.findIndex(({ id }) => id === event.id) === index,
  );
  return ACCOUNTS.flatMap((account) => {
    const told = first
      .filter(({ externalDealerId }) => externalDealerId === account)
      .map(({ type, traceId }) => `${type} ${traceId}`);
    const expected = audit
      .filter(({ externalDealerId, action }) => externalDealerId === account && HOOK_OF[action])
      // lost to another account, after a check had found that already: its hook has been told
      .filter(({ action }, index, all) => action !== 'binding.lost' || all[index - 1]?.action !== action)
      .map(({ action, traceId }) => `${HOOK_OF[action]} ${traceId}`);
    const isSubsequence =
      told.reduce((at, event) => (at < 0 ? at : expected.indexOf(event, at) + 1 || -1), 0) >= 0;
    const missing = expected.length - told.length;
    return isSubsequence && missing <= deadHooks
      ? []
      : [`${account}: the hooks heard ${told.join(', ')}; expected ${expected.join(', ')}`];
  });
}

async function nothingIsLeftOver({ store }: Evidence): Promise<string[]> {
  const { unsettledOperations, oldestHook } = await store.inspect();
  return [
    ...(unsettledOperations === 0 ? [] : [`${unsettledOperations} operations are unsettled`]),
    ...(oldestHook === null ? [] : ['a hook still waits']),
  ];
}

/**
 * A 2xx only for what CHeKT has done; CHeKT's no only for what it has not. Nobody can know which of two presses CHeKT has carried out
 * if it forgets keys, or if both were lost and were made by one person for one dealer and account: then a 2xx is true where CHeKT has
 * connected this dealer to this account, by whichever. Of two lost ones, it is told only to a repeat; the same for disconnects.
 */
function toldTheTruth({ chekt, record }: Evidence): string[] {
  const isForgetful = chekt.switches.keys === 'forgotten';
  return record.told.flatMap(({ key, kind, dealerId: ended, status, code }) => {
    const consent = record.consents.get(key);
    const dealerId = PEOPLE.find(({ sub }) => sub === consent?.sub)?.dealerId;
    const isApplied = chekt.arrivals.some((arrival) => arrival.key === key && arrival.isApplied);
    const isSame = (arrival: Arrival) =>
      arrival.account === consent?.account && arrival.dealerId === dealerId;
    const isRepeat = record.sent.indexOf(key) !== record.sent.lastIndexOf(key);
    const isOfSamePerson = ({ caller }: Arrival) => caller.person?.sub === consent?.sub;
    const isAppliedByAny = chekt.arrivals.some(
      (arrival) =>
        arrival.isApplied &&
        arrival.kind === kind &&
        (kind === 'connect'
          ? isSame(arrival) && (isForgetful || (isRepeat && isOfSamePerson(arrival)))
          : isRepeat && arrival.dealerId === ended),
    );
    if (status < 300 && !isApplied && !isAppliedByAny)
      return [`${key}: told ${status}, CHeKT has not done it`];
    const isNo = kind === 'connect' && status === 409 && CHEKTS_NO.includes(code ?? '');
    return isNo && isApplied && !isForgetful ? [`${key}: told ${code}, CHeKT has done it`] : [];
  });
}
