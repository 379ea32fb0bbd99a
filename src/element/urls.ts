import { ChektConnectError } from '../partner-api/errors.js';

const LOOPBACK = /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/;

export function isLoopback({ hostname }: { readonly hostname: string }): boolean {
  return LOOPBACK.test(hostname);
}

/** The page's own origin: not `globalThis.origin`, which a page may overwrite, unless that is "null", as in a sandboxed frame. */
export function ownOrigin(): string {
  return globalThis.origin === 'null' ? 'null' : globalThis.location.origin;
}

export interface UrlRule {
  /** Only an address on the page's own origin is accepted. */
  readonly isOwn?: boolean;
  readonly mayHaveQuery?: boolean;
}

/**
 * Parses an `https:` URL, an `http:` URL of a loopback host, or a path on the page's own origin.
 * A path is resolved against the origin, not against `document.baseURI`, which a `<base>` element can point anywhere.
 * @throws {ChektConnectError} `configuration`; the message never quotes the value, which may contain credentials
 */
export function parseUrl(
  attribute: string,
  text: string | undefined,
  { isOwn, mayHaveQuery }: UrlRule,
): URL | undefined {
  if (text === undefined) return undefined;
  const origin = ownOrigin();
  const isPath = text.trim().startsWith('/');
  const url = tryUrl(text.trim(), isPath ? origin : undefined);
  const isSafe =
    url?.origin === origin
      ? url.protocol.startsWith('http')
      : url &&
        !isPath &&
        !isOwn &&
        (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url)));
  if (url && isSafe && !url.username && !url.password && !url.hash && (mayHaveQuery || !url.search)) {
    url.hash = ''; // even an empty fragment would appear in `href`
    return url;
  }
  throw new ChektConnectError(
    'configuration',
    `${attribute} must be a path on this origin${isOwn ? '' : ' or an https: URL'}, without ${mayHaveQuery ? '' : 'query, '}credentials or fragment.`,
  );
}

function tryUrl(text: string, base: string | undefined): URL | undefined {
  try {
    return new URL(text, base);
  } catch {
    return undefined;
  }
}

export function withoutSlash({ origin, pathname }: URL): string {
  return (origin + pathname).replace(/\/+$/, '');
}
