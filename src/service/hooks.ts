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

/** Each hook has 10 s. One that throws or takes longer is retried for 24 hours. */
export type ServiceHooks = { readonly [Type in HookType]?: (event: HookEvent) => unknown };
