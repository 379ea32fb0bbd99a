import type { PageScript } from './build.js';

type Script = PageScript | 'chekt-connect';

const claims = {
  name: 'Dana Reyes',
  email: 'dana@acme.example',
  company_name: 'Acme Security Systems, Inc.',
  dealer_id: '12345',
};
const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A token response with a JWT that was issued for an hour, of which some time has passed. */
const tokenResponse = JSON.stringify({
  access_token: `${part({ alg: 'RS256', typ: 'JWT' })}.${part({ ...claims, scope: 'read:dealer update:dealer' })}.${'A'.repeat(342)}`,
  token_type: 'Bearer',
  expires_in: 2520,
  scope: 'read:dealer update:dealer',
});

/** A service's token response: it has a `sign_in_id` and no token. */
const serviceResponse = JSON.stringify({
  ...{ token_type: 'Bearer', expires_in: 2520, scope: 'read:dealer update:dealer' },
  ...{ sign_in_id: 'sign-in-1', ...claims },
});

const attributes = `external-dealer-id="adc-67890" platform-name="Northwind Cloud" company-name="Acme Security"
  platform-scope="read:dealer read:sites create:sites update:sites" authorize-url="/chekt/authorize"
  disconnect-base-url="/chekt"`;

const properties = `{
  externalDealerId: 'adc-67890', platformName: 'Northwind Cloud', companyName: 'Acme Security',
  platformScope: 'read:dealer read:sites create:sites update:sites', authorizeUrl: '/chekt/authorize',
  disconnectBaseUrl: '/chekt', getAccessToken: async () => (${tokenResponse}),
}`;

const scriptTag = (name: Script, attribute = '') => `<script src="/${name}.js" ${attribute}></script>`;

function html(head: string, body: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Bench</title>
<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">${head}</head><body>${body}</body></html>`;
}

const embedScript = (tag: string, given = '{}') =>
  `<script>window.embed = { tag: '${tag}', properties: ${given} }</script>`;

/** One element in the markup, a deferred script, and `getAccessToken`. @param before what the head begins with */
export function startPage(tag: 'chekt-connect' | 'bare-form' | 'bare-card', before = ''): string {
  const element = `<${tag} ${tag === 'chekt-connect' ? attributes : ''}></${tag}>`;
  const source = `document.querySelector('${tag}').getAccessToken = async () => (${tokenResponse});`;
  return html(before + scriptTag(tag, 'defer'), `${element}<script>${source}</script>`);
}

/** The same with an element that renders `shape`. */
export function startCardPage(shape: string): string {
  return startPage('bare-card', shapeScript(shape));
}

/** The same, with the probe. */
export function shownPage(): string {
  return startPage('chekt-connect', embedScript('chekt-connect') + scriptTag('probe'));
}

export type Answer = 'signed in' | 'not signed in' | 'late';

/** The element, above text that would move. `window.answer` delivers its token or, with `late`, its source. */
export function shiftPage(answer: Answer): string {
  const token = answer === 'not signed in' ? 'null' : tokenResponse;
  const element = "document.querySelector('chekt-connect')";
  const source =
    answer === 'late'
      ? `window.answer = () => { ${element}.getAccessToken = async () => (${token}); };`
      : `${element}.getAccessToken = () => new Promise((resolve) => { window.answer = () => resolve(${token}); });`;
  const text = '<p>What stands below the element on the page of a platform.</p>';
  return html(
    embedScript('chekt-connect') + scriptTag('probe'),
    // the element's file comes last, so that its first render already has its source
    `<chekt-connect ${attributes}></chekt-connect>${text.repeat(20)}<script>${source}</script>${scriptTag('chekt-connect')}`,
  );
}

/** A page without elements, on which the bench creates many. `extra` runs before all other scripts. */
export function mountPage(extra?: Script): string {
  return emptyPage('chekt-connect', extra, properties);
}

/** The same with elements that render `shape`. */
export function sameDomPage(shape: string, extra?: Script): string {
  return emptyPage('same-dom', extra, '{}', shapeScript(shape));
}

const shapeScript = (shape: string) => `<script>window.shape = ${shape.replaceAll('<', '\\u003c')}</script>`;

function emptyPage(tag: Script, extra: Script | undefined, given: string, data = ''): string {
  const before = extra ? scriptTag(extra) : '';
  return html(before + embedScript(tag, given) + data + scriptTag('probe') + scriptTag(tag), '');
}

export type Mode = 'browser' | 'service';

/** One element in this mode, with the probe. @param api the origin of the Partner API in browser mode */
export function clickPage(tag: 'chekt-connect' | 'bare-fetch', mode: Mode, api: string): string {
  const element = `<${tag} ${attributes} api-base-url="${mode === 'browser' ? api : '/api'}"></${tag}>`;
  const response = mode === 'browser' ? tokenResponse : serviceResponse;
  const source = `document.querySelector('${tag}').getAccessToken = async () => (${response});`;
  return html(embedScript(tag) + scriptTag('probe') + scriptTag(tag), `${element}<script>${source}</script>`);
}
