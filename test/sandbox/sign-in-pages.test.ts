import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import type * as oauth from 'openid-client';
import { summary } from '../../demo/sandbox/summary.js';
import { discover, SignIn } from './sign-in.js';
import { DANA, MIRA, startSandbox, TOM } from './support.js';

describe('the sign-in pages', () => {
  let sandbox: Awaited<ReturnType<typeof startSandbox>>;
  let config: oauth.Configuration;
  before(async () => {
    sandbox = await startSandbox();
    config = await discover(sandbox.origin);
  });
  after(() => sandbox.close());

  it('list the sample accounts with their roles', async () => {
    const { html } = await new SignIn(config, 'a').open();
    for (const account of [DANA, TOM, MIRA]) assert.ok(html.includes(`value="${account}"`));
    assert.match(html, /Technician, not a dealer admin of Acme Security Systems, Inc\./);
    assert.match(html, /Harbor Alarm &amp; Video, LLC/);
    assert.match(html, /Northwind Cloud/);
    assert.match(html, /<html lang="en">/);
  });

  it('ask for nothing with "please", and never say "install"', async () => {
    const signIn = new SignIn(config, 'a');
    const { url, html } = await signIn.open();
    const wrong = await signIn.submit(url, 'login', { email: DANA, password: 'wrong' });
    const consent = await signIn.submit(url, 'login', { sample: DANA });
    const error = await new SignIn(config, 'a').submit(url, 'consent');
    const unregistered = await new SignIn(config, 'a').open({ redirect_uri: 'http://localhost/elsewhere' });
    const pages = [html, wrong.html, consent.html, error.html, unregistered.html];
    const titles = pages.map((page) => /<title>(.*) – CHeKT sandbox<\/title>/.exec(page)?.[1]);
    const stopped = 'Sign-in stopped';
    assert.deepEqual(titles, ['Sign in', 'Sign in', 'Allow Northwind Cloud', stopped, stopped]);
    const docs = await readFile(new URL('../../docs/sandbox.md', import.meta.url), 'utf8');
    for (const text of [...pages, docs, summary(sandbox.describe(), [])]) {
      assert.doesNotMatch(text, /\bplease\b|\binstall/i);
      assert.doesNotMatch(text.replaceAll(/[\w./:#-]*chekt[\w./:#-]*/g, ''), /chekt|CHEKT|Chekt/);
    }
  });

  it('accept the password that they show, and say when it is wrong', async () => {
    const signIn = new SignIn(config, 'a');
    const { url, html } = await signIn.open({ login_hint: DANA });
    assert.match(html, /type="email"[^>]* value="dana@acme\.example"/);
    const [, password = ''] = /<code>(.+)<\/code>/.exec(html) ?? [];
    for (const fields of [
      { email: DANA, password: 'wrong' },
      { email: 'who@acme.example', password },
    ]) {
      const wrong = await signIn.submit(url, 'login', fields);
      assert.equal(wrong.response?.status, 422);
      assert.match(wrong.html, /role="alert"/);
      assert.ok(wrong.html.includes(`value="${fields.email}"`));
    }
    const consent = await signIn.submit(url, 'login', { email: ' Dana@ACME.example', password });
    assert.match(consent.html, /Signed in as <strong>Dana Reyes<\/strong>/);
  });

  it('show what is granted in plain words', async () => {
    const signIn = new SignIn(config, 'a');
    const scope = 'openid email read:dealer create:sites read:sites delete:sites delete:devices';
    const { url } = await signIn.open({ scope });
    const { html } = await signIn.submit(url, 'login', { sample: DANA });
    const granted = [...html.matchAll(/<li>(.*?)<\/li>/g)].map(([, text]) => text);
    assert.deepEqual(granted, [
      'View your name and e-mail address',
      'View your company details',
      'Add, view and delete your sites',
      'Delete your devices',
    ]);
  });

  it('come without a script, under a policy that allows none', async () => {
    const { html, response } = await new SignIn(config, 'a').open();
    const policy = response?.headers.get('Content-Security-Policy') ?? '';
    assert.match(
      policy,
      /^default-src 'none'; style-src 'self'; form-action 'self' http:\/\/localhost:5173;/,
    );
    assert.match(policy, /frame-ancestors 'none'/);
    assert.doesNotMatch(html, /<script|<style| style=| on\w+=/);
    const styles = await fetch(`${sandbox.origin}/sign-in.css`);
    assert.match(styles.headers.get('Content-Type') ?? '', /^text\/css/);
  });

  it('send a person who does not allow access, or cancels, back with access_denied', async () => {
    const signIn = new SignIn(config, 'a');
    const login = await signIn.open();
    const cancelled = await signIn.submit(login.url, 'cancel');
    assert.equal(cancelled.url.searchParams.get('error'), 'access_denied');
    const second = await signIn.open();
    const consent = await signIn.submit(second.url, 'login', { sample: DANA });
    const denied = await signIn.submit(consent.url, 'cancel');
    assert.equal(denied.url.searchParams.get('error'), 'access_denied');
    assert.equal(denied.url.searchParams.get('state'), 'the-state');
    assert.ok(denied.url.href.startsWith(signIn.callback));
  });

  it('are skipped while the sign-in session lasts, and shown again with prompt=login', async () => {
    const signIn = new SignIn(config, 'a');
    await signIn.person(DANA);
    const { url } = await signIn.open();
    assert.ok(url.searchParams.has('code'));
    const { html } = await signIn.open({ prompt: 'login' });
    assert.match(html, /Sign in with CHeKT/);
  });

  it('let somebody else sign in, with a consent of their own', async () => {
    const signIn = new SignIn(config, 'a');
    await signIn.person(DANA);
    const { url } = await signIn.open({ prompt: 'login' });
    const consent = await signIn.submit(url, 'login', { sample: MIRA });
    assert.match(consent.html, /Mira Lindqvist/);
    const callback = await signIn.submit(consent.url, 'consent');
    const { claims } = await signIn.exchange(callback.url);
    assert.equal(claims()?.sub, 'user|mira');
  });

  it('offer another account on the consent page', async () => {
    const signIn = new SignIn(config, 'a');
    const { url } = await signIn.open();
    const { html } = await signIn.submit(url, 'login', { sample: TOM });
    const [, link = ''] = /<a href="(\/authorize[^"]+)"/.exec(html) ?? [];
    const other = await signIn.browser.navigate(new URL(link.replaceAll('&amp;', '&'), url).href);
    assert.match(other.html, /Sign in with CHeKT/);
    const consent = await signIn.submit(other.url, 'login', { sample: DANA });
    const callback = await signIn.submit(consent.url, 'consent');
    assert.equal((await signIn.exchange(callback.url)).claims()?.sub, 'user|dana');
  });

  it('cannot be continued in another browser', async () => {
    const { url } = await new SignIn(config, 'a').open();
    const stranger = new SignIn(config, 'a');
    const { response, html } = await stranger.submit(url, 'login', { sample: DANA });
    assert.equal(response?.status, 400);
    assert.match(html, /This sign-in cannot go on/);
  });

  it('do not accept a consent before a sign-in', async () => {
    const signIn = new SignIn(config, 'a');
    const { url } = await signIn.open();
    const nobody = await signIn.submit(url, 'consent');
    assert.equal(nobody.response?.status, 400);
    await signIn.person(DANA);
    const again = await signIn.open({ prompt: 'login' });
    const { response } = await signIn.submit(again.url, 'consent');
    assert.equal(response?.status, 400);
  });

  it('escape markup in what they display', async () => {
    const signIn = new SignIn(config, 'a');
    const { url } = await signIn.open();
    const { html } = await signIn.submit(url, 'login', { email: '"><script>alert(1)</script>' });
    assert.doesNotMatch(html, /<script/);
  });
});
