import type { Logger } from '../log.js';
import { errorFields } from '../log.js';
import type { DealerSignIn } from '../oauth/dealer-sign-in.js';
import type { Grants, OpenGrant } from '../oauth/grants.js';
import type { Grant, Store } from '../store/store.js';

const LEASE = 60_000;
const BATCH = 20;
const DAY = 24 * 60 * 60_000;

interface Dependencies {
  readonly store: Store;
  readonly grants: Grants;
  readonly signIn: DealerSignIn;
  readonly logger: Logger;
  readonly clock: () => number;
}

/**
 * Revokes the dealers' tokens once their work is done, at logout, when they are idle or old, or when another
 * sign-in replaces them.
 */
export class Revocations {
  readonly #deps: Dependencies;

  constructor(deps: Dependencies) {
    this.#deps = deps;
  }

  /** @param opened grants whose tokens the caller has just used */
  async runAll(opened: readonly OpenGrant[]): Promise<void> {
    while ((await this.runBatch(opened)).isMore);
  }

  async runBatch(opened: readonly OpenGrant[] = []): Promise<{ readonly isMore: boolean }> {
    const { store, clock } = this.#deps;
    const due = await store.takeRevocations({ now: clock(), leaseMs: LEASE, limit: BATCH });
    if (due.length === 0) return { isMore: false };
    const successors = await store.findSuccessors({ signInIds: due.map(idOf), now: clock() });
    const isOver = await Promise.all(
      due.map((grant) => {
        const successor = successors.find(({ of }) => of === grant.signInId)?.grant;
        const open = opened.find((known) => known.grant.sealed === grant.sealed);
        return this.#revoke(grant, { successor, open });
      }),
    );
    const over = due.filter((_, index) => isOver[index]);
    if (over.length > 0)
      await store.dropGrants({ grants: over.map(({ signInId, version }) => ({ signInId, version })) });
    return { isMore: due.length === BATCH };
  }

  /** @returns whether nothing is left to be done with it */
  async #revoke(
    grant: Grant,
    known: { readonly successor: Grant | null | undefined; readonly open: OpenGrant | undefined },
  ): Promise<boolean> {
    const { successor } = known;
    const { grants, signIn, logger, clock } = this.#deps;
    const { signInId, createdAt } = grant;
    const isYoung = clock() - createdAt < 2 * DAY;
    // A process that has its key gives it back.
    if (isYoung && grants.isOfAnotherKey(grant)) return false;
    // The owner is signing in: with some issuers, both sign-ins are one grant, which would be revoked under their hands.
    if (isYoung && successor === null) return false;
    const open = known.open ?? (await grants.open(grant));
    // Revoked together with the newer sign-in, when that has ended too.
    if (isYoung && open && successor && (await grants.isContinued(open, successor))) return false;
    try {
      if (open) await signIn.revoke(open.tokens);
    } catch (error) {
      // It comes again when its lease is over. Two days after the sign-in the tokens have long ended by themselves.
      if (isYoung) return false;
      logger.warn(
        { ...errorFields(error), signInId },
        'A dealer authorization could not be revoked; it will expire.',
      );
    }
    return true;
  }
}

const idOf = ({ signInId }: Grant) => signInId;
