import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Answer } from './answers.js';
import { json } from './answers.js';
import { deliver } from './deliver.js';
import { Unanswered } from '../faults/fault-timing.js';
import type { Fault, Operation } from '../faults/faults.js';
import type { Run } from '../store/run.js';

/** One request and its answer, with the fault that applies to it and its log entry. */
export class Exchange {
  readonly run: Run;
  readonly operation: Operation | null;
  readonly incoming: IncomingMessage;
  readonly requestId = `req_${randomUUID().replaceAll('-', '').slice(0, 20)}`;
  readonly fault: Fault | undefined;
  /** Aborted when the caller closes the connection. */
  readonly gone: AbortSignal;
  caller: string | undefined;
  replayed = false;
  parameters: Readonly<Record<string, string>> | undefined;
  detail: string | undefined;

  readonly #outgoing: ServerResponse;
  readonly #startedAt = performance.now();
  readonly #time = new Date().toISOString();
  readonly #attempt: number | null;

  /** @param fault what applies to this request; a preflight has its own, and must not use up that of its request */
  constructor(
    run: Run,
    operation: Operation | null,
    incoming: IncomingMessage,
    outgoing: ServerResponse,
    fault: Fault | undefined,
  ) {
    this.run = run;
    this.operation = operation;
    this.incoming = incoming;
    this.#outgoing = outgoing;
    this.fault = fault;
    const gone = new AbortController();
    outgoing.once('close', () => gone.abort());
    this.gone = gone.signal;
    const key = this.header('idempotency-key');
    this.#attempt = key === undefined ? null : run.log.attempt(key);
  }

  /** Takes the next fault of the operation for this request. */
  static begin(
    run: Run,
    operation: Operation,
    incoming: IncomingMessage,
    outgoing: ServerResponse,
  ): Exchange {
    return new Exchange(run, operation, incoming, outgoing, run.faults.take(operation));
  }

  header(name: string): string | undefined {
    const value = this.incoming.headers[name];
    return Array.isArray(value) ? value[0] : value;
  }

  /** Makes the answer and sends it, unless a fault or the caller has closed the connection. */
  async answer(make: () => Promise<Answer>): Promise<void> {
    const { fault, requestId, gone } = this;
    try {
      const answer = await make().catch((error: unknown) => {
        if (error instanceof Unanswered) throw error;
        if (gone.aborted) throw new Unanswered(false); // such as while the body was read
        console.error(error);
        return serverError(requestId);
      });
      if (gone.aborted) throw new Unanswered(false);
      if (this.run.switches.clockOffset !== 0) this.#outgoing.setHeader('Date', this.run.date());
      this.log(await deliver(this.#outgoing, { answer, fault, requestId, gone }));
    } catch (error) {
      if (!(error instanceof Unanswered)) {
        console.error(error);
        this.#outgoing.destroy();
      } else if (error.reset) this.#outgoing.socket?.resetAndDestroy();
      this.log(null);
    }
  }

  log(status: number | null): void {
    this.run.log.add({
      time: this.#time,
      method: this.incoming.method ?? '',
      path: (this.incoming.url ?? '').split('?')[0] ?? '',
      operation: this.operation,
      status,
      durationMs: Math.round(performance.now() - this.#startedAt),
      traceId: this.header('x-partner-trace-id') ?? null,
      requestId: this.requestId,
      idempotencyKey: this.header('idempotency-key') ?? null,
      attempt: this.#attempt,
      replayed: this.replayed,
      caller: this.caller ?? null,
      authorization: redact(this.header('authorization')),
      origin: this.header('origin') ?? null,
      fault: this.fault?.kind ?? null,
      parameters: this.parameters ?? null,
      detail: this.detail ?? null,
    });
  }
}

function redact(authorization: string | undefined): string | null {
  return authorization === undefined ? null : `${authorization.split(' ', 1)[0]?.slice(0, 10)} [redacted]`;
}

function serverError(requestId: string): Answer {
  const error = {
    code: 'server_error',
    message: 'The sandbox has a bug. See its console.',
    request_id: requestId,
  };
  return json(500, { error });
}
