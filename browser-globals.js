/**
 * Which globals of a page the element relies on.
 *
 * It relies on the language (ES2022 syntax, the prototypes of Array, String, Map, Set, Promise and RegExp), on the DOM with shadow
 * roots and custom elements, and on `fetch`, `URL`, `AbortController`, `Headers`, `JSON`, `Intl`, `TextDecoder`, `atob`,
 * `crypto.getRandomValues`, `performance.now`, `setTimeout`, `queueMicrotask`, `MutationObserver`, `location`,
 * `navigator.language`, and on `requestAnimationFrame` where there is one.
 * All of these exist on insecure pages, too, and polyfills of them do what the standard says.
 *
 * It does not rely on the globals below: pages replace, remove or shadow them, or only newer browsers and secure pages have them.
 * A lint rule refuses them in the element's code, and test/hosts/globals.test.ts breaks each in turn.
 *
 * @type {readonly { readonly object?: string, readonly property: string, readonly why: string }[]}
 */
export const avoidedGlobals = [
  { object: 'Array', property: 'from', why: 'Prototype.js ignores the mapping function (prototype #338).' },
  { object: 'Array', property: 'fromAsync', why: 'Newer than the oldest browser.' },
  { object: 'Promise', property: 'withResolvers', why: 'zone.js 0.14.2 has none (angular #53507).' },
  { object: 'Promise', property: 'try', why: 'Bluebird has a different one.' },
  { object: 'Object', property: 'groupBy', why: 'Pages define their own.' },
  { object: 'Map', property: 'groupBy', why: 'Pages define their own.' },
  { object: 'URL', property: 'parse', why: 'Newer than the oldest browser.' },
  { object: 'AbortSignal', property: 'any', why: 'Newer than the oldest browser; polyfills leak.' },
  { object: 'AbortSignal', property: 'timeout', why: "Fake timers of a host's tests do not reach it." },
  { object: 'crypto', property: 'randomUUID', why: 'Secure pages only (Deltares/fews-web-oc #1507).' },
  { object: 'navigator', property: 'onLine', why: 'False behind a VPN (TanStack/query #4772).' },
  { property: 'self', why: 'Pages assign to it (browserify #1636); write globalThis.' },
  { property: 'structuredClone', why: 'Polyfills drop types that they do not know.' },
  { property: 'requestIdleCallback', why: 'Safari has none.' },
  { property: 'name', why: 'Every page has window.name, which hides a missing local variable.' },
  { property: 'event', why: 'Every page has window.event, which hides a missing parameter.' },
];
