import { ChektConnectError, codeOfStatus } from '../partner-api/errors.js';
import { request, type HttpAnswer, type HttpRequest } from '../partner-api/request.js';

export interface Failed {
  readonly type: 'failed';
  readonly error: ChektConnectError;
}

/** GETs from the platform's own service. @throws the reason of the signal once it is aborted */
export async function askService(
  name: string,
  { href: url }: URL,
  { fetch, timeout }: Pick<HttpRequest, 'fetch' | 'timeout'>,
  signal: AbortSignal,
): Promise<HttpAnswer | Failed> {
  const headers = { Accept: 'application/json', 'X-Requested-With': 'XMLHttpRequest' };
  // Not for every request: with it, Chromium would send a preflight anew before each PUT to another origin.
  const init: RequestInit = { headers, cache: 'no-store' };
  const answer = await request({ fetch, url, init, timeout, signal });
  if (signal.aborted) throw signal.reason;
  return typeof answer === 'string' ? failed(answer, `${name} did not answer (${answer}).`) : answer;
}

/** The failure for an answer of the platform's service that has no meaning of its own. */
export function refused(endpoint: string, status: number): Failed {
  const message = `${endpoint} answered ${status || 'a redirect'}.`;
  if (status === 404)
    return failed('configuration', `${message} Is a proxy or basePath missing?`, { status });
  // a 401 is about the platform's own session, whatever its body says
  const details = status === 401 ? { status, apiCode: 'login_required' } : { status };
  return failed(codeOfStatus(status), message, details);
}

export function failed(
  code: ChektConnectError['code'],
  message: string,
  details?: ConstructorParameters<typeof ChektConnectError>[2],
): Failed {
  return { type: 'failed', error: new ChektConnectError(code, message, details) };
}
