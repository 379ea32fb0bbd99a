import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Runs } from '../store/runs.js';
import type { Switches } from '../switches.js';
import { issuerPaths, type IssuerName } from './issuers.js';

type Listener = (request: IncomingMessage, response: ServerResponse) => unknown;

const PATHS = /^(\/m2m)?(\/(?:authorize|oauth|\.well-known)(?:[/?].*)?)$/;
const DISCOVERY = /^\/\.well-known\/openid-configuration(?:\?|$)/;

/** Routes the requests that belong to no run to the issuers: authorization, keys and metadata. */
export function createIssuerRoutes(runs: Runs, listeners: Readonly<Record<IssuerName, Listener>>) {
  return (request: IncomingMessage, response: ServerResponse): boolean => {
    const match = PATHS.exec(request.url ?? '');
    if (!match) return false;
    const issuer: IssuerName = match[1] === issuerPaths.m2m ? 'm2m' : 'sign-in';
    const run = runs.get();
    if (run && run.switches.clockOffset !== 0) response.setHeader('Date', run.date());
    rewriteUrl(request, issuer, match[2]);
    if (run && DISCOVERY.test(request.url ?? '') && !publishes(issuer, run.switches)) {
      response.writeHead(404, { 'Content-Type': 'text/plain; charset=utf-8' }).end('Not found.');
    } else listeners[issuer](request, response);
    return true;
  };
}

function publishes(issuer: IssuerName, { discovery }: Switches): boolean {
  return discovery === 'both' || (discovery === 'sign-in-only' && issuer === 'sign-in');
}

/**
 * Rewrites a request's URL to the path of the library's routes. `baseUrl`, as in Express, says where they are
 * mounted.
 */
export function rewriteUrl(request: IncomingMessage, issuer: IssuerName, url = '/'): void {
  Object.assign(request, { url, baseUrl: issuerPaths[issuer] });
}
