import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { DANA, MIRA, startWorld, TOM, until, type World } from './world.js';
import { Witness } from './support/witness.js';

/** Every test of the service looks for secrets when its world closes; here they have all passed, and what finds them is tried. */
describe('secrets', () => {
  let world: World;
  before(async () => void (world = await startWorld()));
  after(() => world.close());

  it('are in no table, log line, answer or error: no token, code, state, verifier, session, key or client secret', async () => {
    let now = Date.now();
    const platform = await world.platform({ clock: () => now });
    const person = platform.person({ sessionId: 'the-session-id-of-the-login' });
    const authorize = await person.authorize();
    await person.follow(authorize, DANA);
    await person.get('/browser-token');
    await person.token('reason=rejected');
    await platform.fault(
      { on: 'connect', kind: 'reset-after' },
      { on: 'connect', kind: 'status', status: 401 },
    );
    const key = crypto.randomUUID();
    for (let attempt = 0; attempt < 3; attempt++) await person.connect({ key });
    await person.signIn(TOM);
    await person.connect();
    await person.signIn(MIRA, { deny: true });
    await person.token();
    await person.disconnect(12345);
    await platform.fault({
      on: 'token',
      kind: 'status',
      status: 400,
      code: 'invalid_request',
      shape: 'oauth',
    });
    await person.signIn(DANA);
    await platform.fault({ on: 'revoke', kind: 'status', status: 503, times: null });
    await person.signIn(MIRA, { reason: 'switch' });
    await platform.chekt.check();
    now += 25 * 60 * 60_000;
    await platform.chekt.runDue();
    await until(async () => (await platform.calls(/revoke/)).length > 0);

    assert.ok(world.witness.secrets.size > 15, `${world.witness.secrets.size}`);
    assert.ok(platform.log.length > 3);
    const logged = platform.log.map((line) => JSON.stringify(line)).join('\n');
    assert.doesNotMatch(logged, /Dana|Mira|acme\.example|code=|state=|Bearer|eyJ/);
  });

  const secret = 'a-refresh-token-of-somebody';
  const places: Record<string, (witness: Witness) => Promise<readonly string[]>> = {
    'in the log': async (witness) => {
      witness.log({ level: 'warn', fields: { body: { nested: [`token=${secret}`] } }, message: 'refused' });
      return [];
    },
    'in an error': async (witness) => {
      const cause = Object.assign(new Error('refused'), { request: { form: secret } });
      const failing = witness.throwing({ fail: () => Promise.reject(new Error('failed', { cause })) });
      await assert.rejects(failing.fail());
      return [];
    },
    'in a table': async () => [`{"sealed":"${secret}"}`],
  };
  for (const [place, leak] of Object.entries(places)) {
    it(`are found ${place}`, async () => {
      const witness = new Witness();
      witness.secret('refresh_token', secret);
      const stored = await leak(witness);
      assert.throws(() => witness.check(stored), new RegExp(`refresh_token ${place}`));
    });
  }

  it('are found in an answer, but for the token that browser mode hands to its page', async () => {
    const witness = new Witness();
    const platform = await world.platform();
    witness.watch(platform.origin);
    const person = platform.person();
    await person.signIn(DANA);
    const { access_token: token } = await (await person.get('/browser-token')).json();
    witness.secret('access_token', token);
    await person.session();
    witness.check([]);
    witness.secret('name', platform.options.platform.name);
    assert.throws(() => witness.check([]), /name in the answer to .*\/session/);
  });
});
