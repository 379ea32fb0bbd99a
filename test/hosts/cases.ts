/**
 * Problems that other projects have reported, where they were reported, and the test that tries the element with each. That test
 * names the source in a comment or in its title.
 */
export const cases: readonly (readonly [what: string, sources: readonly string[], test: string])[] = [
  [
    'Promise without withResolvers',
    ['angular/angular #53507', 'open-telemetry/opentelemetry-js #4354'],
    'hosts/rows-globals.ts',
  ],
  [
    'Array.from without a mapping function',
    ['prototypejs/prototype #338', 'rrweb-io/rrweb PR #1464'],
    'hosts/rows-globals.ts',
  ],
  ['a replaced self', ['browserify/browserify #1636'], 'hosts/rows-globals.ts'],
  ['onLine is false behind a VPN', ['mdn/content #30402', 'TanStack/query #4772'], 'hosts/rows-globals.ts'],
  ['fetch without streams', ['JakeChampion/fetch #1454'], 'hosts/rows-globals.ts'],
  ['a translator wraps each text', ['solidjs/solid #1451', 'react/react #11538'], 'hosts/person.test.ts'],
  ['routers take the click', ['vaadin/router #417', 'stacksjs/stx #1864'], 'hosts/rows-routers.ts'],
  ['the page is in a frame', ['roundcube/roundcubemail #8729', 'mirego/accent #210'], 'hosts/person.test.ts'],
  ['a service worker answers navigations', ['angular/angular #20404'], 'hosts/rows-routers.ts'],
  ['links are prefetched', ['cloudflare/cloudflare-docs PR #16676'], 'hosts/rows-routers.ts'],
  [
    'the service keeps nothing for a prefetch',
    ['cloudflare/cloudflare-docs PR #16676'],
    'service/sign-in.test.ts',
  ],
  ['sign-in in another tab', ['dart-lang/pub-dev #2988', 'outline/outline PR #1641'], 'hosts/person.test.ts'],
  ['Turbo: away and back', ['hotwired/turbo #45', 'chatwoot/chatwoot PR #9443'], 'hosts/ways.test.ts'],
  [
    'the callback twice',
    ['auth0/express-openid-connect #341', 'auth0/nextjs-auth0 #635'],
    'service/sign-in.test.ts',
  ],
  [
    'a source that rejects with login_required',
    ['auth0/auth0-react #163'],
    'unit/authorization/token-provider.test.ts',
  ],
  ["a framework's own 419 or 422", ['phpip/phpip #24', 'apache/superset #4762'], 'element/outcomes.test.ts'],
  ['properties that became attributes', ['react/react #29037'], 'element/hints.test.ts'],
  ['autofill fires change only', ['vuejs/vue #7058', 'grafana/grafana PR #14920'], 'hosts/person.test.ts'],
  [
    'a hotkey for "/"',
    ['ccampbell/mousetrap #245', 'algolia/react-instantsearch #2918'],
    'hosts/rows-routers.ts',
  ],
  ['cells and lines that are pasted', ['sankeymatic #54'], 'hosts/person.test.ts'],
  ['another normal form of a name', ['permissionlesstech/bitchat #214'], 'element/connect.test.ts'],
  ['the caret in WebKit', ['shoelace-style/shoelace #480'], 'element/caret.test.ts'],
  ['another encoding of the page', ['evanw/esbuild #2234'], 'hosts/rows-pages.ts'],
  ['Retry-After by a wrong clock', ['canalplus/rx-player PR #1864'], 'unit/partner-api/retry.test.ts'],
  [
    'unit tests in jsdom and happy-dom',
    ['UI5/webcomponents PR #10782', 'capricorn86/happy-dom #957'],
    'package/environments.test.ts',
  ],
  ['rendering on a server', ['lit/lit #3907', 'reown-com/appkit #4286'], 'package/environments.test.ts'],
  ['strict package managers', ['react-cosmos/react-cosmos #1749'], 'package/managers.test.ts'],
  ['a tag that closes itself', ['paulirish/lite-youtube-embed #50'], 'element/hints.test.ts'],
  ['session replay', ['getsentry/sentry-javascript #7474'], 'hosts/ways.test.ts'],
  ['focus traps', ['focus-trap/focus-trap #39'], 'hosts/rows-routers.ts'],
  ['XHTML', ['lit/lit #634', 'phetsims/scenery #1780'], 'hosts/rows-pages.ts'],
  // found by our own search
  [
    'a Promise that is replaced later',
    ['angular/angular #31724', 'angular/zone.js #891'],
    'hosts/rows-globals.ts',
  ],
  [
    'methods in every object',
    ['douglascrockford/JSON-js #10', 'douglascrockford/JSON-js #12'],
    'hosts/rows-globals.ts',
  ],
  ['a router of the Navigation API', ['virtualstate/navigation #14'], 'hosts/ways.test.ts'],
  [
    'routers that look into shadow roots',
    ['sveltejs/kit #2768', 'dotnet/aspnetcore #27587'],
    'hosts/rows-routers.ts',
  ],
  [
    'a stale or repeated callback',
    ['AxaFrance/oidc-client #1635', 'vpython/glowscript #210'],
    'service/sign-in.test.ts',
  ],
];
