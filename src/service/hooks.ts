import type { Binding } from '../partner-api/dealer.js';
import type { HookType } from './store/store.js';

/**
 * What happened to a binding. Delivered at least once and in order per account; `id` is the same for every
 * delivery.
 */
export interface HookEvent {
  readonly id: string;
  readonly type: HookType;
  /** ISO 8601. */
  readonly occurredAt: string;
  readonly externalDealerId: string;
  readonly binding: Binding | null;
  readonly traceId: string | null;
  readonly actor: { readonly id: string; readonly name?: string } | null;
}

type Hook = (event: HookEvent) => unknown;

/**
 * Each hook has 10 s. One that throws or takes longer is retried for 24 hours. `bindings.forget` and `erase` call
 * none, and neither does a lost binding that CHeKT reports as connected again.
 */
export interface ServiceHooks extends Readonly<Partial<Record<HookType, Hook>>> {
  /**
   * A connect is recorded at CHeKT, and `binding` is stored; also if the account was connected before. In browser
   * mode: CHeKT has confirmed what a page reported, and it was not stored yet.
   */
  readonly connected?: Hook;
  /**
   * A disconnect is recorded at CHeKT, or CHeKT says that there is nothing to disconnect. `binding` is what was
   * removed; null if another disconnect had removed it.
   */
  readonly disconnected?: Hook;
  /**
   * CHeKT says that the dealer is not connected or is connected to another account, or another of your accounts
   * has connected it. Once, when the status changes; `binding` is still stored.
   */
  readonly lost?: Hook;
  /**
   * CHeKT does not let the platform see the dealer and does not say why, although the platform's access works in
   * general. Once, when the status changes; `binding` is still stored.
   */
  readonly unreachable?: Hook;
  /**
   * A connect or a disconnect ended without being recorded: CHeKT refused it, or its result can no longer be found
   * out. `binding` is null.
   */
  readonly failed?: Hook;
}
