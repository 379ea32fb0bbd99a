import { ChektConnectError } from './errors.js';
import type { GetAccessToken } from './authorization/token-source.js';

/** What the host gave, as it gave it: attributes are strings, but a property can be anything. */
export interface HostInput {
  readonly externalDealerId?: unknown;
  readonly platformName?: unknown;
  readonly platformScope?: unknown;
  readonly apiBaseUrl?: unknown;
  readonly tokenUrl?: unknown;
  readonly authorizeUrl?: unknown;
  readonly disconnectBaseUrl?: unknown;
  readonly timeout?: unknown;
  readonly getAccessToken?: unknown;
  readonly fetch?: unknown;
}

/** What the rest of the element may trust. */
export interface Config {
  readonly externalDealerId: string;
  readonly platformName: string;
  readonly platformScope: string;
  /** Without a trailing slash. */
  readonly apiBaseUrl: string;
  /** The Partner API is reached through the page's own origin, and no bearer is sent. */
  readonly serviceMode: boolean;
  /** Absent is enough to show an existing binding. */
  readonly source?: GetAccessToken | URL;
  readonly authorizeUrl?: URL;
  readonly disconnectBaseUrl?: string;
  /** Milliseconds. */
  readonly timeout: number;
  readonly fetch: typeof fetch;
}

export const DEFAULT_API_BASE_URL = 'https://api.chekt.com';
export const DEFAULT_TIMEOUT = 30_000;
const LONGEST_TIMER = 2 ** 31 - 1;
const LOOPBACK = /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/;

/** Nothing is wrong yet: a part that frameworks may set later is missing. Reported once the page has loaded. */
export class IncompleteConfiguration extends ChektConnectError {
  constructor(message: string) {
    super('configuration', message);
  }
}

interface UrlRule {
  readonly ownOrigin?: boolean;
  readonly query?: boolean;
}

/** The error never quotes the value, which may hold credentials. */
function parseUrl(attribute: string, value: unknown, rule: UrlRule): URL | undefined {
  if (value === undefined || value === null) return undefined;
  try {
    const text = String(value).trim();
    const own = self.origin;
    const isPath = text.startsWith('/');
    const url = new URL(text, isPath ? own : undefined);
    const isOwn = url.origin === own && /^https?:$/.test(url.protocol);
    const isSafe = url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.test(url.hostname));
    const isClean = !url.username && !url.password && !url.hash && (rule.query || !url.search);
    if (isClean && (isOwn || (!isPath && !rule.ownOrigin && isSafe))) return url;
  } catch {
    // not a URL at all: the same error
  }
  const path = 'a path that starts with "/"';
  throw new ChektConnectError(
    'configuration',
    `${attribute} must be ${
      rule.ownOrigin
        ? `${path} on the page's own origin`
        : `an https: URL, an http: URL of a loopback host, or ${path} of the page's own origin`
    }, without user name, password, ${rule.query ? '' : 'query '}or fragment.`,
  );
}

function parseBase(attribute: string, value: unknown, rule: UrlRule): string | undefined {
  const url = parseUrl(attribute, value, rule);
  return url && url.origin + url.pathname.replace(/\/+$/, '');
}

function parseFunction<F>(property: string, value: unknown): F | undefined {
  if (value === undefined || value === null || typeof value === 'function') return (value as F) ?? undefined;
  throw new ChektConnectError('configuration', `${property} must be a function.`);
}

/**
 * Parses all that the host gave.
 * @throws {ChektConnectError} `configuration`, naming the attribute and the fix; {@link IncompleteConfiguration} while a required part is missing.
 */
export function parseConfig(input: HostInput): Config {
  const apiBaseUrl = parseBase('api-base-url', input.apiBaseUrl, {}) ?? DEFAULT_API_BASE_URL;
  const tokenUrl = parseUrl('token-url', input.tokenUrl, { ownOrigin: true, query: true });
  const authorizeUrl = parseUrl('authorize-url', input.authorizeUrl, { query: true });
  const disconnectBaseUrl = parseBase('disconnect-base-url', input.disconnectBaseUrl, { ownOrigin: true });
  const getAccessToken = parseFunction<GetAccessToken>('getAccessToken', input.getAccessToken);
  const timeout = Number(input.timeout);
  if (!(timeout > 0 && timeout <= LONGEST_TIMER)) {
    throw new ChektConnectError('configuration', 'timeout must be a positive number of milliseconds.');
  }
  const { externalDealerId } = input;
  if (externalDealerId !== undefined && externalDealerId !== null && typeof externalDealerId !== 'string') {
    throw new ChektConnectError('configuration', 'external-dealer-id must be a string.');
  }
  if (!externalDealerId?.trim()) {
    throw new IncompleteConfiguration(
      'external-dealer-id is missing. Set it to the id that your platform gives this dealer.',
    );
  }
  return {
    externalDealerId,
    platformName: String(input.platformName ?? '') || location.hostname,
    platformScope: String(input.platformScope ?? ''),
    apiBaseUrl,
    serviceMode: apiBaseUrl.startsWith(self.origin + '/') || apiBaseUrl === self.origin,
    source: getAccessToken ?? tokenUrl,
    authorizeUrl,
    disconnectBaseUrl,
    timeout,
    fetch: parseFunction<typeof fetch>('fetch', input.fetch) ?? ((...request) => fetch(...request)),
  };
}
