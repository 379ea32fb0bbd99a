import { ChektConnectError } from '../partner-api/errors.js';

const LOOPBACK = /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/;

export function isLoopback({ hostname }: { readonly hostname: string }): boolean {
  return LOOPBACK.test(hostname);
}

/** The page's own origin. Not `self.origin`, which a page may have replaced; in a sandboxed frame that one is "null". */
export function ownOrigin(): string {
  return globalThis.origin === 'null' ? 'null' : globalThis.location.origin;
}

export interface UrlRule {
  /** Only a path on the page's own origin will do. */
  readonly isOwn?: boolean;
  readonly mayHaveQuery?: boolean;
}

/**
 * An `https:` URL, an `http:` URL of a loopback host, or a path on the page's own origin.
 * It is resolved against the origin and not against `document.baseURI`, which a `<base>` can point anywhere.
 * @throws {ChektConnectError} `configuration`; it never quotes the value, which may hold credentials
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
    url.hash = ''; // an empty one is in `href`
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
