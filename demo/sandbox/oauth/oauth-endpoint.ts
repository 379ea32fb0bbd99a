import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Answer } from '../exchange/answers.js';
import { Exchange } from '../exchange/exchange.js';
import { strikeBefore } from '../faults/fault-timing.js';
import type { Operation } from '../faults/faults.js';
import type { Runs } from '../store/runs.js';
import { asAuth0 } from './auth0-errors.js';
import { rewriteUrl } from './issuer-routes.js';
import type { IssuerName } from './issuers.js';

type Listener = (request: IncomingMessage, response: ServerResponse) => unknown;

const ENDPOINT = /^(?:\/runs\/([a-z0-9-]{1,40}))?(?:\/(m2m))?(\/oauth\/(token|revoke))(?:\?|$)/;

/** The listener of each issuer, and the exchange of each request. */
export interface OAuthListeners {
  readonly listeners: Readonly<Record<IssuerName, Listener>>;
  readonly exchanges: WeakMap<IncomingMessage, Exchange>;
}

/**
 * Adds the log and the faults of a run to the token and revocation endpoints. All runs share these endpoints;
 * below `/runs/{run}` they act for that run.
 */
export function createOAuthEndpoint(runs: Runs, { listeners, exchanges }: OAuthListeners) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<boolean> => {
    const match = ENDPOINT.exec(request.url ?? '');
    const run = match && runs.get(match[1]);
    if (!match || !run || request.method !== 'POST') return false;
    const issuer: IssuerName = match[2] === undefined ? 'sign-in' : 'm2m';
    const isToken = match[4] === 'token';
    const exchange = Exchange.begin(run, operationOf(issuer, isToken), request, response);
    exchanges.set(request, exchange);
    rewriteUrl(request, issuer, match[3]);
    await exchange.answer(async () => {
      const struck = await strikeBefore(exchange.fault, exchange.requestId, exchange.gone);
      if (struck) return struck;
      const answer = await captured(request, response, listeners[issuer]);
      if (!isToken || answer.status < 400 || run.switches.issuerErrors === 'rfc') return answer;
      return asAuth0({ answer, form: exchange.parameters ?? {}, detail: exchange.detail });
    });
    return true;
  };
}

function operationOf(issuer: IssuerName, isToken: boolean): Operation {
  if (!isToken) return 'revoke';
  return issuer === 'm2m' ? 'm2m-token' : 'token';
}

/** Lets the library answer, and captures the answer instead of sending it. */
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
