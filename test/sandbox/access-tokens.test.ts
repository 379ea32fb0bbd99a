import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { SignJWT } from 'jose';
import { AccessTokens } from '../../demo/sandbox/oauth/access-tokens.js';
import { IssuedTokens } from '../../demo/sandbox/oauth/issued-tokens.js';
import { createIssuer } from '../../demo/sandbox/oauth/issuers.js';
import type { SigningKey } from '../../demo/sandbox/oauth/signing-key.js';

const ISSUER = 'http://127.0.0.1:5174';
const good = {
  id: 'known',
  issuer: ISSUER,
  audience: 'https://api.chekt.com/partner',
  type: 'at+jwt',
  subject: 'northwind-platform',
};

describe('verifying an access token', () => {
  let key: SigningKey;
  let tokens: AccessTokens;
  before(async () => {
    const issuers = [await createIssuer('sign-in', ISSUER), await createIssuer('m2m', ISSUER)];
    key = issuers[0]?.key ?? assert.fail('there is no issuer');
    const issued = new IssuedTokens();
    tokens = new AccessTokens(issuers, issued);
    const now = Math.floor(Date.now() / 1000);
    const rest = { scope: '', issuedAt: now, expiresAt: now + 60, opaque: false, run: 'default' };
    const clientId = 'northwind-platform';
    issued.add({ ...rest, id: 'known', subject: clientId, clientId });
    issued.add({ ...rest, id: 'nobody', subject: 'user|nobody', clientId });
  });

  async function verify(changed: Partial<typeof good> = {}) {
    const { id, issuer, audience, type, subject } = { ...good, ...changed };
    const token = await new SignJWT()
      .setProtectedHeader({ alg: 'RS256', kid: key.id, typ: type })
      .setJti(id)
      .setIssuer(issuer)
      .setAudience(audience)
      .setSubject(subject)
      .setExpirationTime('1m')
      .sign(key.privateKey);
    const verified = await tokens.verify(`Bearer ${token}`);
    return 'caller' in verified ? verified.caller.kind : verified.refused.message;
  }

  it('accepts a token that it issued', async () => {
    assert.equal(await verify(), 'platform');
  });

  for (const [name, changed, message] of [
    ['another audience', { audience: 'https://api.chekt.com/other' }, 'The access token has a wrong aud.'],
    ['another issuer', { issuer: 'http://127.0.0.1:1' }, 'The access token has a wrong iss.'],
    ['the other issuer', { issuer: `${ISSUER}/m2m/` }, 'The access token is not valid.'],
    ['another type', { type: 'JWT' }, 'The access token has a wrong typ.'],
    ['an unknown id', { id: 'gone' }, 'The access token has been revoked.'],
    ['an unknown person', { id: 'nobody' }, 'The access token is for nobody this API knows.'],
  ] as const) {
    it(`refuses one with ${name}, signed with the right key`, async () => {
      assert.equal(await verify(changed), message);
    });
  }
});
