import type { OAuthClientOptions } from '../options.js';

export type OAuthRole = 'dealerSignIn' | 'platformClient';

/** The client of a failed request. */
export interface FailedClient {
  readonly role: OAuthRole;
  readonly options: OAuthClientOptions;
  /** The secrets in the request that a response answers. */
  readonly sentFor: (response: Response) => readonly string[];
}

/** Which setting to check, and what to do about it. */
export interface Advice {
  readonly setting: string;
  readonly fix: string;
}

export const clockAdvice: Advice = {
  setting: 'the clock of this machine',
  fix: 'It differs from the clock of the issuer, which therefore refuses the signed assertion. Synchronize it with NTP.',
};
