import type { Case } from './cases.js';

/**
 * A case of our own search. It held already, it failed and was fixed, or only the page can do something about it: then the docs have a
 * sentence with these words.
 */
export type OwnCase = readonly [
  ...found: Case,
  ...([outcome: 'held' | 'fixed'] | [outcome: 'documented', words: string]),
];

const globals = 'test/hosts/rows-globals.ts';
const routers = 'test/hosts/rows-routers.ts';
const pages = 'test/hosts/rows-pages.ts';
const person = 'test/hosts/person.test.ts';
const ways = 'test/hosts/ways.test.ts';
const callback = 'test/service/sign-in-callback.test.ts';
const source = 'test/unit/authorization/token-provider.test.ts';
const environments = 'test/package/environments.test.ts';
const recipes = 'docs/recipes.md';

/** What a search of public trackers found for each kind of `cases`. */
export const ownCases: Readonly<Record<string, readonly OwnCase[]>> = {
  'globals that a page replaced': [
    ['a Promise that is replaced later', ['angular/angular #31724', 'angular/zone.js #891'], globals, 'held'],
    [
      'methods in every object',
      ['douglascrockford/JSON-js #10', 'douglascrockford/JSON-js #12'],
      globals,
      'fixed',
    ],
    ['prototypes that are frozen', ['preactjs/preact #5109'], globals, 'held'],
    [
      'lockdown() of SES, which freezes Symbol before Lit adds to it',
      ['OneKeyHQ/app-monorepo PR #12319'],
      recipes,
      'documented',
      '`lockdown()` of SES',
    ],
  ],
  'text nodes that a page replaced': [
    ['a highlighter wraps single words', ['ttu-ttu/ebook-reader #199'], person, 'held'],
    ['Grammarly puts its elements anywhere', ['jinjor/elm-break-dom #12'], person, 'held'],
  ],
  'the way to the sign-in': [
    ['a router of the Navigation API', ['virtualstate/navigation #14'], ways, 'held'],
    [
      'routers that look into shadow roots',
      ['sveltejs/kit #2768', 'dotnet/aspnetcore #27587'],
      routers,
      'held',
    ],
    [
      'a stale or repeated callback',
      ['AxaFrance/oidc-client #1635', 'vpython/glowscript #210'],
      callback,
      'held',
    ],
    [
      'a SameSite=Strict session at the callback',
      ['glpi-project/glpi PR #21031', 'alepez/devand #68'],
      callback,
      'held',
    ],
    [
      'Back, to a page that the browser kept',
      ['auth0/auth0-react #562', 'THM-Health/PILOS PR #2282'],
      'test/consent/asked-again.test.ts',
      'held',
    ],
    [
      "Workbox's navigation route",
      ['mozilla-ai/clawbolt #711', 'ebongard/renfield PR #597'],
      recipes,
      'documented',
      'navigateFallbackDenylist',
    ],
    [
      'the web view of an app',
      ['MomenSherif/react-oauth #115', 'react-native-webview/react-native-webview #1475'],
      recipes,
      'documented',
      'web view of an app',
    ],
    [
      "a frame on another site, with the browser's partitioned cookies",
      ['meteor/meteor #11817', 'FusionAuth/fusionauth-issues #2830'],
      recipes,
      'documented',
      'Frames on another _site_ are not',
    ],
  ],
  "a host's own errors": [
    [
      'MSAL and Okta say it as errorCode',
      ['AzureAD/microsoft-authentication-library-for-js #733', 'okta/okta-auth-js #1518'],
      source,
      'fixed',
    ],
    [
      'a 200 with the login page',
      ['Dolibarr/dolibarr PR #40560', 'HubSpot/Singularity PR #944'],
      source,
      'held',
    ],
    [
      'keycloak-js rejects with true, whatever has happened',
      ['keycloak/keycloak #13852', 'keycloak/keycloak #28919'],
      'docs/element.md',
      'documented',
      'keycloak-js rejects with `true`',
    ],
  ],
  'how text gets in': [
    [
      'the key that ends a composition in Safari',
      ['bluesky-social/social-app PR #4186', 'dip/cmdk #206'],
      'test/element/caret.test.ts',
      'fixed',
    ],
    [
      'a password manager whose event stays in the shadow root',
      ['bitwarden/clients #19065', 'gramps-project/gramps-web #310'],
      person,
      'held',
    ],
  ],
  encoding: [
    [
      'a widget in a page that is not in UTF-8',
      ['isso-comments/isso #169', 'SUI-Components/sui PR #206'],
      pages,
      'held',
    ],
    [
      'the UTF-8 of an id_token',
      ['AzureAD/microsoft-authentication-library-for-js #264', 'auth0/idtoken-verifier #5'],
      'test/unit/authorization/sign-in.test.ts',
      'held',
    ],
    [
      'JSON behind a byte order mark',
      ['node-fetch/node-fetch #541', 'forwardemail/superagent #1249'],
      'test/unit/partner-api/request.test.ts',
      'held',
    ],
    [
      'names that jsonb refuses: NUL, half of an emoji',
      ['kodustech/kodus-ai PR #1683', 'ayunis-core/ayunis-core PR #1613'],
      'src/service/store/store-tests/commits.ts',
      'fixed',
    ],
    [
      'a database that is not in UTF-8',
      ['IQSS/dataverse #8278', 'OpenSIPS/opensips-cp #93'],
      'test/service/store/schema.test.ts',
      'fixed',
    ],
  ],
  'clocks and dates': [
    [
      'a bigint of milliseconds, which pg hands over as text',
      ['JSONbored/metagraphed PR #9994'],
      'test/unit/element/messages.test.ts',
      'fixed',
    ],
    [
      'a sign-in longer than the longest timer',
      ['keycloak/keycloak-js #107', 'descope/descope-js PR #287'],
      'test/element-work/clock.test.ts',
      'held',
    ],
    [
      'a slow or fast clock, by which every token has expired',
      ['manfredsteyer/angular-oauth2-oidc #1135', 'DuendeArchive/identity-model-oidc-client-js #1254'],
      'test/faults/token-source.test.ts',
      'held',
    ],
    [
      'a platform that has pg read bigint and jsonb in its own way',
      ['brianc/node-pg-types #118', 'ts-safeql/safeql #184'],
      'test/service/store/postgres.test.ts',
      'held',
    ],
  ],
  "a host's tooling": [
    [
      'the class imported at the edge, where there is no HTMLElement',
      ['prashantpalikhe/nuxt-ssr-lit #175', 'zerodevx/zero-md #66'],
      environments,
      'fixed',
    ],
    [
      "a test's timers that stand still",
      ['testing-library/dom-testing-library #987', 'jestjs/jest #11389'],
      'test/package/environments/connect.fixture.js',
      'fixed',
    ],
    ["Jest's jsdom without Response", ['jestjs/jest #13834', 'jestjs/jest #7007'], environments, 'fixed'],
    [
      'disabled="false" by Vue and Angular',
      ['vuejs/docs #1972', 'angular/angular #15900'],
      'test/element/hints.test.ts',
      'held',
    ],
  ],
  'other tools on the page': [
    ['a recorder that masks texts, and no attributes', ['rrweb-io/rrweb #1581'], person, 'held'],
    [
      'Dark Reader, which adds style sheets to shadow roots',
      ['darkreader/darkreader PR #15206', '0kku/destiny #52'],
      pages,
      'held',
    ],
    [
      'cookie consent tools that block scripts',
      ['elifesciences/journal PR #1548', 'code-dot-org/code-dot-org PR #47354'],
      recipes,
      'documented',
      'Cookie consent tools',
    ],
  ],
};
