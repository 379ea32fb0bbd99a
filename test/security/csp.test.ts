import { expect } from '@open-wc/testing';
import type { ChektConnectElement } from '../../src/index.js';
import { dealer } from '../faults/row.js';
import { createWire, type Wire } from '../wire/wire.js';
import { embedOn, hostOf, openPage, prepared, strictPolicy } from './page.js';

const element = 'chekt-connect.js';
const recorder = 'recorder.js';

const answers = [
  { status: 503, headers: { 'Retry-After': '3600' } },
  { status: 422, json: { error: { code: 'refused', field: 'company_name', request_id: 'req_1' } } },
  { json: dealer },
  { status: 403, json: { error: { code: 'permission_denied' } } },
  { status: 204 },
];

/** Goes through every view: signed out, form, countdown, field error, connected, confirmation, error, disconnected. */
async function walkThrough(host: ChektConnectElement): Promise<string[]> {
  const states: string[] = [];
  host.addEventListener('chekt-state-change', ({ detail }) => states.push(detail.state));
  const shown = async () => host.updateComplete;
  await host.ready;
  await shown();
  for (const name of ['First', 'Second', 'Third']) {
    await host.connect(name).catch(() => {});
    await shown();
    // the countdown of the first answer would block the next attempt
    if (host.error?.retryAfter) {
      host.reset();
      await new Promise((resolve) => host.addEventListener('chekt-state-change', resolve, { once: true }));
      if (host.state !== 'authorized')
        await new Promise((resolve) => host.addEventListener('chekt-state-change', resolve, { once: true }));
    }
  }
  host.shadowRoot!.querySelector<HTMLElement>('[part~=disconnect-button]')!.click();
  await shown();
  for (let time = 0; time < 2; time += 1) await host.disconnect().catch(() => {});
  await shown();
  host.getAccessToken = async () => null;
  await shown();
  if (host.state !== 'unauthorized')
    await new Promise((resolve) =>
      host.addEventListener('chekt-authorization-required', resolve, { once: true }),
    );
  await shown();
  return states;
}

async function tryPage(scripts: string[], policies?: string) {
  const wire: Wire = await createWire(answers);
  const frame = await openPage(
    [recorder, ...scripts],
    strictPolicy([recorder, ...scripts], wire.baseUrl, policies),
  );
  const host = embedOn(frame, {
    apiBaseUrl: wire.baseUrl,
    disconnectBaseUrl: wire.sameOriginBaseUrl,
    authorizeUrl: '/sign-in',
    platformScope: 'read:sites create:sites',
    getAccessToken: async () => 'token-of-the-dealer',
  });
  return { frame, host, window: hostOf(frame) };
}

describe('a page with the strictest policy', () => {
  before(prepared);
  let frame: HTMLIFrameElement;
  afterEach(() => frame.remove());

  it('reports violations at all, so that none means something', async () => {
    frame = await openPage([recorder], strictPolicy([recorder], location.origin));
    const { body } = frame.contentDocument!;
    const { seen } = hostOf(frame);
    const told = new Promise((resolve) =>
      frame.contentDocument!.addEventListener('securitypolicyviolation', resolve, { once: true }),
    );
    body.setAttribute('style', 'color: red');
    await told;
    expect(seen.join()).to.contain('violation of style-src');
    if ('trustedTypes' in hostOf(frame)) expect(() => (body.innerHTML = '<b>x</b>')).to.throw();
  });

  it('reports no violation in any view, and the element has its styles', async () => {
    const { host, window, ...page } = await tryPage([element]);
    frame = page.frame;
    const states = await walkThrough(host);
    expect(states).to.include.members([
      'authorized',
      'connecting',
      'connected',
      'disconnecting',
      'unauthorized',
    ]);
    expect(window.seen).to.deep.equal([]);
    const button = host.shadowRoot!.querySelector('[part~=authorize-button]')!;
    expect(button.getBoundingClientRect().height).to.be.at.least(43.9);
  });

  it('reports no violation beside a host that loads its own Lit with its own policy, before or after the element', async () => {
    for (const scripts of [
      ['host-lit.js', element],
      [element, 'host-lit.js'],
    ]) {
      const { host, window, ...page } = await tryPage(scripts, 'chekt-connect lit-html');
      frame = page.frame;
      await host.ready;
      expect(host.state).to.equal('authorized');
      expect(window.seen, scripts.join()).to.deep.equal([]);
      expect(frame.contentDocument!.querySelector('#host')?.textContent).to.equal(
        'The host has its own Lit.',
      );
      if (scripts[0] === 'host-lit.js') frame.remove();
    }
  });

  it('reports no violation when the script is loaded again, also in another version: the later ones warn and do nothing', async () => {
    const { host, window, ...page } = await tryPage([
      element,
      'chekt-connect-of-another-version.js',
      element,
    ]);
    frame = page.frame;
    await walkThrough(host);
    expect(window.seen).to.deep.equal([]);
    expect(window.warned).to.have.length(2);
    expect(window.warned[0]).to.contain('99.0.0').and.to.contain('already');
    const { version } = window.customElements.get('chekt-connect') as typeof ChektConnectElement;
    expect(version).not.to.equal('99.0.0');
  });
});
