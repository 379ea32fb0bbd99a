import type { TokenSource } from '../authorization/token-provider.js';

/** What a session needs to know of the host's configuration. URLs are absolute and have no trailing slash. */
export interface SessionOptions {
  /** The platform's account that gets connected; empty while `GET {service-url}/session` has not said it. */
  readonly externalDealerId: string;
  readonly apiBaseUrl: string;
  /** `api-base-url` is on the page's own origin, and no bearer is sent. */
  readonly serviceMode: boolean;
  /** Absent is enough to show an existing binding. */
  readonly source?: TokenSource;
  readonly disconnectBaseUrl?: string;
  /** `{service-url}/session`, where the service says the account and its binding. */
  readonly accountUrl?: URL;
  /** Milliseconds after which an operation has ended, whatever happened. */
  readonly timeout: number;
  readonly fetch: typeof fetch;
}
