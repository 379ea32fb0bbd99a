import { ChektConnectError } from './errors.js';
import type { GetAccessToken } from './authorization/token-source.js';

/** What the host gave, as it gave it: attributes are strings, but a property can be anything. */
export interface HostInput {
  readonly externalDealerId?: unknown;
  readonly accountName?: unknown;
  readonly platformName?: unknown;
  readonly companyName?: unknown;
  readonly serviceUrl?: unknown;
  readonly messages?: unknown;
  readonly platformScope?: unknown;
  readonly apiBaseUrl?: unknown;
  /** It came in the page's markup, which may have been injected. */
  readonly isApiBaseUrlMarkup?: boolean;
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
  /** What the person knows this account by. */
  readonly accountName: string;
  readonly platformName: string;
  readonly platformScope: string;
  /** Without a trailing slash. */
  readonly apiBaseUrl: string;
  /** The Partner API is reached through the page's own origin, and no bearer is sent. */
  readonly serviceMode: boolean;
  /** Absent is enough to show an existing binding. */
  readonly source?: GetAccessToken | URL;
  /** Ends with `reason=`, whose value is to be added. */
  readonly authorizeUrl?: URL;
  readonly disconnectBaseUrl?: string;
  /** Milliseconds. */
  readonly timeout: number;
  readonly fetch: typeof fetch;
}

export const DEFAULT_API_BASE_URL = 'https://api.chekt.com';
const CHEKT = [DEFAULT_API_BASE_URL, 'https://api.chektdev.com'];
export const DEFAULT_TIMEOUT = 30_000;
const LONGEST_TIMER = 2 ** 31 - 1;
const LOOPBACK = /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/;

function refuse(name: string, rule: string): never {
  throw new ChektConnectError('configuration', `${name} must be ${rule}.`);
}

/** What was read last, by attribute: one change of a property has all of them read again, and elements side by side have the same. */
const latest = new Map<string, readonly [text: string, result: unknown]>();

/**
 * An `https:` URL, an `http:` URL of a loopback host, or a path on the page's own origin; with `isOwn` only the last.
 * The error never quotes the value, which may hold credentials.
 * @param read makes of it what the element needs
 */
function parseUrl<T>(
  attribute: string,
  value: unknown,
  isOwn: boolean,
  mayHaveQuery: boolean,
  read: (url: URL) => T,
): T | undefined {
  if (value === undefined || value === null) return undefined;
  try {
    const text = String(value).trim();
    const [known, result] = latest.get(attribute) ?? [];
    if (known === text) return result as T;
    // a page may have a variable by the name of `origin`; only an opaque origin is not the location's
    const origin = self.origin === 'null' ? 'null' : location.origin;
    const isPath = text.startsWith('/');
    // not document.baseURI, which a <base> can point anywhere
    const url = new URL(text, isPath ? origin : undefined);
    const isSafe =
      url.origin === origin
        ? url.protocol.startsWith('http')
        : !isPath &&
          !isOwn &&
          (url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.test(url.hostname)));
    if (isSafe && !url.username && !url.password && !url.hash && (mayHaveQuery || !url.search)) {
      latest.set(attribute, [text, read(url)]);
      return latest.get(attribute)![1] as T;
    }
  } catch {
    // no URL at all: the same error
  }
  return refuse(
    attribute,
    `${isOwn ? '' : 'https:, http: on a loopback host, or '}a path on this origin that starts with "/", without credentials${mayHaveQuery ? '' : ', query'} or fragment`,
  );
}

const withoutSlash = ({ origin, pathname }: URL) => (origin + pathname).replace(/\/+$/, '');

function withReason(url: URL): URL {
  url.hash = ''; // an empty one is in `href`
  url.searchParams.delete('reason');
  url.searchParams.append('reason', '');
  return url;
}

/** Markup alone must not be able to send a token anywhere. */
function mayBeMarkup(text: string): boolean {
  const url = new URL(text.trim(), location.origin);
  if (url.origin === location.origin) return true;
  if (LOOPBACK.test(url.hostname)) return LOOPBACK.test(location.hostname);
  return CHEKT.includes(text.trim().replace(/\/$/, ''));
}

/**
 * Parses all that the host gave.
 * @throws {ChektConnectError} `configuration`, naming the attribute and the fix. What is missing is no error yet.
 */
export function parseConfig(input: HostInput): Config {
  const { platformScope, getAccessToken, fetch: hostFetch } = input;
  const externalDealerId = String(input.externalDealerId ?? '');
  const api = parseUrl('api-base-url', input.apiBaseUrl, false, false, (url) => ({
    apiBaseUrl: withoutSlash(url),
    serviceMode: self.origin !== 'null' && url.origin === location.origin,
  }))!;
  if (input.isApiBaseUrlMarkup && !mayBeMarkup(String(input.apiBaseUrl)))
    refuse('api-base-url', `${CHEKT.join(', ')} or a path; any other origin only as the property apiBaseUrl`);
  const tokenUrl = parseUrl('token-url', input.tokenUrl, true, true, (url) => url);
  const timeout = Number(input.timeout);
  if (!(timeout > 0 && timeout <= LONGEST_TIMER)) refuse('timeout', 'a positive number of milliseconds');
  if (getAccessToken && typeof getAccessToken !== 'function') refuse('getAccessToken', 'a function');
  return {
    externalDealerId,
    accountName: String(input.accountName ?? externalDealerId) || externalDealerId,
    platformName: String(input.platformName),
    platformScope: String(platformScope ?? ''),
    ...api,
    source: (getAccessToken as GetAccessToken) || tokenUrl,
    authorizeUrl: parseUrl('authorize-url', input.authorizeUrl, false, true, withReason),
    disconnectBaseUrl: parseUrl('disconnect-base-url', input.disconnectBaseUrl, true, false, withoutSlash),
    timeout,
    fetch: (hostFetch as typeof fetch) ?? ((...request) => fetch(...request)),
  };
}
