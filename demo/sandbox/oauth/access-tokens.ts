import { randomUUID } from 'node:crypto';
import { createLocalJWKSet, decodeJwt, errors, jwtVerify, SignJWT } from 'jose';
import type { Account } from '../sample-data/accounts.js';
import { accountBySubject } from '../sample-data/accounts.js';
import type { Refusal } from '../exchange/answers.js';
import { clientById } from '../sample-data/clients.js';
import type { DealerId } from '../sample-data/dealers.js';
import { issuedClaims } from './issued-claims.js';
import type { IssuedToken, IssuedTokens } from './issued-tokens.js';
import type { Issuer } from './issuers.js';
import { dealerIdOf } from './partner-claim.js';

/** Whom a token stands for. */
export type Caller = {
  readonly subject: string;
  readonly clientId: string;
  readonly scopes: ReadonlySet<string>;
} & (
  | { readonly kind: 'user'; readonly account: Account }
  /**
   * `dealerId` is the dealer that the token was requested for; without it, the token reaches every connected
   * dealer.
   */
  | { readonly kind: 'platform'; readonly dealerId: DealerId | undefined }
  | { readonly kind: 'dealer-app'; readonly dealerId: DealerId }
);

export type Verified = { readonly caller: Caller } | { readonly refused: Refusal };

/** A token to issue outside the OAuth flows, for tests and scenarios. */
export type TokenOrder = Pick<IssuedToken, 'subject' | 'clientId' | 'scope' | 'run' | 'opaque'> & {
  readonly expiresIn: number;
};

export class AccessTokens {
  readonly #issuers: readonly Issuer[];
  readonly #issued: IssuedTokens;

  constructor(issuers: readonly Issuer[], issued: IssuedTokens) {
    this.#issuers = issuers;
    this.#issued = issued;
  }

  /**
   * Verifies the token in an `Authorization` header: form, signature, issuer, audience, expiry and
   * revocation.
   */
  async verify(authorization: string | undefined): Promise<Verified> {
    if (authorization === undefined) return invalid('The access token is missing.');
    const token = /^Bearer ([A-Za-z0-9\-._~+/]+=*)$/i.exec(authorization)?.[1];
    if (token === undefined) return invalid('The Authorization header is not a bearer token.');
    const issued = token.split('.').length === 3 ? await this.#issuedJwt(token) : this.#issuedOpaque(token);
    if (typeof issued === 'string') return invalid(issued);
    const caller = callerOf(issued);
    return caller ? { caller } : invalid('The access token is for nobody this API knows.');
  }

  async mint({ subject, clientId, scope, run, opaque, expiresIn }: TokenOrder): Promise<string> {
    const issuer = this.#issuers.find(({ name }) => name === clientById(clientId)?.issuer);
    if (!issuer) throw new Error(`No issuer knows the client ${clientId}.`);
    const id = randomUUID();
    const issuedAt = Math.floor(Date.now() / 1000);
    const expiresAt = issuedAt + expiresIn;
    this.#issued.add({ id, subject, clientId, scope, issuedAt, expiresAt, opaque, run });
    if (opaque) return id;
    return new SignJWT({ ...issuedClaims(subject, clientId), scope, client_id: clientId, azp: clientId })
      .setProtectedHeader({ alg: 'RS256', typ: 'at+jwt', kid: issuer.key.id })
      .setJti(id)
      .setIssuer(issuer.url)
      .setAudience(issuer.audience)
      .setSubject(subject)
      .setIssuedAt(issuedAt)
      .setExpirationTime(expiresAt)
      .sign(issuer.key.privateKey);
  }

  async #issuedJwt(token: string): Promise<IssuedToken | string> {
    try {
      const { iss } = decodeJwt(token);
      const issuer = this.#issuers.find(({ url }) => url === iss);
      if (!issuer) return 'The access token has a wrong iss.';
      const { payload } = await jwtVerify(token, createLocalJWKSet(issuer.key.publicKeys), {
        algorithms: ['RS256'],
        typ: 'at+jwt',
        issuer: issuer.url,
        audience: issuer.audience,
        requiredClaims: ['exp', 'sub', 'jti'],
      });
      return this.#issued.find(payload.jti ?? '') ?? 'The access token has been revoked.';
    } catch (error) {
      if (error instanceof errors.JWTExpired) return 'The access token has expired.';
      if (error instanceof errors.JWTClaimValidationFailed)
        return `The access token has a wrong ${error.claim}.`;
      return 'The access token is not valid.';
    }
  }

  #issuedOpaque(token: string): IssuedToken | string {
    const issued = this.#issued.find(token);
    if (!issued?.opaque) return 'The access token is not valid.';
    return issued.expiresAt * 1000 <= Date.now() ? 'The access token has expired.' : issued;
  }
}

function invalid(message: string): Verified {
  return { refused: { status: 401, code: 'invalid_api_key', message } };
}

function callerOf({ subject, clientId, scope, partner }: IssuedToken): Caller | undefined {
  const client = clientById(clientId);
  if (!client) return undefined;
  const base = { subject, clientId, scopes: new Set(scope.split(' ')) };
  if (subject !== clientId) {
    const account = accountBySubject(subject);
    return account && { ...base, kind: 'user', account };
  }
  if (client.kind === 'platform') return { ...base, kind: 'platform', dealerId: dealerIdOf(partner) };
  return { ...base, kind: 'dealer-app', dealerId: client.dealerId };
}
