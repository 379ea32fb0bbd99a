import { importPKCS8, type CryptoKey } from 'jose';
import { ClientSecretPost, PrivateKeyJwt, type ClientAuth } from 'openid-client';

/** How an OAuth client of the platform authenticates: with a shared secret or a private key. */
export interface ClientCredentials {
  readonly kind: 'secret' | 'key';
  /** @throws {TypeError} if the secret is missing or the key cannot be read */
  readonly prepare: () => Promise<ClientAuth>;
}

/**
 * `client_secret_post` (RFC 6749 §2.3.1).
 * @throws {TypeError} if the secret is missing, for example because an environment variable is not set
 */
export function clientSecret(secret: string | undefined): ClientCredentials {
  if (typeof secret !== 'string' || secret === '') {
    throw new TypeError('clientSecret() needs the secret. Check that its environment variable is set.');
  }
  return { kind: 'secret', prepare: () => Promise.resolve(ClientSecretPost(secret)) };
}

/** Options of `private_key_jwt` (RFC 7523), which CHeKT's own sample uses for the platform's client. */
export interface PrivateKeyJwtOptions {
  /** A PKCS #8 PEM, or a Web Crypto key with the usage `sign`. */
  readonly privateKey: string | CryptoKey;
  /** The `kid` under which the public key is registered with CHeKT. */
  readonly keyId?: string;
  /** Default `RS256`. */
  readonly algorithm?: 'RS256' | 'PS256' | 'ES256';
}

/** @throws {TypeError} if the key is missing; an unreadable key is reported by `check()` and in the log */
export function privateKeyJwt(options: PrivateKeyJwtOptions): ClientCredentials {
  const { privateKey, keyId, algorithm = 'RS256' } = options;
  if (!privateKey)
    throw new TypeError('privateKeyJwt() needs privateKey. Check that its environment variable is set.');
  return {
    kind: 'key',
    async prepare() {
      const key = typeof privateKey === 'string' ? await readPem(privateKey, algorithm) : privateKey;
      return PrivateKeyJwt(keyId === undefined ? key : { key, kid: keyId });
    },
  };
}

async function readPem(pem: string, algorithm: string): Promise<CryptoKey> {
  try {
    // Environment variables often carry a PEM with its line breaks written as \n.
    return await importPKCS8(pem.replaceAll('\\n', '\n'), algorithm);
  } catch {
    throw new TypeError(`privateKey is not a private key for ${algorithm} in PKCS #8 (BEGIN PRIVATE KEY).`);
  }
}
