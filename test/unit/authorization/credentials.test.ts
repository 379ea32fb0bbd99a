import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import fc from 'fast-check';
import { Credentials } from '../../../src/authorization/credentials.js';
import { Redaction } from '../../../src/authorization/redaction.js';
import { ChektConnectError } from '../../../src/partner-api/errors.js';
import { momentIn } from '../../../src/partner-api/moment.js';
import type { TokenResponse } from '../../../src/authorization/token-response.js';
import { nodeClock, type NodeClock } from '../../support/node-clock.js';

const api = 'https://api.chekt.com';
let redaction: Redaction;
let credentials: Credentials;
const withSecrets = () => {
  beforeEach(() => {
    redaction = new Redaction();
    credentials = new Credentials(redaction);
  });
};

const hold = (response: TokenResponse, apiBaseUrl: string | undefined = api) =>
  credentials.hold(response, { identity: {}, apiBaseUrl, generation: credentials.generation });
const bearer = (apiBaseUrl = api) => credentials.bearer(apiBaseUrl).Authorization;
const hasNone = (apiBaseUrl = api) =>
  assert.throws(() => bearer(apiBaseUrl), { code: 'unauthorized', outcome: 'not-applied' });

describe('the held token', () => {
  withSecrets();

  it('is absent at first, so the source has to be asked', () => {
    assert.equal(credentials.isStale, true);
    hasNone();
  });

  it('is sent only to the api-base-url it was requested for', () => {
    hold({ access_token: 'token-1' });
    assert.equal(credentials.isStale, false);
    assert.equal(bearer(), 'Bearer token-1');
    for (const other of ['https://api.chektdev.com', `${api}/`, `${api}/v2`, '']) hasNone(other);
  });

  it('is absent in service mode, whatever the source returned', () => {
    hold({ access_token: 'token-1' }, undefined as never);
    credentials.hold({ access_token: 'token-1' }, { identity: {}, generation: credentials.generation });
    assert.equal(credentials.isStale, false);
    hasNone();
    hasNone(undefined as never);
  });

  it('is absent if it was requested before the source was replaced', () => {
    const { generation } = credentials;
    credentials.invalidate();
    credentials.hold({ access_token: 'token-of-before' }, { identity: {}, apiBaseUrl: api, generation });
    hasNone();
    assert.equal(credentials.isStale, true);
    assert.equal(redaction.text('token-of-before'), '…', 'but it is masked');
  });

  for (const how of ['invalidate', 'forget', 'reject'] as const) {
    it(`is discarded by ${how}(), and so is one that is still being requested`, () => {
      hold({ access_token: 'token-1' });
      const { generation } = credentials;
      credentials[how]();
      hasNone();
      assert.equal(credentials.isStale, true);
      assert.notEqual(credentials.generation, generation);
    });
  }

  it('is discarded by drop(), after which the source has to be asked again', () => {
    hold({ access_token: 'token-1' });
    credentials.drop();
    hasNone();
    assert.equal(credentials.isStale, true);
  });
});

describe('a token that CHeKT has refused', () => {
  withSecrets();

  it('counts as refused until forget() is called', () => {
    hold({ access_token: 'token-1' });
    assert.equal(credentials.isRejected({ access_token: 'token-1' }), false);
    credentials.reject();
    assert.equal(credentials.isRejected({ access_token: 'token-1' }), true);
    assert.equal(credentials.isRejected({ access_token: 'token-2' }), false);
    credentials.invalidate();
    credentials.reject();
    assert.equal(credentials.isRejected({ access_token: 'token-1' }), true);
    credentials.forget();
    assert.equal(credentials.isRejected({ access_token: 'token-1' }), false);
  });

  it('does not exist in service mode, so that nothing counts as refused there', () => {
    credentials.reject();
    assert.equal(credentials.isRejected({}), false);
  });
});

describe('a token', () => {
  withSecrets();

  for (const token of ['a', 'token-1', 'a.b.c', 'A-Za-z0-9-._~+/', 'abc==', 'x'.repeat(8192)]) {
    it(`may be ${token.slice(0, 20)} (${token.length} characters)`, () => {
      hold({ access_token: token });
      assert.equal(bearer(), `Bearer ${token}`);
    });
  }

  const refused = ['', ' ', 'a b', 'a\nb', 'a\r\nX: 1', 'token\u0000', 'tökén', '=a', 'a=b', '"a"', 'a,b'];
  for (const token of [...refused, 'x'.repeat(8193)]) {
    it(`may not be ${JSON.stringify(token.slice(0, 20))} (${token.length} characters), which the error does not quote`, () => {
      assert.throws(
        () => hold({ access_token: token }),
        (error) =>
          error instanceof ChektConnectError &&
          error.code === 'configuration' &&
          !(token.trim().length > 3 && error.message.includes(token)),
      );
      hasNone();
    });
  }

  it('never contains anything that a header cannot carry', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (token) => {
        const credentials = new Credentials(new Redaction());
        try {
          credentials.hold({ access_token: token }, { identity: {}, apiBaseUrl: api, generation: 0 });
        } catch (error) {
          assert.ok(error instanceof ChektConnectError);
          return;
        }
        assert.match(token, /^[\x21-\x7e]{1,8192}$/);
      }),
    );
  });

  it('has the type Bearer, in any letter case', () => {
    hold({ access_token: 'token-1', token_type: 'bEARER' });
    assert.throws(() => hold({ access_token: 'token-1', token_type: 'DPoP' }), { code: 'configuration' });
  });
});

describe('secrets', () => {
  withSecrets();

  it('are the access token, the id_token and the refresh token, even of a response that is refused', () => {
    const secrets = {
      id_token: 'id.token.of.dana',
      refresh_token: 'refresh-token-1',
      access_token: 'access token with spaces',
    };
    assert.throws(() => hold(secrets));
    for (const secret of Object.values(secrets)) assert.equal(redaction.text(secret), '…', secret);
  });
});

describe('the expiry', () => {
  withSecrets();

  let clock: NodeClock;
  beforeEach(() => (clock = nodeClock()));
  afterEach(() => clock.restore());

  it('is near in the last 15 s', async () => {
    credentials.hold(
      { access_token: 'a' },
      { identity: {}, apiBaseUrl: api, generation: 0, expiry: momentIn(60_000) },
    );
    await clock.advance(45_000);
    assert.equal(credentials.isExpiring, false);
    await clock.advance(50);
    assert.equal(credentials.isExpiring, true);
  });

  it('is never near if it is not known', () => {
    hold({ access_token: 'a' });
    assert.equal(credentials.isExpiring, false);
  });
});
