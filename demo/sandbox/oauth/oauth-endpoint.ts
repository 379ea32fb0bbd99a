import type { IncomingMessage, ServerResponse } from 'node:http';
import { Exchange } from '../exchange/exchange.js';
import { strikeBefore } from '../faults/fault-timing.js';
import type { Answer } from '../exchange/answers.js';
import type { Run } from '../store/run.js';
import type { Runs } from '../store/runs.js';

type Listener = (request: IncomingMessage, response: ServerResponse) => unknown;

const ENDPOINT = /^(?:\/runs\/([a-z0-9-]{1,40}))?(\/oauth\/(token|revoke))(?:\?|$)/;

/**
 * Puts the log and the faults of a run around the token and revocation endpoints. They are one for all runs;
 * below `/runs/{run}` they answer the same in the name of that run.
 */
export function createOAuthEndpoint(runs: Runs, runOfRequest: WeakMap<IncomingMessage, Run>, next: Listener) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<boolean> => {
    const match = ENDPOINT.exec(request.url ?? '');
    const run = match && runs.get(match[1]);
    if (!match || !run || request.method !== 'POST') return false;
    runOfRequest.set(request, run);
    const exchange = new Exchange(run, match[3] === 'revoke' ? 'revoke' : 'token', request, response);
    request.url = match[2];
    await exchange.answer(
      async () =>
        (await strikeBefore(exchange.fault, exchange.requestId, exchange.gone)) ??
        captured(request, response, next),
    );
    return true;
  };
}

/** Lets the library answer, and keeps its answer from the wire. */
function captured(request: IncomingMessage, response: ServerResponse, next: Listener): Promise<Answer> {
  const end = response.end;
  return new Promise((resolve) => {
    response.end = ((chunk?: unknown) => {
      response.end = end;
      const headers = Object.fromEntries(
        Object.entries(response.getHeaders()).map(([name, value]) => [name, String(value)]),
      );
      for (const name of Object.keys(headers)) response.removeHeader(name);
      const body = Buffer.isBuffer(chunk) || typeof chunk === 'string' ? chunk.toString() : '';
      resolve({ status: response.statusCode, headers, body });
      return response;
    }) as typeof end;
    next(request, response);
  });
}
