import type { TokenSource } from '../authorization/token-provider.js';

/** The part of the host's configuration that a session needs. URLs are absolute and have no trailing slash. */
export interface SessionOptions {
  /** The platform's id of the account to connect; empty until `GET {service-url}/session` has answered. */
  readonly externalDealerId: string;
  readonly apiBaseUrl: string;
  /** `api-base-url` is on the page's own origin, and no bearer token is sent. */
  readonly serviceMode: boolean;
  /** Not needed to show an existing binding. */
  readonly source?: TokenSource;
  readonly disconnectBaseUrl?: string;
  /** `{service-url}/session`, if the service says which account and binding there are. */
  readonly accountUrl?: URL;
  /** Milliseconds for one connect or disconnect, from when the page lets it go; and for each other question to the source. */
  readonly timeout: number;
  readonly fetch: typeof fetch;
}
