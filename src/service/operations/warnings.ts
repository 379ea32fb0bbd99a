import type { Logger } from '../log.js';
import type { Operation } from '../store/store.js';
import type { Answer } from '../upstream/partner-api.js';
import { parseError } from '../upstream/wire.js';

interface Answered {
  readonly operation: Operation;
  readonly answer: Answer;
}

/** A connect that CHeKT does not take or confirm, with the setting to look at. */
export function warnOfConnect(logger: Logger, { operation, answer }: Answered, message: string): void {
  const { code, requestId } = parseError(answer.body);
  const { traceId, account: externalDealerId } = operation;
  const setting = settingFor(answer.status, code);
  const fields = { status: answer.status, code, requestId, traceId, externalDealerId, setting };
  logger.warn(fields, `${message}${setting === undefined ? '' : ` Look at ${setting}.`}`);
}

/**
 * CHeKT's answer was lost, or says nothing: once for each operation, with what the person was shown as its reference.
 * @param reason why there is no answer, in our words
 */
export function warnOfOpen(
  logger: Logger,
  { operation, answer, reason }: { operation: Operation; answer?: Answer; reason?: string },
): void {
  const { kind, attempts, traceId, account: externalDealerId } = operation;
  if (attempts > 1) return;
  const { code, requestId } = parseError(answer?.body ?? '');
  const fields = { kind, status: answer?.status, code, requestId, traceId, externalDealerId, reason };
  logger.warn(
    fields,
    `Nobody knows yet whether CHeKT carried a ${kind} out. It is repeated with the same key.`,
  );
}

/** Where a partner looks first when CHeKT does not take the dealer's token. */
function settingFor(status: number, code: string | undefined): string | undefined {
  if (status === 401) return 'dealerSignIn.audience and partnerApi.baseUrl';
  if (status === 403) return 'dealerSignIn.scope, and the dealer-admin rights of the person';
  if (status === 404 && code === undefined) return 'partnerApi.baseUrl';
  return undefined;
}
