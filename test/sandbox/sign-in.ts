import assert from 'node:assert/strict';
import * as oauth from 'openid-client';
import { Browser } from '../service/browser.js';

export const SCOPE = 'openid profile email offline_access read:dealer read:sites';

/** A platform's OAuth client and a person's browser, over real HTTP. */
export class SignIn {
  readonly browser: Browser;
  readonly config: oauth.Configuration;
  readonly verifier = oauth.randomPKCECodeVerifier();
  readonly callback: string;

  constructor(config: oauth.Configuration, run: string, browser = new Browser()) {
    this.config = config;
    this.browser = browser;
    this.callback = `http://localhost:5173/runs/${run}/chekt/callback`;
  }

  async authorizeUrl(parameters: Record<string, string> = {}): Promise<URL> {
    return oauth.buildAuthorizationUrl(this.config, {
      redirect_uri: this.callback,
      scope: SCOPE,
      state: 'the-state',
      code_challenge: await oauth.calculatePKCECodeChallenge(this.verifier),
      code_challenge_method: 'S256',
      ...parameters,
    });
  }

  /** Opens the authorization URL; the page it ends on, or the callback. */
  async open(parameters: Record<string, string> = {}) {
    return this.#visit((await this.authorizeUrl(parameters)).href);
  }

  submit(from: URL, action: 'login' | 'consent' | 'cancel', fields: Record<string, string> = {}) {
    const [, uid] = /^\/sign-in\/([\w-]+)/.exec(from.pathname) ?? [];
    assert.ok(uid, `${from.href} is no page of the sign-in`);
    const body = new URLSearchParams(fields);
    return this.#visit(new URL(`/sign-in/${uid}/${action}`, from).href, { method: 'POST', body });
  }

  /** Signs in and allows, down to the callback's URL. */
  async person(email: string, parameters: Record<string, string> = {}): Promise<URL> {
    let at = await this.open(parameters);
    if (at.html.includes('/login"')) at = await this.submit(at.url, 'login', { sample: email });
    if (at.html.includes('/consent"')) at = await this.submit(at.url, 'consent');
    return at.url;
  }

  async tokens(email: string, parameters: Record<string, string> = {}) {
    return this.exchange(await this.person(email, parameters));
  }

  exchange(callback: URL) {
    return oauth.authorizationCodeGrant(this.config, callback, {
      pkceCodeVerifier: this.verifier,
      expectedState: 'the-state',
    });
  }

  #visit(url: string, init: RequestInit = {}) {
    return this.browser.navigate(url, {
      ...init,
      until: ({ pathname }) => pathname.endsWith('/chekt/callback'),
    });
  }
}

export function discover(origin: string, id = 'northwind-platform', secret = 'northwind-sample-secret') {
  const insecure = { execute: [oauth.allowInsecureRequests] };
  return oauth.discovery(new URL(origin), id, secret, undefined, insecure);
}
