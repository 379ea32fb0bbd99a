import { base64url, compactDecrypt, CompactEncrypt, errors } from 'jose';
import type { Sealed } from './store/store.js';

export interface EncryptionKey {
  /** 1–64 characters of `[A-Za-z0-9._-]`; stands beside each record that it has sealed. */
  readonly id: string;
  /** 32 random bytes, base64url. */
  readonly key: string;
}

export interface Sealing {
  /**
   * @param value Anything that `JSON.stringify` keeps.
   * @param record What it belongs to (its kind and its key): a sealed value that is copied to another record does not open there.
   */
  seal(value: unknown, record: string): Promise<Sealed>;
  /** Undefined where no key opens it, or where it belongs to another record: it counts as none. */
  open(sealed: Sealed, record: string): Promise<unknown>;
}

type ImportedKey = Awaited<ReturnType<typeof crypto.subtle.importKey>>;

/**
 * Encrypts what must not be read in the database: a JWE (RFC 7516, `dir` and `A256GCM`) behind the id of its key. The record is in
 * the protected header, which the encryption authenticates, as a digest, because the header can be read.
 *
 * @param keys The first one seals, all of them open.
 * @throws TypeError Where a key is not one; the message holds its id and never the key.
 */
export function createSealing(keys: readonly EncryptionKey[]): Sealing {
  const [first] = keys;
  if (!first) throw new TypeError('encryptionKeys: give one key at least.');
  const bytes = new Map(keys.map(({ id, key }) => [id, bytesOf(id, key)]));
  if (bytes.size < keys.length) throw new TypeError('encryptionKeys: two keys have the same id.');
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
    async seal(value, record) {
      const jwe = await new CompactEncrypt(new TextEncoder().encode(JSON.stringify(value)))
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid, record: await digest(record) })
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
        if (protectedHeader.kid !== id || protectedHeader['record'] !== (await digest(record)))
          return undefined;
        return JSON.parse(new TextDecoder().decode(plaintext)) as unknown;
      } catch (error) {
        if (error instanceof errors.JOSEError) return undefined;
        throw error;
      }
    },
  };
}

async function digest(record: string): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(record));
  return base64url.encode(new Uint8Array(hash));
}

function bytesOf(id: string, key: string): Uint8Array<ArrayBuffer> {
  if (!/^[A-Za-z0-9._-]{1,64}$/.test(id)) {
    throw new TypeError('encryptionKeys: an id has 1 to 64 characters of A-Z, a-z, 0-9, ".", "_" and "-".');
  }
  if (typeof key !== 'string' || !/^[\w-]{43}$/.test(key)) {
    throw new TypeError(
      `encryptionKeys: the key "${id}" is not 32 bytes in base64url. Make one with: ` +
        `node -p "require('crypto').randomBytes(32).toString('base64url')"`,
    );
  }
  return Uint8Array.from(base64url.decode(key));
}
