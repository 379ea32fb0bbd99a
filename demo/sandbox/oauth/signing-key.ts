import { exportJWK, generateKeyPair } from 'jose';
import type { CryptoKey, JSONWebKeySet, JWK } from 'jose';

/** The RS256 key of an issuer: new at each start, since nothing outlives the process. */
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
