import { randomToken } from '../digest.js';
import { refusal, upstreamUnavailable } from '../http/refusal.js';
import type { Sealing } from '../sealing.js';
import type {
  Actor,
  Begun,
  BegunConnect,
  Intent,
  Operation,
  Owner,
  SettledOperation,
  Spending,
  Store,
} from '../store/store.js';
import type { Answer } from '../upstream/partner-api.js';
import { pause } from '../wait.js';

/** What a repeat needs, even after a crash. It is sealed with the operation. */
export interface Payload {
  /**
   * Whether the request that began the operation was allowed to: with its own sign-in, or for its own dealer.
   * If it was not, the intent only serves to find out whether the key is known. Nothing is ever sent for it,
   * not even after a crash.
   */
  readonly isAuthorized: boolean;
  readonly actor: Actor;
  /** Connect only. */
  readonly owner?: Owner;
  readonly companyName?: string;
}

/** An operation that this request alone is working on. */
export interface Work {
  readonly operation: Operation;
  readonly holder: string;
  /** The payload of the request that began it; undefined if no key opens it any more. */
  readonly payload: Payload | undefined;
}

type Started =
  | { readonly status: 'new'; readonly work: Work }
  | { readonly status: 'running'; readonly answer: Answer }
  | Extract<Begun, { readonly status: 'answered' | 'conflict' }>;

/** How the work on an operation has ended. `open`: it stays unsettled until a repeat settles it. */
export type Ended = { readonly status: 'settled' | 'open'; readonly answer: Answer };

/**
 * Milliseconds: longer than the PUT and its commit take, and half the element's `timeout`, so that after a kill another process still
 * gives the person the answer. What takes longer, such as a refresh before it, may be done twice, with the same key.
 */
export const OPERATION_LEASE = 15_000;

/** Whether another process may be working on the operation, too, or was. */
export function isShared({ attempts, createdAt }: Operation, now: number): boolean {
  return attempts > 1 || now - createdAt >= OPERATION_LEASE;
}
const LONGEST_WAIT = 5_000;
const POLL = 150;
/** Milliseconds until the service repeats an operation that the element has not repeated. */
const FIRST_RETRY = 10_000;
const LONGEST_RETRY = 15 * 60_000;

const stillRunning = refusal(503, 'operation_running', 'The same operation is still running.', {
  retryAfter: 1,
});
const lost = upstreamUnavailable('The operation is no longer known.');

/** The write-ahead record of operations: each intent is written before CHeKT is called. */
export class Journal {
  readonly #store: Store;
  readonly #sealing: Sealing;
  readonly #clock: () => number;
  readonly #remember: number;

  /** @param deps `remember`: milliseconds for which a settled operation answers a repeat */
  constructor(deps: { store: Store; sealing: Sealing; clock: () => number; remember: number }) {
    this.#store = deps.store;
    this.#sealing = deps.sealing;
    this.#clock = deps.clock;
    this.#remember = deps.remember;
  }

  /** What an intent holds of its payload. */
  sealPayload(payload: Payload, key: string): Promise<string> {
    return this.#sealing.seal(payload, recordOf(key));
  }

  /**
   * Begins a connect in one go, if its sign-in is the owner's current one, the budgets last, and nothing is known under its key.
   * Otherwise it says how far it came.
   */
  async beginConnect(
    intent: Intent,
    payload: Payload & { readonly owner: Owner },
    at: { readonly idleAt: number; readonly own: Spending; readonly platform: Spending },
  ): Promise<BegunConnect & { readonly work: Work | null }> {
    const holder = randomToken();
    const begun = await this.#store.beginConnect({
      owner: payload.owner,
      intent,
      holder,
      leaseMs: OPERATION_LEASE,
      ...at,
      now: this.#clock(),
    });
    const { operation } = begun;
    return { ...begun, work: operation && { operation, holder, payload } };
  }

  /** Waits up to 5 s for another request or process that is working on the operation, then answers 503. */
  async begin(intent: Omit<Intent, 'sealed'>, payload: Payload): Promise<Started> {
    const sealed = await this.sealPayload(payload, intent.key);
    // The same fingerprint means the same request, so its own payload can replace one that no key opens any
    // more.
    const known = payload.isAuthorized ? payload : undefined;
    const holder = randomToken(); // per request, not per process: two requests in one process are two holders
    const until = Date.now() + LONGEST_WAIT;
    for (;;) {
      const begun = await this.#store.beginOperation({
        intent: { ...intent, sealed },
        holder,
        leaseMs: OPERATION_LEASE,
        forgetBefore: this.#clock() - this.#remember,
        now: this.#clock(),
      });
      if (begun.status === 'new') {
        const work = {
          operation: begun.operation,
          holder,
          // What this request has sealed itself need not be opened again.
          payload:
            begun.operation.sealed === sealed ? payload : ((await this.#payload(begun.operation)) ?? known),
        };
        if (!payload.isAuthorized || work.payload?.isAuthorized !== false) return { status: 'new', work };
        // An unauthorized intent left by a crashed process is no operation. Remove it, so that this request
        // begins one.
        await this.withdraw(work);
        continue;
      }
      if (begun.status !== 'running') return begun;
      if (Date.now() >= until) return { status: 'running', answer: stillRunning };
      await pause(POLL);
    }
  }

  /** Takes operations that nobody is working on: those that are due, the oldest first, or all of an account, the newest first. */
  async takeUnsettled(limit: number, account?: string): Promise<readonly Work[]> {
    const holder = randomToken();
    const operations = await this.#store.takeOperations({
      holder,
      leaseMs: OPERATION_LEASE,
      now: this.#clock(),
      limit,
      account,
    });
    return Promise.all(
      operations.map(async (operation) => ({ operation, holder, payload: await this.#payload(operation) })),
    );
  }

  /** Sealed under a key that is not here: another process may open it, while keys are rotated. */
  isOfAnotherKey({ operation }: Work): boolean {
    return !this.#sealing.hasKeyOf(operation.sealed);
  }

  /** Nothing was ever sent for it. */
  async withdraw({ operation: { key }, holder }: Work): Promise<void> {
    await this.#store.releaseOperation({ key, holder, next: 'withdraw' });
  }

  async #payload({ key, sealed }: Operation): Promise<Payload | undefined> {
    return (await this.#sealing.open(sealed, recordOf(key))) as Payload | undefined;
  }

  seal({ key }: Operation, { status, body, contentType }: Answer): Promise<string> {
    return this.#sealing.seal({ status, body, contentType }, answerOf(key));
  }

  async answer({ key, answer }: SettledOperation): Promise<Answer> {
    const opened = answer === null ? undefined : await this.#sealing.open(answer, answerOf(key));
    return (
      (opened as Answer | undefined) ??
      refusal(409, 'operation_unknown', 'It cannot be found out how this operation ended.')
    );
  }

  /**
   * Ends the work on an operation without a result. @param isUntouched CHeKT has certainly not applied this
   * attempt
   */
  async release(
    { operation: { key, attempts }, holder }: Work,
    answer: Answer,
    { isUntouched }: { isUntouched: boolean },
  ): Promise<Ended> {
    const delay = Math.min(FIRST_RETRY * 2 ** Math.min(attempts - 1, 10), LONGEST_RETRY);
    const next = isUntouched && attempts === 1 ? 'withdraw' : { retryAt: this.#clock() + delay };
    await this.#store.releaseOperation({ key, holder, next });
    return { status: 'open', answer };
  }

  /** Somebody else settled the operation first, so the answer is what they stored. */
  async settledByAnother(
    committed: { status: 'settled'; operation: SettledOperation } | { status: string },
  ): Promise<Ended> {
    const settled = 'operation' in committed;
    return {
      status: settled ? 'settled' : 'open',
      answer: settled ? await this.answer(committed.operation) : lost,
    };
  }
}

function recordOf(key: string): string {
  return `operation:${key}`;
}

function answerOf(key: string): string {
  return `answer:${key}`;
}
