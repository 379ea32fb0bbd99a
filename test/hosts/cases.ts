/** A case that somebody reported: what it is, where it was reported, and the file that has it; in a test the source stands in it. */
export type Case = readonly [what: string, sources: readonly string[], where: string];

const globals = 'test/hosts/rows-globals.ts';
const routers = 'test/hosts/rows-routers.ts';
const pages = 'test/hosts/rows-pages.ts';
const person = 'test/hosts/person.test.ts';
const ways = 'test/hosts/ways.test.ts';
const signIn = 'test/service/sign-in.test.ts';
const callback = 'test/service/sign-in-callback.test.ts';
const source = 'test/unit/authorization/token-provider.test.ts';
const environments = 'test/package/environments.test.ts';

/** What real pages, browsers and people do to an embedded element: the kinds, and the cases that each of them began with. */
export const cases: Readonly<Record<string, readonly Case[]>> = {
  'globals that a page replaced': [
    [
      'Promise without withResolvers',
      ['angular/angular #53507', 'open-telemetry/opentelemetry-js #4354'],
      globals,
    ],
    [
      'Array.from without a mapping function',
      ['prototypejs/prototype #338', 'rrweb-io/rrweb PR #1464'],
      globals,
    ],
    ['a replaced self', ['browserify/browserify #1636'], globals],
    ['onLine is false behind a VPN', ['mdn/content #30402', 'TanStack/query #4772'], globals],
    ['fetch without streams', ['JakeChampion/fetch #1454'], globals],
  ],
  'text nodes that a page replaced': [
    ['a translator wraps each text', ['solidjs/solid #1451', 'react/react #11538'], person],
  ],
  'the way to the sign-in': [
    ['routers take the click', ['vaadin/router #417', 'stacksjs/stx #1864'], routers],
    ['the page is in a frame', ['roundcube/roundcubemail #8729', 'mirego/accent #210'], person],
    ['a service worker answers navigations', ['angular/angular #20404'], routers],
    ['links are prefetched', ['cloudflare/cloudflare-docs PR #16676'], routers],
    ['the service keeps nothing for a prefetch', ['cloudflare/cloudflare-docs PR #16676'], signIn],
    ['sign-in in another tab', ['dart-lang/pub-dev #2988', 'outline/outline PR #1641'], person],
    ['Turbo: away and back', ['hotwired/turbo #45', 'chatwoot/chatwoot PR #9443'], ways],
    ['the callback twice', ['auth0/express-openid-connect #341', 'auth0/nextjs-auth0 #635'], callback],
  ],
  "a host's own errors": [
    ['a source that rejects with login_required', ['auth0/auth0-react #163'], source],
    [
      "a framework's own 419 or 422",
      ['phpip/phpip #24', 'apache/superset #4762'],
      'test/element/outcome-rows.ts',
    ],
    ['properties that became attributes', ['react/react #29037'], 'test/element/hints.test.ts'],
  ],
  'how text gets in': [
    ['autofill fires change only', ['vuejs/vue #7058', 'grafana/grafana PR #14920'], person],
    ['a hotkey for "/"', ['ccampbell/mousetrap #245', 'algolia/react-instantsearch #2918'], routers],
    ['cells and lines that are pasted', ['sankeymatic #54'], person],
    ['another normal form of a name', ['permissionlesstech/bitchat #214'], 'test/element/connect.test.ts'],
    ['the caret in WebKit', ['shoelace-style/shoelace #480'], 'test/element/caret.test.ts'],
  ],
  encoding: [['another encoding of the page', ['evanw/esbuild #2234'], pages]],
  'clocks and dates': [
    ['Retry-After by a wrong clock', ['canalplus/rx-player PR #1864'], 'test/unit/partner-api/retry.test.ts'],
  ],
  "a host's tooling": [
    [
      'unit tests in jsdom and happy-dom',
      ['UI5/webcomponents PR #10782', 'capricorn86/happy-dom #957'],
      environments,
    ],
    ['rendering on a server', ['lit/lit #3907', 'reown-com/appkit #4286'], environments],
    ['strict package managers', ['react-cosmos/react-cosmos #1749'], 'test/package/managers.test.ts'],
    ['a tag that closes itself', ['paulirish/lite-youtube-embed #50'], 'test/element/hints.test.ts'],
  ],
  'other tools on the page': [
    ['session replay', ['getsentry/sentry-javascript #7474'], ways],
    ['focus traps', ['focus-trap/focus-trap #39'], routers],
    ['XHTML', ['lit/lit #634', 'phetsims/scenery #1780'], pages],
  ],
};
