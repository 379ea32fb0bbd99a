import type { Answer } from '../exchange/answers.js';
import { refusal } from '../exchange/answers.js';
import type { RegisteredClient } from '../sample-data/clients.js';
import { clientById } from '../sample-data/clients.js';
import type { Exchange } from '../exchange/exchange.js';
import { strikeBefore } from '../faults/fault-timing.js';
import { isStored } from './idempotency.js';
import type { Call, Perform } from './operations/call.js';
import type { PlanName } from './rate-limit.js';
import { retryAfter } from './rate-limit.js';
import type { AccessTokens, Caller } from '../oauth/access-tokens.js';

interface Incoming {
  readonly exchange: Exchange;
  readonly tokens: AccessTokens;
  readonly perform: Perform;
  readonly dealerId: string;
  readonly body: string;
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const plans: Record<RegisteredClient['kind'], PlanName> = { platform: 'platform', 'dealer-app': 'pro' };

/** Handles what all endpoints have in common: token, rate limit, trace id, idempotency and faults. */
export async function answerCall({ exchange, tokens, perform, dealerId, body }: Incoming): Promise<Answer> {
  const { run, requestId, fault, gone } = exchange;
  const { switches } = run;
  const traceId = exchange.header('x-partner-trace-id');
  const verified = await tokens.verify(exchange.header('authorization'));
  const caller = 'caller' in verified ? verified.caller : undefined;
  exchange.caller = caller?.subject;

  const client = clientById(caller?.clientId ?? '');
  const plan = plans[client?.kind ?? 'platform'];
  const taken = run.rateLimits.take(
    client?.app ?? 'anonymous',
    switches.rateLimit === 'plan' ? plan : switches.rateLimit,
    switches.clockOffset,
  );
  const echo: Record<string, string> =
    switches.traceEcho === 'on' && traceId ? { 'x-partner-trace-id': traceId } : {};
  const decorate = (answer: Answer): Answer => ({
    ...answer,
    headers: { ...answer.headers, ...taken.headers, ...echo },
  });

  if (!taken.allowed) {
    const reason = { status: 429, code: 'rate_limited', message: 'Too many requests.' };
    const wait = retryAfter(taken.wait, switches.retryAfter, run.now() + switches.clockOffset * 1000);
    return decorate(refusal(reason, requestId, { 'Retry-After': wait }));
  }
  const work = async (then: () => Answer | Promise<Answer>) =>
    decorate((await strikeBefore(fault, requestId, gone)) ?? (await then()));

  if ('refused' in verified) {
    return work(() => refusal(verified.refused, requestId, { 'WWW-Authenticate': 'Bearer' }));
  }
  if (traceId !== undefined && !UUID.test(traceId)) {
    return work(() => badHeader('x-partner-trace-id', 'is not a UUID.', requestId));
  }
  const call: Call = { run, caller: verified.caller, requestId, traceId, dealerId, body };
  if (exchange.incoming.method === 'GET') return work(() => perform(call));
  return once(exchange, verified.caller, body, work, () => perform(call));
}

/** Does a state-changing call at most once for its idempotency key. */
async function once(
  exchange: Exchange,
  caller: Caller,
  body: string,
  work: (then: () => Answer | Promise<Answer>) => Promise<Answer>,
  perform: () => Answer,
): Promise<Answer> {
  const { run, requestId } = exchange;
  const { switches } = run;
  const key = exchange.header('idempotency-key');
  if (key === undefined) {
    if (switches.idempotencyKey === 'optional') return work(perform);
    return work(() => badHeader('Idempotency-Key', 'is missing.', requestId));
  }
  const endpoint = `${exchange.incoming.method} ${exchange.incoming.url}`;
  const begun = run.idempotency.begin(
    clientById(caller.clientId)?.app ?? caller.clientId,
    endpoint,
    key,
    body,
  );
  switch (begun.kind) {
    case 'other-payload':
      return work(() => keyConflict('The key was used with another payload.', requestId));
    case 'stored':
      exchange.replayed = true;
      return work(() => begun.answer);
    case 'running': {
      if (switches.repeatWhileRunning === 'wait') {
        exchange.replayed = true;
        const first = await begun.finished;
        if (first) return work(() => first);
      }
      return work(() => keyConflict('The first request with this key is still running.', requestId));
    }
    case 'new':
      try {
        const answer = await work(perform);
        begun.finish(isStored(answer.status, switches.storeErrors) ? answer : undefined);
        return answer;
      } catch (error) {
        begun.finish(undefined);
        throw error;
      }
  }
}

function keyConflict(message: string, requestId: string): Answer {
  return refusal({ status: 409, code: 'idempotency_conflict', message }, requestId);
}

function badHeader(field: string, problem: string, requestId: string): Answer {
  return refusal({ status: 400, code: 'invalid_request', message: `${field} ${problem}`, field }, requestId);
}
