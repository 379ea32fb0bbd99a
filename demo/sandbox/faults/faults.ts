import * as z from 'zod';

/**
 * `token` and `revoke` are endpoints of the sign-in's issuer; `m2m-token` is the token endpoint of the other
 * one.
 */
const operations = ['connect', 'disconnect', 'dealer', 'sites', 'token', 'revoke', 'm2m-token'] as const;
const apiOperations: readonly Operation[] = ['connect', 'disconnect', 'dealer', 'sites'];
export type Operation = (typeof operations)[number];

const common = {
  /** The operation it applies to; `any` means every operation of the Partner API. */
  on: z.enum([...operations, 'any']),
  /** How many requests it applies to; `null` means until the faults are replaced. */
  times: z.int().min(1).nullable().default(1),
  /** Milliseconds to wait before anything else happens to the request (`when: 'before'`) or its answer. */
  delay: z.int().min(0).max(120_000).optional(),
};
/** Whether it applies before CHeKT does the work, which then stays undone, or after. */
const when = z.enum(['before', 'after']);

export const faultSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    ...common,
    kind: z.literal('status'),
    status: z.int().min(400).max(599),
    code: z.string().optional(),
    message: z.string().optional(),
    field: z.string().optional(),
    /** The `Retry-After` header: seconds, or any text at all. */
    retryAfter: z.union([z.number(), z.string()]).optional(),
    shape: z.enum(['nested', 'flat', 'oauth', 'html', 'empty', 'text']).default('nested'),
    when: when.default('before'),
  }),
  z.strictObject({
    ...common,
    kind: z.literal('delay'),
    ms: z.int().min(0).max(120_000),
    when: when.default('before'),
  }),
  z.strictObject({ ...common, kind: z.literal('stall'), when: when.default('after') }),
  z.strictObject({ ...common, kind: z.literal('stall-body') }),
  z.strictObject({ ...common, kind: z.literal('reset-before') }),
  z.strictObject({ ...common, kind: z.literal('reset-after') }),
  z.strictObject({ ...common, kind: z.literal('truncated') }),
  z.strictObject({ ...common, kind: z.literal('invalid-json') }),
  z.strictObject({ ...common, kind: z.literal('drip'), ms: z.int().min(1).max(10_000).default(100) }),
  z.strictObject({
    ...common,
    kind: z.literal('body'),
    body: z.string(),
    status: z.int().min(200).max(599).default(200),
    contentType: z.string().nullable().default('application/json'),
    when: when.default('after'),
  }),
  z.strictObject({
    ...common,
    kind: z.literal('redirect'),
    location: z.string(),
    status: z
      .union([z.literal(301), z.literal(302), z.literal(303), z.literal(307), z.literal(308)])
      .default(307),
    when: when.default('before'),
  }),
  z.strictObject({ ...common, kind: z.literal('no-cors') }),
  z.strictObject({ ...common, kind: z.literal('no-preflight') }),
]);

export type Fault = z.infer<typeof faultSchema>;
export type FaultKind = Fault['kind'];

/**
 * The faults of a run, in order. The first that matches a request applies, until it has been used `times`
 * times.
 */
export class Faults {
  #queue: Fault[] = [];

  set(faults: readonly Fault[]): void {
    this.#queue = faults.map((fault) => ({ ...fault }));
  }

  list(): readonly Fault[] {
    return this.#queue;
  }

  take(operation: Operation, request: 'call' | 'preflight' = 'call'): Fault | undefined {
    const index = this.#queue.findIndex(
      (fault) => fits(fault, operation) && (fault.kind === 'no-preflight') === (request === 'preflight'),
    );
    const fault = this.#queue[index];
    if (fault && fault.times !== null) {
      if (fault.times === 1) this.#queue.splice(index, 1);
      else this.#queue[index] = { ...fault, times: fault.times - 1 };
    }
    return fault;
  }
}

function fits(fault: Fault, operation: Operation): boolean {
  if (fault.on === 'any') return apiOperations.includes(operation);
  return fault.on === operation;
}
