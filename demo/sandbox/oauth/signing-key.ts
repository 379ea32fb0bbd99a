import { exportJWK, generateKeyPair } from 'jose';
import type { CryptoKey, JSONWebKeySet, JWK } from 'jose';

/** An issuer's RS256 key, which is generated at each start because nothing outlives the process. */
export interface SigningKey {
  readonly id: string;
  readonly privateKey: CryptoKey;
  readonly privateJwk: JWK;
  readonly publicKeys: JSONWebKeySet;
}

export async function createSigningKey(id: string): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
  const labels = { kid: id, use: 'sig', alg: 'RS256' };
  return {
    id,
    privateKey,
    privateJwk: { ...(await exportJWK(privateKey)), ...labels },
    publicKeys: { keys: [{ ...(await exportJWK(publicKey)), ...labels }] },
  };
}
