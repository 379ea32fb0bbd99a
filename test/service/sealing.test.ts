import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, it } from 'node:test';
import { decodeProtectedHeader } from 'jose';
import { createSealing } from '../../src/service/sealing.js';

const newKey = (id: string) => ({ id, key: randomBytes(32).toString('base64url') });
const old = newKey('2026-05');
const current = newKey('2026-11');
const record = 'grant:sign-in-1';
const tokens = { accessToken: 'at-Ünï', refreshToken: null, scopes: ['read:dealer'] };

describe('a sealed record', () => {
  it('opens to the value that was sealed', async () => {
    const sealing = createSealing([current]);
    assert.deepEqual(await sealing.open(await sealing.seal(tokens, record), record), tokens);
  });

  it('is a JWE prefixed with the id of its key, and never the same twice', async () => {
    const sealing = createSealing([current, old]);
    const [one, two] = [await sealing.seal(tokens, record), await sealing.seal(tokens, record)];
    assert.match(one, /^2026-11:[\w-]+\.\.[\w-]+\.[\w-]+\.[\w-]+$/);
    const header = decodeProtectedHeader(one.split(':')[1] ?? '');
    assert.deepEqual([header.alg, header.enc, header.kid], ['dir', 'A256GCM', '2026-11']);
    assert.equal(header['record'], record);
    assert.notEqual(one, two);
  });

  it('does not open as another record', async () => {
    const sealing = createSealing([current]);
    const sealed = await sealing.seal(tokens, record);
    for (const other of ['grant:sign-in-2', 'operation:sign-in-1', 'grant', '']) {
      assert.equal(await sealing.open(sealed, other), undefined);
    }
  });

  it('opens with each configured key, and with no other', async () => {
    const sealed = await createSealing([old]).seal(tokens, record);
    assert.deepEqual(await createSealing([current, old]).open(sealed, record), tokens);
    assert.equal(await createSealing([current]).open(sealed, record), undefined);
    assert.equal(
      await createSealing([newKey('2026-05')]).open(sealed, record),
      undefined,
      'other bytes, same id',
    );
  });

  it('does not open when it was changed', async () => {
    const sealing = createSealing([current, { ...current, id: '2026-05' }]);
    const sealed = await sealing.seal(tokens, record);
    const parts = sealed.split('.');
    const flip = (part = '') => (part.startsWith('A') ? 'B' : 'A') + part.slice(1);
    const changed = [2, 3, 4].map((index) => parts.with(index, flip(parts[index])).join('.'));
    const renamed = sealed.replace('2026-11:', '2026-05:');
    for (const text of [...changed, renamed, '', '2026-11:', '2026-11:a.b.c', '2026-11:....', 'no record']) {
      assert.equal(await sealing.open(text, record), undefined, text);
    }
  });
});

describe('the encryption keys', () => {
  it('are 32 bytes in base64url, each with its own id', () => {
    const { key } = current;
    assert.throws(() => createSealing([]), /at least one key/);
    assert.throws(() => createSealing([current, newKey('2026-11')]), /same id/);
    for (const id of ['', 'a:b', 'ä', 'x'.repeat(65)]) {
      assert.throws(() => createSealing([{ id, key }]), /an id must be/);
    }
  });

  it('are not in the error message when one is refused', () => {
    const { key } = current;
    for (const bad of [`${key}=`, key.slice(1), `+${key.slice(1)}`, randomBytes(32).toString('hex')]) {
      assert.throws(
        () => createSealing([{ id: 'k1', key: bad }]),
        ({ message }: Error) => message.includes('"k1" is not 32 bytes') && !message.includes(bad),
      );
    }
  });
});
