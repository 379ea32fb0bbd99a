import { ChektConnectError } from '../partner-api/errors.js';

/** RFC 6750 §2.1. Checked before a header is built, because some browsers quote a refused header value in their error. */
const B64TOKEN = /^[\w.~+/-]+=*$/;
const LONGEST_TOKEN = 8192;

/** @throws {ChektConnectError} `configuration` if this cannot be a bearer token; the message does not quote it */
export function checkAccessToken(token: string, type: string): void {
  if (token.length <= LONGEST_TOKEN && B64TOKEN.test(token) && /^bearer$/i.test(type)) return;
  throw new ChektConnectError(
    'configuration',
    'The access token is not a Bearer token (RFC 6750) of at most 8 kB.',
  );
}
