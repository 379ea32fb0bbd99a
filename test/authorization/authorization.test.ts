import { expect } from '@open-wc/testing';
import { readAuthorization, type Authorization } from '../../src/authorization/authorization.js';
import { Secrets } from '../../src/secrets.js';
import { parseTokenResponse } from '../../src/partner-api/schemas.js';

const describeAuthorization = (...given: Parameters<typeof readAuthorization>) =>
  readAuthorization(...given).shown;

/** base64url of UTF-8. */
const encode = (text: string) =>
  btoa(String.fromCharCode(...new TextEncoder().encode(text)))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '');
const jwt = (claims: unknown) =>
  `${encode('{"alg":"RS256"}')}.${encode(typeof claims === 'string' ? claims : JSON.stringify(claims))}.c2ln`;
const secrets = new Secrets();
secrets.hold('opaque-token-1');
/** Only what is known. */
const shownOf = (response: object): Partial<Authorization> =>
  JSON.parse(JSON.stringify(describeAuthorization(parseTokenResponse(response)!, secrets)));

const partner = 'https://api.chektdev.com/claims/partner';

describe('readAuthorization', () => {
  it('reads the claims of a JWT', () => {
    const access_token = jwt({
      name: 'Dana Reyes',
      email: 'dana@acme.example',
      scope: 'openid read:sites',
      exp: 2e9,
    });
    expect(shownOf({ access_token })).to.deep.equal({
      name: 'Dana Reyes',
      email: 'dana@acme.example',
      scope: 'openid read:sites',
      expiresAt: 2e12,
    });
  });

  it('knows nothing of an opaque token, and takes it all the same', () => {
    for (const access_token of ['opaque-token-1', 'a.b', 'a.b.c', '..', 'a.%%%.c', `a.${encode('[')}.c`])
      expect(shownOf({ access_token }), access_token).to.deep.equal({});
  });

  it('takes what the host says of an opaque token', () => {
    expect(
      shownOf({
        access_token: 'opaque-token-1',
        name: 'Dana Reyes',
        email: 'dana@acme.example',
        company_name: 'Acme',
        dealer_id: 12345,
        scope: 'read:sites',
      }),
    ).to.deep.equal({
      name: 'Dana Reyes',
      email: 'dana@acme.example',
      companyName: 'Acme',
      dealerId: '12345',
      scope: 'read:sites',
    });
  });

  it('needs no token at all', () => {
    expect(shownOf({})).to.deep.equal({});
    expect(shownOf({ name: 'Dana Reyes' })).to.deep.equal({ name: 'Dana Reyes' });
  });

  it('believes the response first, then the partner claim, the id_token, and the access token', () => {
    const access_token = jwt({
      name: 'of the access token',
      email: 'access@example',
      company_name: 'of the access token',
      dealer_id: '4',
      [partner]: { dealer_id: '2' },
    });
    const id_token = jwt({ name: 'of the id_token', email: 'id@example', dealer_id: '3' });
    expect(shownOf({ access_token, id_token })).to.deep.equal({
      name: 'of the id_token',
      email: 'id@example',
      companyName: 'of the access token',
      dealerId: '2',
    });
    expect(shownOf({ access_token, id_token, dealer_id: '1', name: 'of the host' })).to.include({
      dealerId: '1',
      name: 'of the host',
    });
  });

  for (const origin of ['https://api.chekt.com', 'https://api.chektdev.com'])
    it(`finds the partner claim under ${origin}`, () => {
      expect(
        shownOf({ access_token: jwt({ [`${origin}/claims/partner`]: { dealer_id: 12345, site_id: '9' } }) }),
      ).to.deep.equal({ dealerId: '12345' });
    });

  it('reads UTF-8', () => {
    const name = 'Zoë Müller 김민수 👩‍🔧 ÿþ?>';
    expect(shownOf({ access_token: jwt({ name }) }).name).to.equal(name);
  });

  it('reads what it can of a token that is no UTF-8', () => {
    const payload = btoa('{"name":"Jos\xe9","exp":2000000000}');
    expect(shownOf({ access_token: `a.${payload}.c` })).to.deep.equal({
      name: 'Jos\ufffd',
      expiresAt: 2e12,
    });
  });

  it('counts expires_in from now, and before the clock of the token', () => {
    const before = Date.now();
    const { expiresAt } = describeAuthorization({ access_token: jwt({ exp: 1 }), expires_in: 60 });
    expect(expiresAt! - before).to.be.within(60_000, 61_000);
    expect(describeAuthorization({ expires_in: 0 }).expiresAt! - before).to.be.within(0, 1000);
    expect(shownOf({ access_token: jwt({ exp: '2000000000' }) })).to.deep.equal({});
  });

  it('is frozen', () => {
    expect(Object.isFrozen(describeAuthorization({}))).to.equal(true);
  });

  describe('with hostile claims', () => {
    const hostile: readonly (readonly [string, unknown])[] = [
      ['null', 'null'],
      ['a text', '"name"'],
      ['a list', '[{"name":"x"}]'],
      ['a number', '1'],
      ['__proto__', '{"__proto__":{"name":"x","email":"x","dealer_id":"x","exp":1}}'],
      ['objects where texts belong', { name: { toString: 1 }, email: ['x'], scope: true, dealer_id: null }],
      ['a partner claim that is null', { [partner]: null }],
      ['a partner claim that is a text', { [partner]: 'dealer_id' }],
      ['a partner claim that is a list', { [partner]: [1] }],
      ['nothing but control characters', { name: '\u0000\u202e', email: ' ' }],
      ['not UTF-8', undefined],
    ];
    for (const [name, claims] of hostile)
      it(`${name}: nothing is shown`, () => {
        const access_token = claims === undefined ? `e30.${btoa('{"n":"\xff"}')}.c2ln` : jwt(claims);
        expect(shownOf({ access_token })).to.deep.equal({});
        expect(Reflect.get({}, 'name')).to.equal(undefined);
      });

    it('shows texts without what turns them around', () => {
      const { name } = shownOf({ access_token: jwt({ name: ' \u202eDana\u0007 <b>' }) });
      expect(name).to.equal('Dana <b>');
    });

    it('an expiry that is no time is not known', () => {
      for (const exp of ['1e400', '-1e400', 'null', '"soon"', '{}'])
        expect(describeAuthorization({ access_token: jwt(`{"exp":${exp}}`) }).expiresAt, exp).to.equal(
          undefined,
        );
    });

    it('does not show a token that stands in the wrong field', () => {
      const shown = shownOf({
        access_token: 'opaque-token-1',
        name: 'opaque-token-1',
        email: 'x opaque-token-1',
      });
      expect(JSON.stringify(shown)).not.to.contain('opaque-token-1');
    });
  });
});
