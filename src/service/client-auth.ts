import { importPKCS8, type CryptoKey } from 'jose';
import { ClientSecretPost, PrivateKeyJwt, type ClientAuth } from 'openid-client';

/** How an OAuth client of the platform authenticates: with a shared secret or a private key. */
export interface ClientCredentials {
  readonly kind: 'secret' | 'key';
  /** Whether a secret or key was given; without one, `createChektService` throws an error that names the client. */
  readonly isGiven: boolean;
  /** @throws {TypeError} if the key cannot be read */
  readonly prepare: () => Promise<ClientAuth>;
}

/** `client_secret_post` (RFC 6749 §2.3.1). */
export function clientSecret(secret: string | undefined): ClientCredentials {
  return {
    kind: 'secret',
    isGiven: typeof secret === 'string' && secret !== '',
    prepare: () => Promise.resolve(ClientSecretPost(secret ?? '')),
  };
}

/** Options of `private_key_jwt` (RFC 7523), which CHeKT's own sample uses for the platform's client. */
export interface PrivateKeyJwtOptions {
  /** A PKCS #8 PEM, or a Web Crypto key with the usage `sign`. */
  readonly privateKey: string | CryptoKey | undefined;
  /** The `kid` under which the public key is registered with CHeKT. */
  readonly keyId?: string;
  /** Default `RS256`. */
  readonly algorithm?: 'RS256' | 'PS256' | 'ES256';
}

/** `private_key_jwt` (RFC 7523). An unreadable key is reported by `check()` and in the log. */
export function privateKeyJwt(options: PrivateKeyJwtOptions): ClientCredentials {
  const { privateKey, keyId, algorithm = 'RS256' } = options;
  return {
    kind: 'key',
    isGiven: Boolean(privateKey),
    async prepare() {
      const key = typeof privateKey === 'object' ? privateKey : await readPem(privateKey ?? '', algorithm);
      return PrivateKeyJwt(keyId === undefined ? key : { key, kid: keyId });
    },
  };
}

async function readPem(pem: string, algorithm: string): Promise<CryptoKey> {
  try {
    // Environment variables often carry a PEM with its line breaks written as \n.
    return await importPKCS8(pem.replaceAll('\\n', '\n'), algorithm);
  } catch {
    throw new TypeError(
      `The private key cannot be read, so no request is sent. Set privateKey to the text of a PKCS #8 PEM (BEGIN PRIVATE KEY) with a key for ${algorithm}.`,
    );
  }
}
