import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { clientSecret, privateKeyJwt, type ChektServiceOptions } from '../../src/service/index.js';
import { DANA, newKey, startWorld, type Platform, type World } from './world.js';

type Change = (defaults: ChektServiceOptions) => Partial<ChektServiceOptions>;

/** A fault, and the setting that names it in check() and in the log of the first affected request. */
interface Row {
  readonly fault: string;
  readonly change: Change;
  readonly switches?: object;
  readonly setting: RegExp;
}

const dealer =
  (
    change: (of: ChektServiceOptions['dealerSignIn']) => Partial<ChektServiceOptions['dealerSignIn']>,
  ): Change =>
  ({ dealerSignIn }) => ({ dealerSignIn: { ...dealerSignIn, ...change(dealerSignIn) } });
const machine =
  (
    change: (of: ChektServiceOptions['platformClient']) => Partial<ChektServiceOptions['platformClient']>,
  ): Change =>
  ({ platformClient }) => ({ platformClient: { ...platformClient, ...change(platformClient) } });

const rows: readonly Row[] = [
  {
    fault: 'a wrong secret',
    change: dealer(() => ({ auth: clientSecret('wrong') })),
    setting: /^dealerSignIn\.auth$/,
  },
  {
    fault: 'a wrong client id of the dealer sign-in',
    change: dealer(() => ({ clientId: 'nobody' })),
    setting: /^dealerSignIn\./,
  },
  {
    fault: 'a wrong audience of the dealer sign-in',
    change: dealer(() => ({ audience: 'https://other.example' })),
    setting: /^dealerSignIn\.audience$/,
  },
  {
    fault: 'an unregistered redirect URI',
    change: () => ({ basePath: '/elsewhere' }),
    setting: /^origin and basePath$/,
  },
  {
    fault: 'an issuer that is not there',
    change: dealer(() => ({ issuer: 'http://127.0.0.1:9', server: undefined })),
    setting: /^dealerSignIn\.issuer$/,
  },
  {
    fault: 'an issuer of another name',
    change: dealer(({ issuer }) => ({ issuer: issuer.replace('127.0.0.1', 'localhost'), server: undefined })),
    setting: /^dealerSignIn\.issuer$/,
  },
  {
    fault: 'a wrong audience of the platform',
    change: machine(() => ({ audience: 'https://other.example' })),
    setting: /^platformClient\.audience$/,
  },
  {
    fault: 'an unknown key id',
    change: machine(({ auth }) => ({ auth: { ...auth, prepare: () => reKeyed() } })),
    setting: /^platformClient\.auth/,
  },
  {
    fault: 'a key that is none',
    change: machine(() => ({ auth: privateKeyJwt({ privateKey: 'not a key' }) })),
    setting: /^platformClient\.auth$/,
  },
  {
    fault: "an issuer's clock five minutes ahead",
    change: () => ({}),
    switches: { clockOffset: 300 },
    setting: /clock/,
  },
  {
    fault: "an issuer's clock five minutes behind",
    change: () => ({}),
    switches: { clockOffset: -300 },
    setting: /clock/,
  },
  {
    fault: 'a missing scope',
    change: () => ({}),
    switches: { platformScopes: 'without-read-dealer' },
    setting: /^platformClient\.scope$/,
  },
  {
    fault: 'a wrong path of the Partner API',
    change: ({ partnerApi }) => ({ partnerApi: { baseUrl: `${partnerApi.baseUrl}/partner/v1/dealers` } }),
    setting: /^partnerApi\.baseUrl$/,
  },
  {
    fault: 'a host of the Partner API that is not there',
    change: () => ({ partnerApi: { baseUrl: 'http://127.0.0.1:9' } }),
    setting: /^partnerApi\.baseUrl$/,
  },
];

let sampleKey = '';
const reKeyed = () => privateKeyJwt({ privateKey: sampleKey, keyId: 'unknown' }).prepare();

describe('check()', () => {
  let world: World;
  before(async () => {
    world = await startWorld();
    const machineClient = world.sandbox
      .describe()
      .m2m.clients.find(({ privateKey }) => privateKey !== undefined);
    sampleKey = machineClient?.privateKey ?? '';
  });
  after(() => world.close());

  const problems = async (platform: Platform) =>
    (await platform.chekt.check()).filter(({ level, setting }) => level !== 'info' && setting !== 'start');

  it('finds nothing wrong in a working set-up', async () => {
    const platform = await world.platform();
    assert.deepEqual(await problems(platform), []);
    assert.deepEqual(platform.warnings(), []);
    const person = platform.person();
    await person.signIn(DANA);
    assert.equal((await person.connect()).status, 200);
    assert.deepEqual(await problems(platform), []);
  });

  const machineTokens = async (platform: Platform) =>
    (await platform.calls(/token$/)).filter(({ operation }) => operation === 'm2m-token');
  const last = async (platform: Platform) => (await platform.chekt.check()).at(-1);

  it('says at the end what it has verified, and only if all of it is right', async () => {
    const platform = await world.platform();
    const { level, message } = (await last(platform))!;
    assert.equal(level, 'info');
    assert.ok((await machineTokens(platform)).length > 0);
    assert.match(
      message,
      /^Both clients were accepted, the platform got a token, and the Partner API answered/,
    );
    const isSaid = async (change: Change) =>
      (await (await world.platform(change)).chekt.check()).some((finding) => finding.message === message);
    assert.equal(await isSaid(dealer(() => ({ auth: clientSecret('wrong') }))), false);
    assert.equal(await isSaid(machine(() => ({ audience: 'https://other.example' }))), false);
    assert.equal(await isSaid(() => ({ partnerApi: { baseUrl: 'http://127.0.0.1:9' } })), false);
  });

  it('says that no request is sent if the private key cannot be read', async () => {
    const platform = await world.platform(
      machine(() => ({ auth: privateKeyJwt({ privateKey: './northwind.pem' }) })),
    );
    const found = await problems(platform);
    assert.deepEqual(
      found.map(({ setting, message }) => [setting, message]),
      [['platformClient.auth', 'The issuer was not asked for a token.']],
    );
    assert.match(
      found[0]?.fix ?? '',
      /^The private key cannot be read, so no request is sent\. Set privateKey/,
    );
    assert.deepEqual(await machineTokens(platform), []);
    assert.match(
      platform.warnings().join(),
      / failed\. The private key cannot be read, so no request is sent\. .*\(setting: platformClient\.auth\)/,
    );
  });

  it('counts one operation that is unsettled', async () => {
    const platform = await world.platform();
    const person = platform.person();
    await person.signIn(DANA);
    await platform.fault({ on: 'connect', kind: 'reset-after' });
    await person.connect();
    const found = (await platform.chekt.check()).find(({ setting }) => setting === 'runDue');
    assert.equal(found?.message, '1 operation is unsettled.');
  });

  for (const { fault, change, switches = {}, setting } of rows) {
    for (const issuerErrors of ['auth0', 'rfc']) {
      it(`names the setting for ${fault}, as ${issuerErrors} words it`, async () => {
        const platform = await world.platform(change);
        await platform.switch({ ...switches, issuerErrors });
        const found = await problems(platform);
        assert.ok(
          found.some((finding) => setting.test(finding.setting)),
          JSON.stringify(found),
        );
        for (const finding of found) {
          assert.ok(finding.message && finding.fix);
          assert.doesNotMatch(
            JSON.stringify(finding),
            /Bearer|eyJ|not a key|northwind-sign-in-sample-secret/,
          );
        }
        const ahead = found.filter((finding) => finding.level === 'error' && !setting.test(finding.setting));
        assert.deepEqual(ahead, [], 'and nothing else');
      });
    }
  }

  it("compares the clock with the machine issuer's, which may be another machine", async () => {
    const ahead = createServer((_request, response) => {
      response.setHeader('Date', new Date(Date.now() + 300_000).toUTCString());
      response.end();
    });
    await new Promise<void>((resolve) => ahead.listen(0, '127.0.0.1', resolve));
    const issuer = `http://127.0.0.1:${(ahead.address() as AddressInfo).port}`;
    const platform = await world.platform(
      machine(() => ({ issuer, server: { token_endpoint: `${issuer}/token` } })),
    );
    const found = (await problems(platform)).filter(({ setting }) => /clock/.test(setting));
    assert.match(
      found[0]?.message ?? '',
      /^It is (299|300|301) s behind the clock of platformClient\.issuer\.$/,
    );
    ahead.closeAllConnections();
    ahead.close();
  });

  it('reports a missing discovery document', async () => {
    const platform = await world.platform(({ dealerSignIn, platformClient }) => ({
      dealerSignIn: { ...dealerSignIn, server: undefined },
      platformClient: { ...platformClient, server: undefined },
    }));
    assert.deepEqual(await problems(platform), []);
  });

  it('names a missing key, and one that is no longer needed', async () => {
    const platform = await world.platform();
    const person = platform.person();
    await person.signIn(DANA);
    const rotated = platform.again({ encryptionKeys: [newKey('k2')] });
    const findings = await rotated.check();
    assert.match(
      findings.find(({ level }) => level === 'error')?.message ?? '',
      /sealed with the key k1, which is not in encryptionKeys/,
    );
    assert.equal(findings.find(({ level }) => level === 'error')?.setting, 'encryptionKeys');
    const login = person.browser.cookie('login')?.value;
    const ask = (chekt: typeof rotated) =>
      chekt.fetch(new Request(`${person.base}/token`, { headers: { Cookie: `login=${login}` } }));
    assert.equal((await ask(rotated)).status, 204); // counts as no sign-in
    assert.match(platform.warnings().join(), /cannot be opened with any of encryptionKeys/);
    const [old] = platform.options.encryptionKeys;
    assert.ok(old);
    assert.equal((await ask(platform.again({ encryptionKeys: [newKey('k2'), old] }))).status, 200);
  });

  it('warns that runDue() has not run, until it has', async () => {
    const platform = await world.platform();
    const settings = async () => (await platform.chekt.check()).map(({ setting }) => setting);
    assert.ok((await settings()).includes('start'));
    await platform.chekt.runDue();
    assert.ok(!(await settings()).includes('start'));
  });

  it('does not say so to a process whose first run is still going on', async () => {
    let sweep!: (isMore: false) => void;
    const swept = new Promise<false>((resolve) => (sweep = resolve));
    const platform = await world.platform(({ store }) => ({ store: { ...store, sweep: () => swept } }));
    await platform.chekt.start();
    const findings = await platform.chekt.check();
    sweep(false);
    await platform.chekt.stop();
    assert.ok(!findings.some(({ setting }) => setting === 'start'));
  });

  it('says so when an hour of runs has come to nothing', async () => {
    let now = Date.now();
    const platform = await world.platform(({ store }) => ({
      store: { ...store, sweep: () => Promise.reject(new Error('down')) },
      clock: () => now,
    }));
    await platform.chekt.start();
    now += 61 * 60_000;
    assert.ok((await platform.chekt.check()).some(({ setting }) => setting === 'start'));
    await platform.chekt.stop();
  });

  it('says in words that the store cannot be used', async () => {
    const platform = await world.platform(({ store }) => ({
      store: {
        ...store,
        checkReady: () => Promise.reject(new Error('The schema chekt is of version 1; run the migration.')),
      },
    }));
    const found = (await problems(platform)).filter(({ setting }) => setting === 'store');
    assert.match(found[0]?.message ?? '', /run the migration/);
  });
});
