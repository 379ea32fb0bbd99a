import { decodeJwt } from 'jose';
import type { Adapter, AdapterPayload } from 'oidc-provider';
import type { IssuedTokens } from './issued-tokens.js';

interface Entry {
  payload: AdapterPayload;
  expiresAt: number;
}

/** Storage for `oidc-provider` in this process's memory, with a map per model. */
export function createOAuthAdapter(issued: IssuedTokens): (model: string) => Adapter {
  return (model) =>
    model === 'AccessToken' || model === 'ClientCredentials'
      ? new AccessTokenAdapter(model, issued)
      : new MemoryAdapter();
}

class MemoryAdapter implements Adapter {
  protected readonly entries = new Map<string, Entry>();

  async upsert(id: string, payload: AdapterPayload, expiresIn: number): Promise<undefined> {
    for (const [old, { expiresAt }] of this.entries) if (expiresAt < Date.now()) this.entries.delete(old);
    this.entries.set(id, { payload, expiresAt: Date.now() + (expiresIn ? expiresIn * 1000 : Infinity) });
  }

  async find(id: string): Promise<AdapterPayload | undefined> {
    const entry = this.entries.get(id);
    return entry && entry.expiresAt > Date.now() ? entry.payload : undefined;
  }

  async findByUid(uid: string): Promise<AdapterPayload | undefined> {
    return [...this.entries.values()].find(({ payload }) => payload.uid === uid)?.payload;
  }

  async findByUserCode(): Promise<undefined> {}

  async consume(id: string): Promise<undefined> {
    const entry = this.entries.get(id);
    if (entry) entry.payload.consumed = Math.floor(Date.now() / 1000);
  }

  async destroy(id: string): Promise<undefined> {
    this.entries.delete(id);
  }

  async revokeByGrantId(grantId: string): Promise<undefined> {
    for (const [id, { payload }] of this.entries) if (payload.grantId === grantId) this.entries.delete(id);
  }
}

/** The library does not store JWTs; finding them here makes its revocation endpoint work for them too. */
class AccessTokenAdapter extends MemoryAdapter {
  readonly #model: string;
  readonly #issued: IssuedTokens;

  constructor(model: string, issued: IssuedTokens) {
    super();
    this.#model = model;
    this.#issued = issued;
  }

  override async find(value: string): Promise<AdapterPayload | undefined> {
    const token = this.#issued.find(tokenId(value) ?? value);
    if (!token) return undefined;
    const isMachine = token.subject === token.clientId;
    if (isMachine !== (this.#model === 'ClientCredentials')) return undefined;
    return {
      jti: token.id,
      kind: this.#model,
      clientId: token.clientId,
      accountId: isMachine ? undefined : token.subject,
      grantId: token.grantId,
      iat: token.issuedAt,
      exp: token.expiresAt,
    };
  }

  override async destroy(id: string): Promise<undefined> {
    this.#issued.revoke(id);
    await super.destroy(id);
  }

  override async revokeByGrantId(grantId: string): Promise<undefined> {
    this.#issued.revokeGrant(grantId);
    await super.revokeByGrantId(grantId);
  }
}

function tokenId(value: string): string | undefined {
  try {
    return decodeJwt(value).jti;
  } catch {
    return undefined;
  }
}
