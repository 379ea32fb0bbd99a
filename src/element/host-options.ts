import type { GetAccessToken, TokenSource } from '../authorization/token-provider.js';
import { parseBinding, type Binding } from '../partner-api/dealer.js';
import { ChektConnectError } from '../partner-api/errors.js';
import { parseFormerBinding, type Account, type FormerBinding } from '../session/effects/load-account.js';
import type { SessionOptions } from '../session/options.js';
import type { Messages } from './i18n/messages.js';
import { isLoopback, ownOrigin, parseUrl, withoutSlash } from './urls.js';

/** The raw values that the host has set. Attributes are strings, but a property can be anything. `undefined`: not set. */
export type HostInput = Readonly<Record<HostProperty, unknown>>;

/** Every property that is read from the host. */
export const HOST_PROPERTIES = [
  'serviceUrl',
  'externalDealerId',
  'accountName',
  'platformName',
  'platformScope',
  'companyName',
  'apiBaseUrl',
  'tokenUrl',
  'authorizeUrl',
  'authorizeTarget',
  'disconnectBaseUrl',
  'headingLevel',
  'timeout',
  'getAccessToken',
  'fetch',
  'messages',
  'binding',
  'formerBinding',
] as const;
export type HostProperty = (typeof HOST_PROPERTIES)[number];

/** The host's configuration after parsing; the rest of the element may trust it. */
export interface Options extends SessionOptions {
  readonly accountName: string;
  readonly platformName: string;
  readonly platformScope: string;
  readonly companyName: string;
  /** Without `reason`, which depends on what the person chooses. */
  readonly authorizeUrl?: URL;
  readonly authorizeTarget: '_self' | '_top' | '_blank';
  readonly headingLevel: 1 | 2 | 3 | 4 | 5;
  /** `undefined`: not known. */
  readonly binding?: Binding | null;
  readonly formerBinding: FormerBinding | null;
  readonly messages: Partial<Messages>;
}

export const DEFAULT_API_BASE_URL = 'https://api.chekt.com';
export const DEFAULT_TIMEOUT = 30_000;
const CHEKT_ORIGINS = [DEFAULT_API_BASE_URL, 'https://api.chektdev.com'];
const LONGEST_TIMER = 2 ** 31 - 1;

function refuse(name: string, rule: string): never {
  throw new ChektConnectError('configuration', `${name} must be ${rule}.`);
}

/**
 * Reads each property once, guarded: a getter of the host may throw.
 * @param read returns the raw value of a property
 * @throws {ChektConnectError} `configuration`, with a message of our own: the host's may quote a token
 */
export function readHostInput(read: (property: HostProperty) => unknown): HostInput {
  const input: Partial<Record<HostProperty, unknown>> = {};
  for (const property of HOST_PROPERTIES) {
    try {
      const value = read(property);
      input[property] = value ?? (property === 'binding' ? value : undefined);
    } catch {
      refuse(property, 'readable');
    }
  }
  return input as HostInput;
}

/** The value as a string. @throws {ChektConnectError} for a symbol, or an object whose `toString` throws */
export function textOf(property: string, value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  try {
    if (typeof value !== 'symbol') return String(value);
  } catch {
    // refused, like a symbol
  }
  return refuse(property, 'a string');
}

/** The id of this embed's account: as the host set it, else of the host's binding, else as the service said. Empty if unknown. */
export function externalDealerIdOf(input: HostInput, account: Account | undefined): string {
  const own = textOf('externalDealerId', input.externalDealerId)?.trim();
  const bound = input.serviceUrl ? guarded(() => parseBinding(input.binding)?.externalDealerId) : undefined;
  return own || bound || (input.serviceUrl ? account?.externalDealerId : undefined) || '';
}

/**
 * Parses everything that the host has set.
 * @param account the answer of `GET {service-url}/session`, if there is one
 * @param isAttribute whether `api-base-url` came as an attribute: markup alone must not be able to send a token anywhere
 * @throws {ChektConnectError} `configuration`, naming the attribute and what it must be. A missing option is not an error here.
 */
export function parseOptions(input: HostInput, account: Account | undefined, isAttribute: boolean): Options {
  const text = (property: HostProperty) => textOf(property, input[property]);
  const serviceUrl = parseUrl('service-url', text('serviceUrl'), { isOwn: true });
  const service = serviceUrl && withoutSlash(serviceUrl);
  const said = service ? account : undefined;
  const externalDealerId = externalDealerIdOf(input, said);
  const leavesItToService = !text('externalDealerId')?.trim() && input.binding === undefined;
  const accountUrl = service && leavesItToService ? new URL(`${service}/session`) : undefined;
  const timeout = Number(text('timeout') ?? DEFAULT_TIMEOUT);
  if (!(timeout > 0 && timeout <= LONGEST_TIMER))
    refuse('timeout', `more than 0 and at most ${LONGEST_TIMER} milliseconds`);
  const { getAccessToken, fetch: hostFetch } = input;
  if (getAccessToken && typeof getAccessToken !== 'function') refuse('getAccessToken', 'a function');
  if (hostFetch && typeof hostFetch !== 'function') refuse('fetch', 'a function');
  const tokenUrl = parseUrl('token-url', text('tokenUrl') ?? (service && `${service}/token`), {
    isOwn: true,
    mayHaveQuery: true,
  });
  const disconnectBaseUrl = parseUrl('disconnect-base-url', text('disconnectBaseUrl') ?? service, {
    isOwn: true,
  });
  return {
    externalDealerId,
    accountName: text('accountName')?.trim() || said?.accountName || externalDealerId,
    platformName: text('platformName')?.trim() || said?.platformName || globalThis.location.hostname,
    platformScope: text('platformScope') ?? said?.platformScope ?? '',
    companyName: text('companyName') ?? '',
    ...parseApi(text('apiBaseUrl') ?? service ?? DEFAULT_API_BASE_URL, isAttribute),
    source: ((getAccessToken as GetAccessToken) || tokenUrl) satisfies TokenSource | undefined,
    authorizeUrl: parseUrl('authorize-url', text('authorizeUrl') ?? (service && `${service}/authorize`), {
      mayHaveQuery: true,
    }),
    authorizeTarget: targetOf(text('authorizeTarget')),
    disconnectBaseUrl: disconnectBaseUrl && withoutSlash(disconnectBaseUrl),
    accountUrl,
    headingLevel: levelOf(text('headingLevel')),
    timeout,
    fetch: (hostFetch as typeof fetch | undefined) ?? ((...request) => globalThis.fetch(...request)),
    binding: parseHostBinding(input.binding, accountUrl && said, externalDealerId),
    formerBinding: parseHostFormerBinding(input.formerBinding, accountUrl && said),
    messages: parseMessages(input.messages),
  };
}

/** Leaves wrong options out, so that none of them takes the host's language and texts with it. */
export function parseValidOptions(...[input, ...context]: Parameters<typeof parseOptions>): Options {
  const valid: Partial<Record<HostProperty, unknown>> = {};
  let options: Options;
  for (const property of HOST_PROPERTIES) {
    try {
      options = parseOptions({ ...valid, [property]: input[property] } as HostInput, ...context);
      valid[property] = input[property];
    } catch {
      // the caller reports the first wrong one
    }
  }
  return options!;
}

function parseApi(text: string, isAttribute: boolean): Pick<Options, 'apiBaseUrl' | 'serviceMode'> {
  const url = parseUrl('api-base-url', text, {})!;
  const serviceMode = url.origin === ownOrigin();
  const isKnown = (CHEKT_ORIGINS.includes(url.origin) && url.pathname === '/') || serviceMode;
  if (isAttribute && !isKnown && !(isLoopback(url) && isLoopback(globalThis.location))) {
    refuse(
      'api-base-url',
      `${CHEKT_ORIGINS.join(', ')} or a path; any other only as the apiBaseUrl property`,
    );
  }
  return { apiBaseUrl: withoutSlash(url), serviceMode };
}

const TARGETS = ['_self', '_top', '_blank'] as const;

function targetOf(text: string | undefined): Options['authorizeTarget'] {
  const target = TARGETS.find((known) => known === (text ?? '_self'));
  if (!target) warn(`authorize-target must be ${TARGETS.join(', ')}.`);
  return target ?? '_self';
}

function levelOf(text: string | undefined): Options['headingLevel'] {
  const level = ([1, 2, 3, 4, 5] as const).find((known) => known === Number(text ?? 2));
  if (!level) warn('heading-level must be 1 to 5.');
  return level ?? 2;
}

const warned = new Set<string>();

/** Warns the developer, once per page for each message. */
export function warn(message: string): void {
  if (warned.has(message)) return;
  warned.add(message);
  console.warn(`<chekt-connect> ${message}`);
}

function parseHostBinding(
  value: unknown,
  account: Account | undefined,
  externalDealerId: string,
): Binding | null | undefined {
  if (value === undefined) return account?.binding;
  if (value === null) return null;
  const binding = guarded(() => parseBinding(value));
  if (!binding) refuse('binding', 'null or a Binding');
  if (externalDealerId && binding.externalDealerId !== externalDealerId) {
    refuse('binding', 'of the account in external-dealer-id');
  }
  return binding;
}

function parseHostFormerBinding(value: unknown, account: Account | undefined): FormerBinding | null {
  if (value === undefined || value === null) return account?.formerBinding ?? null;
  const former = guarded(() => parseFormerBinding(value));
  return former ?? refuse('formerBinding', 'null or a FormerBinding');
}

/** A copy, read once: a getter or a proxy of the host may throw, and a value may be anything. */
function parseMessages(value: unknown): Partial<Messages> {
  if (value === undefined || value === null) return {};
  const entries = guarded(() => Object.entries(value as object));
  if (!entries) refuse('messages', 'an object of strings');
  return Object.fromEntries(
    entries.map(([key, text]: [string, unknown]) => [key, textOf(`messages["${key}"]`, text)]),
  );
}

/** @returns undefined if the host's object throws */
function guarded<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
