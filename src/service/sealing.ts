import { base64url, compactDecrypt, CompactEncrypt, errors } from 'jose';
import type { Sealed } from './store/store.js';

export interface EncryptionKey {
  /** 1–64 characters of `[A-Za-z0-9._-]`; stored with each record that the key has sealed. */
  readonly id: string;
  /** 32 random bytes, base64url. */
  readonly key: string;
}

export interface Sealing {
  /**
   * @param value Anything that survives `JSON.stringify`.
   * @param record The kind and key of the record that the value belongs to, which is no secret. Copied to another record,
   *   the sealed value does not open.
   */
  seal(value: unknown, record: string): Promise<Sealed>;
  /** Returns undefined if no key opens it or it belongs to another record. */
  open(sealed: Sealed, record: string): Promise<unknown>;
  /** Whether its key is here. Another process may have it, while keys are rotated. */
  hasKeyOf(sealed: Sealed): boolean;
}

type ImportedKey = Awaited<ReturnType<typeof crypto.subtle.importKey>>;

/**
 * Encrypts what must not be readable in the database, as a JWE (RFC 7516, `dir` and `A256GCM`) prefixed with
 * the id of its key. The protected header, which the encryption authenticates, names the record. It is readable, as the
 * record's own key beside it is.
 *
 * @param keys The first one encrypts; all of them decrypt.
 * @throws TypeError If a key is not valid. The message names the key's id and never the key.
 */
export function createSealing(keys: readonly EncryptionKey[]): Sealing {
  const [first] = keys;
  if (!first) throw new TypeError('encryptionKeys: give at least one key.');
  const bytes = new Map(keys.map(({ id, key }) => [id, bytesOf(id, key)]));
  if (bytes.size < keys.length)
    throw new TypeError('encryptionKeys: two keys have the same id. Give each its own.');
  const kid = first.id;
  // Given as bytes, jose would import a key anew for each record.
  const imported = new Map<string, Promise<ImportedKey>>();
  const keyOf = async (id: string) => {
    const known = bytes.get(id);
    if (!known) return undefined;
    let key = imported.get(id);
    if (!key) {
      key = crypto.subtle.importKey('raw', known, 'AES-GCM', false, ['encrypt', 'decrypt']);
      imported.set(id, key);
    }
    return key;
  };

  return {
    hasKeyOf: (sealed) => bytes.has(sealed.split(':')[0] ?? ''),

    async seal(value, record) {
      const jwe = await new CompactEncrypt(new TextEncoder().encode(JSON.stringify(value)))
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid, record })
        .encrypt((await keyOf(kid))!);
      return `${kid}:${jwe}`;
    },

    async open(sealed, record) {
      const [id = '', jwe = ''] = sealed.split(':');
      const key = await keyOf(id);
      if (!key) return undefined;
      try {
        const { plaintext, protectedHeader } = await compactDecrypt(jwe, key, {
          keyManagementAlgorithms: ['dir'],
          contentEncryptionAlgorithms: ['A256GCM'],
        });
        if (protectedHeader.kid !== id || protectedHeader['record'] !== record) return undefined;
        return JSON.parse(new TextDecoder().decode(plaintext)) as unknown;
      } catch (error) {
        if (error instanceof errors.JOSEError) return undefined;
        throw error;
      }
    },
  };
}

function bytesOf(id: string, key: string): Uint8Array<ArrayBuffer> {
  if (!/^[A-Za-z0-9._-]{1,64}$/.test(id)) {
    throw new TypeError(
      'encryptionKeys: an id must be 1 to 64 characters of A-Z, a-z, 0-9, ".", "_" and "-".',
    );
  }
  if (typeof key !== 'string' || !/^[\w-]{43}$/.test(key)) {
    throw new TypeError(
      `encryptionKeys: the key "${id}" is not 32 bytes in base64url. Make one with: ` +
        `node -p "require('crypto').randomBytes(32).toString('base64url')"`,
    );
  }
  return Uint8Array.from(base64url.decode(key));
}
