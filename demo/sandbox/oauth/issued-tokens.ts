import type { PartnerClaim } from './partner-claim.js';

/**
 * An access token that the authorization server has issued. Each is remembered, because a JWT alone cannot be
 * revoked.
 */
export interface IssuedToken {
  readonly id: string;
  readonly subject: string;
  readonly clientId: string;
  readonly scope: string;
  readonly issuedAt: number;
  readonly expiresAt: number;
  readonly opaque: boolean;
  readonly run: string;
  readonly grantId?: string | undefined;
  /** The dealer that a platform's token was requested for. */
  readonly partner?: PartnerClaim | undefined;
}

const SWEEP_EVERY = 500;

/**
 * Records which access tokens exist, whose they are, in which run they were issued, and which are revoked.
 */
export class IssuedTokens {
  readonly #tokens = new Map<string, IssuedToken>();
  readonly #runOfGrant = new Map<string, string>();

  add(token: IssuedToken): void {
    this.#tokens.set(token.id, token);
    if (this.#tokens.size % SWEEP_EVERY === 0) this.#sweep();
  }

  find(id: string): IssuedToken | undefined {
    return this.#tokens.get(id);
  }

  revoke(id: string): void {
    this.#tokens.delete(id);
  }

  revokeGrant(grantId: string): void {
    for (const token of this.#tokens.values()) if (token.grantId === grantId) this.revoke(token.id);
  }

  /** Revokes the subject's tokens in the run, and returns the grants they came from. */
  revokeSubject(subject: string, run: string): string[] {
    const mine = [...this.#tokens.values()].filter((token) => token.subject === subject && token.run === run);
    for (const token of mine) this.revoke(token.id);
    return [...new Set(mine.flatMap((token) => token.grantId ?? []))];
  }

  bindGrantToRun(grantId: string, run: string): void {
    this.#runOfGrant.set(grantId, run);
  }

  runOfGrant(grantId: string | undefined): string | undefined {
    return grantId === undefined ? undefined : this.#runOfGrant.get(grantId);
  }

  #sweep(): void {
    const now = Date.now() / 1000;
    for (const token of this.#tokens.values()) if (token.expiresAt < now - 3600) this.revoke(token.id);
  }
}
