import { createHash, randomUUID } from 'node:crypto';

export const ISSUER = 'http://127.0.0.1:9/issuer';
export const AUTHORIZE = `${ISSUER}/authorize`;
export const TOKEN = `${ISSUER}/token`;
export const REVOKE = `${ISSUER}/revoke`;

/** Dealer admins and their companies. Dana and Tom belong to the same company. */
export const PEOPLE = [
  { sub: 'dana', name: 'Dana Reyes', dealerId: 12345 },
  { sub: 'mira', name: 'Mira Lindqvist', dealerId: 23456 },
  { sub: 'tom', name: 'Tom Okafor', dealerId: 12345 },
] as const;
export type DealerAdmin = Omit<(typeof PEOPLE)[number], 'name' | 'sub' | 'dealerId'> & {
  readonly sub: string;
  readonly name: string;
  readonly dealerId: number;
};

/** One sign-in at the issuer, with its family of tokens. */
interface IssuedGrant {
  readonly id: number;
  readonly person: DealerAdmin;
  readonly clientId: string;
  refreshToken: string;
  isRevoked: boolean;
}

interface Code {
  readonly grant: IssuedGrant;
  readonly nonce: string;
  readonly challenge: string;
  isUsed: boolean;
}

export interface Caller {
  readonly kind: 'dealer' | 'platform';
  readonly grant: number;
  readonly person: DealerAdmin | undefined;
}

interface AccessToken extends Caller {
  readonly expiresAt: number;
  readonly of: IssuedGrant | undefined;
}

/** Seconds. */
const TOKEN_LIFE = 3600;

/** An OAuth server in memory: codes with PKCE, refresh tokens that rotate and notice reuse, client credentials. */
export class Issuer {
  readonly #codes = new Map<string, Code>();
  readonly #grants: IssuedGrant[] = [];
  readonly #accessTokens = new Map<string, AccessToken>();
  readonly #refreshTokens = new Map<string, IssuedGrant>();
  refreshes = 0;
  readonly #clock: () => number;

  /** @param clock by which access tokens expire; ID tokens are of the real time, as openid-client is */
  constructor(clock: () => number = () => Date.now()) {
    this.#clock = clock;
  }

  /** The person's way through the sign-in page. @returns where the browser is sent */
  authorize(url: URL, person: DealerAdmin, decision: 'allow' | 'deny' = 'allow'): URL {
    const query = url.searchParams;
    const back = new URL(query.get('redirect_uri')!);
    back.searchParams.set('state', query.get('state')!);
    if (decision === 'deny') {
      back.searchParams.set('error', 'access_denied');
      return back;
    }
    const grant = {
      ...{ id: this.#grants.length + 1, person, clientId: query.get('client_id')! },
      ...{ refreshToken: '', isRevoked: false },
    };
    this.#grants.push(grant);
    const code = randomUUID();
    const [nonce, challenge] = [query.get('nonce')!, query.get('code_challenge')!];
    this.#codes.set(code, { grant, nonce, challenge, isUsed: false });
    back.searchParams.set('code', code);
    return back;
  }

  answer(url: string, form: URLSearchParams): Response {
    if (url === TOKEN) return this.#token(form);
    if (url === REVOKE) return this.#revoke(form);
    return new Response(null, { status: 404 });
  }

  #token(form: URLSearchParams): Response {
    switch (form.get('grant_type')) {
      case 'client_credentials':
        return this.#issue(undefined, form.get('scope') ?? '');
      case 'authorization_code': {
        const code = this.#codes.get(form.get('code') ?? '');
        const proof = createHash('sha256').update(form.get('code_verifier') ?? '');
        if (!code || code.isUsed || proof.digest('base64url') !== code.challenge) return invalidGrant();
        code.isUsed = true;
        return this.#issue(code.grant, 'openid profile', idToken(code));
      }
      default: {
        this.refreshes += 1;
        const token = form.get('refresh_token') ?? '';
        const grant = this.#refreshTokens.get(token);
        if (!grant || grant.isRevoked) return invalidGrant();
        if (grant.refreshToken !== token) {
          grant.isRevoked = true; // reuse: the token was stolen, or an answer was lost
          return invalidGrant();
        }
        return this.#issue(grant, 'openid profile');
      }
    }
  }

  #revoke(form: URLSearchParams): Response {
    const token = form.get('token') ?? '';
    const grant = this.#refreshTokens.get(token);
    if (grant) grant.isRevoked = true;
    this.#accessTokens.delete(token);
    return new Response(null, { status: 200 });
  }

  /** The issuer's administrator ends all sign-ins of a person. */
  revokeAll(sub: string): void {
    for (const grant of this.#grants) if (grant.person.sub === sub) grant.isRevoked = true;
  }

  caller(authorization: string | null): Caller | undefined {
    const token = this.#accessTokens.get(authorization?.replace('Bearer ', '') ?? '');
    return token && token.expiresAt > this.#clock() && !token.of?.isRevoked ? token : undefined;
  }

  #issue(of: IssuedGrant | undefined, scope: string, id?: string): Response {
    const access = `at-${randomUUID()}`;
    const expiresAt = this.#clock() + TOKEN_LIFE * 1000;
    const [kind, grant] = of ? (['dealer', of.id] as const) : (['platform', 0] as const);
    this.#accessTokens.set(access, { kind, grant, person: of?.person, expiresAt, of });
    if (of) {
      of.refreshToken = `rt-${randomUUID()}`;
      this.#refreshTokens.set(of.refreshToken, of);
    }
    return Response.json({
      access_token: access,
      token_type: 'Bearer',
      expires_in: TOKEN_LIFE,
      scope,
      ...(of ? { refresh_token: of.refreshToken } : {}),
      ...(id === undefined ? {} : { id_token: id }),
    });
  }
}

function invalidGrant(): Response {
  return Response.json({ error: 'invalid_grant' }, { status: 400 });
}

/**
 * Its signature is not verified, because it comes directly from the token endpoint (OpenID Connect Core
 * §3.1.3.7).
 */
function idToken({ grant: { person, clientId }, nonce }: Code): string {
  const iat = Math.floor(Date.now() / 1000);
  const { sub, name, dealerId } = person;
  const claims = {
    iss: ISSUER,
    aud: clientId,
    iat,
    exp: iat + TOKEN_LIFE,
    nonce,
    sub,
    name,
    dealer_id: dealerId,
  };
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'RS256', typ: 'JWT' })}.${part(claims)}.c2lnbmF0dXJl`;
}
