import { askService, refused, type Failed } from '../../authorization/platform-service.js';
import { parseBinding, type Binding } from '../../partner-api/dealer.js';
import { object, optional, parse, required, string, text } from '../../partner-api/fields.js';
import type { SessionOptions } from '../options.js';

/** A binding that no longer works. `lost`: CHeKT said so. `unreachable`: CHeKT refuses the platform access without saying why. */
export type FormerBinding = Binding & { readonly status: 'lost' | 'unreachable' };

/** The platform's account as its service describes it. */
export interface Account {
  readonly externalDealerId: string;
  readonly accountName?: string;
  readonly platformName?: string;
  readonly platformScope?: string;
  readonly binding: Binding | null;
  readonly formerBinding: FormerBinding | null;
}

/** Parses a former binding from the host or the service. @returns undefined if it is not one */
export function parseFormerBinding(value: unknown): FormerBinding | undefined {
  const binding = parseBinding(value);
  const status = binding && (value as { status?: unknown }).status;
  return status === 'lost' || status === 'unreachable' ? Object.freeze({ ...binding!, status }) : undefined;
}

/** Absent or null means none. A value that cannot be read fails the whole answer: it must not pass for "not connected". */
const nullable = <T>(read: (value: unknown) => T | undefined) =>
  required((input) => (input === undefined || input === null ? null : read(input)));

const accountSchema = object({
  externalDealerId: required((value) => string(value) || undefined),
  accountName: optional(text),
  platformName: optional(text),
  platformScope: optional(string),
  binding: nullable(parseBinding),
  formerBinding: nullable(parseFormerBinding),
});

export type AccountAnswer = { readonly type: 'account'; readonly account: Account } | Failed;

/** Asks `GET {service-url}/session` for the account and its binding. @throws the reason of the signal once it is aborted */
export async function loadAccount(
  url: URL,
  options: SessionOptions,
  signal: AbortSignal,
): Promise<AccountAnswer> {
  const answer = await askService('service-url', url, options, signal);
  if ('error' in answer) return answer;
  const data = parse(accountSchema, answer.status === 200 ? answer.body : undefined);
  const { externalDealerId, binding } = data ?? {};
  if (!data || (binding && binding.externalDealerId !== externalDealerId)) {
    return refused('{service-url}/session', answer.status);
  }
  return { type: 'account', account: data };
}
