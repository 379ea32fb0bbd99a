import { base64url, CompactEncrypt, compactDecrypt, decodeProtectedHeader } from 'jose';

export interface Sealing {
  seal(value: unknown, record: string): Promise<string>;
  open(sealed: string, record: string): Promise<unknown>;
}

export function createSealing(keys: readonly { id: string; key: string }[]): Sealing {
  const first = keys[0]!;
  return {
    async seal(value, record) {
      const jwe = await new CompactEncrypt(new TextEncoder().encode(JSON.stringify({ record, value })))
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid: first.id })
        .encrypt(base64url.decode(first.key));
      return `${first.id}:${jwe}`;
    },
    async open(sealed, record) {
      try {
        const jwe = sealed.slice(sealed.indexOf(':') + 1);
        const key = keys.find(({ id }) => id === decodeProtectedHeader(jwe).kid);
        if (!key) return undefined;
        const { plaintext } = await compactDecrypt(jwe, base64url.decode(key.key));
        const opened = JSON.parse(new TextDecoder().decode(plaintext));
        return opened.record === record ? opened.value : undefined;
      } catch {
        return undefined;
      }
    },
  };
}
