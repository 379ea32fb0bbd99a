import type { HostInput } from './config.js';
import { ChektConnectError } from './errors.js';

const TEXTS = [
  'externalDealerId',
  'accountName',
  'platformName',
  'platformScope',
  'companyName',
  'apiBaseUrl',
  'tokenUrl',
  'authorizeUrl',
  'disconnectBaseUrl',
  'serviceUrl',
] as const;
const VALUES = ['timeout', 'getAccessToken', 'fetch', 'messages'] as const;

/** What a host's object says, read once: texts are texts, and what cannot be read is absent. */
export interface ReadInput
  extends
    Omit<HostInput, (typeof TEXTS)[number] | 'messages'>,
    Readonly<Partial<Record<(typeof TEXTS)[number], string>>> {
  readonly messages?: Readonly<Record<string, string>>;
  /** Why something could not be read, in our own words: the host's error may quote anything. */
  readonly error?: ChektConnectError;
}

/** A host's value may be anything: a getter that throws, a revoked proxy, a symbol, a `toString` that throws. */
export function readHostInput(host: HostInput): ReadInput {
  const input: Record<string, unknown> = { isApiBaseUrlMarkup: host.isApiBaseUrlMarkup };
  const read = (name: string, value: () => unknown) => {
    try {
      input[name] = value();
    } catch {
      input.error ??= new ChektConnectError('configuration', `${name} cannot be read.`);
    }
  };
  for (const name of TEXTS) read(name, () => textOf(host[name]));
  for (const name of VALUES) read(name, () => host[name]);
  read('timeout', () => input.timeout !== undefined && Number(input.timeout));
  const { messages } = input;
  delete input.messages;
  read('messages', () =>
    Object.fromEntries(Object.entries(messages ?? {}).map(([key, text]) => [key, textOf(text)])),
  );
  return input;
}

/** @throws whatever the value throws when it is read */
export function textOf(value: unknown): string | undefined {
  // a template refuses symbols, which String() would show
  return value === undefined || value === null ? undefined : `${value as string}`;
}
