import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { readSignIn, updateSignIn, type SignIn } from '../../../src/authorization/sign-in.js';
import { parseTokenResponse } from '../../../src/authorization/token-response.js';

/** base64url of UTF-8. */
const encode = (text: string) => Buffer.from(text).toString('base64url');
/** @param claims an object, or the text of a payload */
const jwt = (claims: unknown) =>
  `${encode('{"alg":"RS256"}')}.${encode(typeof claims === 'string' ? claims : JSON.stringify(claims))}.c2ln`;

const read = (response: object): SignIn => readSignIn(parseTokenResponse(response)!);
const shown = (response: object) => read(response).authorization;
const partner = 'https://api.chektdev.com/claims/partner';

describe('what is known of a sign-in', () => {
  it('comes from the claims of a JWT', () => {
    const claims = {
      name: 'Dana Reyes',
      email: 'dana@acme.example',
      scope: 'openid read:sites',
      exp: 2_000_000_000,
    };
    const { expiresAt, ...rest } = shown({ access_token: jwt(claims) });
    assert.deepEqual(rest, { name: claims.name, email: claims.email, scope: claims.scope });
    assert.ok(Math.abs(expiresAt! - 2e12) < 50);
  });

  it('is nothing if the token is opaque, which is not an error', () => {
    for (const access_token of ['opaque', 'a.b', 'a.b.c', '..', 'a.%%%.c', `a.${encode('[')}.c`]) {
      const { authorization, identity, registeredName, expiry } = read({ access_token });
      assert.deepEqual([authorization, identity], [{}, {}], access_token);
      assert.deepEqual([registeredName, expiry], [undefined, undefined]);
    }
  });

  it('comes from the fields of the response if the token is opaque or missing', () => {
    const response = {
      name: 'Dana Reyes',
      email: 'dana@acme.example',
      company_name: 'Acme',
      dealer_id: 12345,
      scope: 'read:sites',
    };
    const expected = {
      name: 'Dana Reyes',
      email: 'dana@acme.example',
      companyName: 'Acme',
      dealerId: '12345',
      scope: 'read:sites',
    };
    assert.deepEqual(shown({ access_token: 'opaque', ...response }), expected);
    assert.deepEqual(shown(response), expected);
    assert.deepEqual(shown({}), {});
  });

  it('is taken from the response first, then the partner claim, the id_token, and the access token', () => {
    const access_token = jwt({
      name: 'of the access token',
      email: 'access@example',
      company_name: 'of the access token',
      dealer_id: '4',
      [partner]: { dealer_id: '2' },
    });
    const id_token = jwt({ name: 'of the id_token', email: 'id@example', dealer_id: '3' });
    assert.deepEqual(shown({ access_token, id_token }), {
      name: 'of the id_token',
      email: 'id@example',
      companyName: 'of the access token',
      dealerId: '2',
    });
    const said = shown({ access_token, id_token, dealer_id: '1', name: 'of the host' });
    assert.deepEqual([said.dealerId, said.name], ['1', 'of the host']);
  });

  for (const origin of ['https://api.chekt.com', 'https://api.chektdev.com']) {
    it(`finds the dealer in the partner claim under ${origin}`, () => {
      const claims = { [`${origin}/claims/partner`]: { dealer_id: 12345, site_id: '9' } };
      assert.deepEqual(shown({ access_token: jwt(claims) }), { dealerId: '12345' });
    });
  }

  it('is decoded as UTF-8, with replacement characters if it is not', () => {
    // AzureAD/microsoft-authentication-library-for-js #264, auth0/idtoken-verifier #5: `atob` alone gives "ZoÃ«"
    const name = 'Zoë Müller 김민수 👩‍🔧 ÿþ?>';
    assert.equal(shown({ access_token: jwt({ name }) }).name, name);
    const latin1 = Buffer.from('{"name":"Jos\xe9"}', 'latin1').toString('base64url');
    assert.equal(shown({ access_token: `a.${latin1}.c` }).name, 'Jos\ufffd');
  });

  it('is normalized for display, but a company name is kept as it came for sending', () => {
    const signIn = read({ company_name: 'Acme\u00a0\u00a0Security ' });
    assert.equal(signIn.authorization.companyName, 'Acme Security');
    assert.equal(signIn.identity.companyName, 'Acme Security');
    assert.equal(signIn.registeredName, 'Acme\u00a0\u00a0Security ');
  });

  it('is frozen as far as the host can see it, and contains no token', () => {
    const signIn = read({ access_token: 'opaque-1', id_token: 'opaque-2', refresh_token: 'opaque-3' });
    assert.ok(Object.isFrozen(signIn.authorization));
    assert.doesNotMatch(JSON.stringify(signIn), /opaque/);
  });
});

describe('the identity', () => {
  it('has the sub of the response, else of the access token, else of the id_token, without normalization', () => {
    const id_token = jwt({ sub: 'id|Dana ' });
    assert.equal(read({ access_token: jwt({ sub: 'auth0|Dana ' }), id_token }).identity.sub, 'auth0|Dana ');
    assert.equal(read({ access_token: 'opaque', id_token }).identity.sub, 'id|Dana ');
    assert.equal(read({ sub: 'user|Dana ', access_token: 'opaque', id_token }).identity.sub, 'user|Dana ');
    assert.equal(read({ access_token: jwt({ sub: 5 }) }).identity.sub, undefined);
  });

  it('has the sign_in_id of the response, never of a claim', () => {
    assert.equal(read({ sign_in_id: 'a.B_c~-1' }).identity.signInId, 'a.B_c~-1');
    assert.equal(read({ access_token: jwt({ sign_in_id: 'x' }) }).identity.signInId, undefined);
  });
});

describe('the expiry', () => {
  it('is expires_in from now, which wins over the exp of the token', () => {
    const before = Date.now();
    const { authorization, expiry } = read({ access_token: jwt({ exp: 1 }), expires_in: 60 });
    assert.equal(expiry!.wall, authorization.expiresAt);
    const ahead = expiry!.wall - before;
    assert.ok(ahead >= 60_000 && ahead < 61_000, `${ahead}`);
    assert.ok(shown({ expires_in: 0 }).expiresAt! - before < 1_000);
  });

  it('is unknown if exp is not a number', () => {
    for (const exp of ['1e400', '-1e400', 'null', '"2000000000"', '"soon"', '{}'])
      assert.equal(read({ access_token: jwt(`{"exp":${exp}}`) }).expiry, undefined, exp);
  });
});

describe('hostile claims', () => {
  const hostile: readonly (readonly [string, unknown])[] = [
    ['null', 'null'],
    ['a string', '"name"'],
    ['a list', '[{"name":"x"}]'],
    ['a number', '1'],
    ['__proto__', '{"__proto__":{"name":"x","email":"x","dealer_id":"x","exp":1}}'],
    ['objects instead of strings', { name: { toString: 1 }, email: ['x'], scope: true, dealer_id: null }],
    ['a partner claim that is null', { [partner]: null }],
    ['a partner claim that is a string', { [partner]: 'dealer_id' }],
    ['a partner claim that is a list', { [partner]: [1] }],
    ['nothing but control characters', { name: '\u0000\u202e', email: ' ' }],
  ];
  for (const [what, claims] of hostile) {
    it(`are ignored: ${what}`, () => {
      assert.deepEqual(shown({ access_token: jwt(claims) }), {});
      assert.equal(Reflect.get({}, 'name'), undefined);
    });
  }

  it('lose characters that reverse the text', () => {
    assert.equal(shown({ access_token: jwt({ name: ' \u202eDana\u0007 <b>' }) }).name, 'Dana <b>');
  });

  it('never make parsing fail', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (claims) => {
        const { authorization } = read({ access_token: jwt(claims), id_token: jwt(claims) });
        for (const [field, value] of Object.entries(authorization))
          assert.equal(typeof value, field === 'expiresAt' ? 'number' : 'string', field);
      }),
    );
    fc.assert(fc.property(fc.string(), (access_token) => void read({ access_token })));
  });
});

describe('a newer answer about the same person', () => {
  const displayed = read({ name: 'Dana', company_name: 'Acme ', expires_in: 60, sign_in_id: 'one' });

  it('updates the fields that it contains and keeps the displayed value of the others', () => {
    const updated = updateSignIn(displayed, read({ email: 'dana@acme.example', sign_in_id: 'two' }));
    assert.deepEqual(updated.identity, {
      name: 'Dana',
      companyName: 'Acme',
      email: 'dana@acme.example',
      signInId: 'two',
    });
    assert.equal(updated.registeredName, 'Acme ');
    assert.equal(updated.authorization.name, 'Dana');
    assert.equal(updated.authorization.email, 'dana@acme.example');
    assert.ok(Object.isFrozen(updated.authorization));
  });

  it('replaces the expiry even if it has none, because the old expiry belongs to the old token', () => {
    const updated = updateSignIn(displayed, read({}));
    assert.deepEqual([updated.expiry, updated.authorization.expiresAt], [undefined, undefined]);
  });
});
