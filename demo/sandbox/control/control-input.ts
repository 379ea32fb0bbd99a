import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import * as z from 'zod';
import { accounts, accountByEmail } from '../sample-data/accounts.js';
import { clients } from '../sample-data/clients.js';
import { dealers } from '../sample-data/dealers.js';
import { faultSchema } from '../faults/faults.js';
import { switchesSchema } from '../switches.js';

export const switchesInput = switchesSchema.partial();
export const faultsInput = z.strictObject({ faults: z.array(faultSchema).max(100) });
export const bindingInput = z.strictObject({
  dealerId: z.literal(
    dealers.map(({ id }) => id),
    'must be the id of a sample dealer',
  ),
  externalDealerId: z.string().min(1),
});

const accountInput = z.enum(
  accounts.map(({ email }) => email),
  'must be the e-mail of a sample account',
);
const lifetime = z.int().min(-86_400).max(86_400).default(3600);

export const tokenInput = z
  .strictObject({
    kind: z.enum(['user', 'dealer-app', 'platform']).default('user'),
    account: accountInput.optional(),
    /** Seconds; a negative value makes a token that has already expired. */
    expiresIn: lifetime,
    opaque: z.boolean().default(false),
    scope: z.string().optional(),
  })
  .refine(({ kind, account }) => kind !== 'user' || account !== undefined, {
    path: ['account'],
    error: 'is needed for a token of the kind user',
  });

/** Whose tokens to revoke: a sample account's, or a client's by its id. */
export const revokeInput = z.strictObject({
  account: z.union(
    [accountInput, z.enum(clients.map(({ id }) => id))],
    'must be the e-mail of a sample account or the id of a client',
  ),
});

/** Who disconnects in CHeKT's portal. */
export const portalInput = z.strictObject({ account: accountInput });

export function subjectOf(account: string): string {
  return accountByEmail(account)?.subject ?? account;
}

/** Parses the body, or answers 400 with a message that says what is wrong. */
export async function readBody<T extends z.ZodType>(c: Context, schema: T): Promise<z.infer<T>> {
  const text = await c.req.text();
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw badInput('The body is not JSON.');
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`);
  throw badInput(`The body is not what this call takes: ${problems.join('; ')}.`);
}

export function badInput(message: string): HTTPException {
  return new HTTPException(400, { message });
}
