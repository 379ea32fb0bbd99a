import type { DealerId } from './dealers.js';
import { MACHINE_SCOPE } from '../oauth/scopes.js';

/** An application that is registered with CHeKT. */
export type RegisteredClient = {
  readonly id: string;
  readonly secret: string;
  readonly name: string;
  readonly machineScope: string;
} & ({ readonly kind: 'platform' } | { readonly kind: 'dealer-app'; readonly dealerId: DealerId });

/** The sample platform: sample accounts sign in through it. */
export const platformClient: RegisteredClient = {
  kind: 'platform',
  id: 'northwind-platform',
  secret: 'northwind-sample-secret',
  name: 'Northwind Cloud',
  machineScope: MACHINE_SCOPE,
};

const dealerApp: RegisteredClient = {
  kind: 'dealer-app',
  id: 'acme-dashboard',
  secret: 'acme-sample-secret',
  name: 'Acme Dashboard',
  machineScope: MACHINE_SCOPE,
  dealerId: 12345,
};

export const clients: readonly RegisteredClient[] = [platformClient, dealerApp];

export function clientById(id: string): RegisteredClient | undefined {
  return clients.find((client) => client.id === id);
}

const LOOPBACK_HOSTS = new Set(['localhost', '127.0.0.1', '[::1]']);
const CALLBACK_PATH = /^\/(?:runs\/(?<run>[a-z0-9-]{1,40})\/)?chekt\/callback$/;

/** The run that a callback of the sample platform belongs to; undefined when it is no callback of it. */
export function runOfRedirectUri(uri: string): string | undefined {
  if (!URL.canParse(uri)) return undefined;
  const { protocol, hostname, pathname, username, password, search, hash } = new URL(uri);
  if (protocol !== 'http:' || !LOOPBACK_HOSTS.has(hostname)) return undefined;
  if (username || password || search || hash) return undefined;
  const match = CALLBACK_PATH.exec(pathname);
  return match ? (match.groups?.['run'] ?? 'default') : undefined;
}
