import type { Row } from './row.js';

const npm = (file: string) => `<script src="/npm/${file}"></script>`;
const inline = (code: string) => `<script>${code}</script>`;

/** Pages that replaced globals before our script runs. */
export const replacedGlobals: readonly Row[] = [
  {
    name: 'zone.js 0.14.2, which has no Promise.withResolvers',
    source: 'angular/angular #53507, open-telemetry/opentelemetry-js #4354',
    before: npm('zone-0-14-2/bundles/zone.umd.js'),
    also: (page) => page.waitForFunction(() => 'Zone' in window && !('withResolvers' in Promise)),
  },
  {
    name: 'the current zone.js',
    source: 'angular/angular #53507',
    before: npm('zone-current/bundles/zone.umd.js'),
    also: (page) => page.waitForFunction(() => 'Zone' in window),
  },
  {
    name: 'zone.js, whose Promise another polyfill replaces after our script',
    source: 'angular/angular #31724, angular/zone.js #891, angular/zone.js #783',
    before: npm('zone-current/bundles/zone.umd.js'),
    after: npm('bluebird/js/browser/bluebird.min.js') + inline('window.Promise = window.P'),
    also: (page) => page.waitForFunction(() => !('__symbol__' in window.Promise)),
  },
  {
    name: 'Object.prototype with methods that can be enumerated',
    source: 'douglascrockford/JSON-js #10, douglascrockford/JSON-js #12',
    before: inline(`Object.prototype.toJSONString = function () { return 'broken' };
      Object.prototype.extend = function () {}`),
    also: (page) => page.waitForFunction(() => 'toJSONString' in {}),
  },
  {
    name: 'Bluebird in place of Promise',
    source: 'open-telemetry/opentelemetry-js #4354',
    before: npm('bluebird/js/browser/bluebird.min.js') + inline('window.Promise = window.P'),
    also: (page) => page.waitForFunction(() => window.Promise.name !== 'Promise'),
  },
  {
    name: 'core-js, which replaces what it considers broken',
    source: 'zloirock/core-js #332, zloirock/core-js #283',
    before: npm('core-js-bundle/minified.js'),
    also: (page) => page.waitForFunction(() => '__core-js_shared__' in window),
  },
  {
    name: 'Prototype.js',
    source: 'prototypejs/prototype #338, rrweb-io/rrweb PR #1464',
    // its patches: Array.from ignores the mapping function, and arrays, strings and functions get methods that can be enumerated
    before: inline(`
      Array.from = function (iterable) {
        if (!iterable) return [];
        if ('toArray' in Object(iterable)) return iterable.toArray();
        var length = iterable.length || 0, results = new Array(length);
        while (length--) results[length] = iterable[length];
        return results;
      };
      for (const [name, method] of Object.entries({
        toArray() { return [].slice.call(this) }, each(f) { for (let i = 0; i < this.length; i++) f(this[i], i) },
        first() { return this[0] }, last() { return this[this.length - 1] }, clear() { this.length = 0; return this },
        toJSON() { return '[' + this.map((x) => Object.toJSON(x)).join(', ') + ']' },
        reduce() { return this.length > 1 ? this : this[0] },
        entries() { return this.toArray() }, uniq() { return this.toArray() }, without() { return this.toArray() },
      })) Array.prototype[name] = method;
      Object.toJSON = (value) => String(value);
      String.prototype.toArray = function () { return this.split('') };
      String.prototype.strip = String.prototype.trim; String.prototype.camelize = function () { return this };
      String.prototype.startsWith = function (pattern) { return this.lastIndexOf(pattern, 0) === 0 };
      Function.prototype.bind = function (context) { var method = this, given = [].slice.call(arguments, 1);
        return function () { return method.apply(context, given.concat([].slice.call(arguments))) } };
      Function.prototype.delay = function (s) { return setTimeout(this, s * 1000) };
      Element.prototype.visible = function () { return this.style.display !== 'none' };
      Element.prototype.remove = function () { this.parentNode.removeChild(this); return this };
      window.$ = (id) => document.getElementById(id); window.$A = Array.from;
      document.viewport = {}; window.Hash = window.ObjectRange = window.Enumerable = function () {};
      `),
    also: (page) =>
      page.waitForFunction(() => (Array.from as (...given: unknown[]) => unknown[])([1], () => 2)[0] === 1),
  },
  {
    name: 'a replaced global `self`',
    source: 'browserify/browserify #1636',
    before: inline('function Widget() { self = this; this.origin = "widget" } new Widget()'),
    also: (page) => page.waitForFunction(() => self.origin === 'widget'),
  },
  {
    name: 'navigator.onLine false behind a VPN',
    source: 'mdn/content #30402, TanStack/query #4772',
    before: inline("Object.defineProperty(Navigator.prototype, 'onLine', { get: () => false })"),
  },
  {
    name: 'whatwg-fetch in place of fetch, without streams',
    source: 'JakeChampion/fetch #1454',
    before: inline('delete window.fetch; window.fetch = undefined') + npm('whatwg-fetch/dist/fetch.umd.js'),
    also: (page) => page.waitForFunction(() => 'polyfill' in window.fetch),
  },
  {
    name: 'frozen prototypes, no crypto.randomUUID, Object.groupBy, structuredClone, requestIdleCallback, AbortSignal.any',
    source: 'preactjs/preact #5109, Deltares/fews-web-oc #1507, posit-dev/shinychat PR #187',
    before: inline(`delete Crypto.prototype.randomUUID; delete Object.groupBy; delete window.structuredClone;
      delete window.requestIdleCallback; delete AbortSignal.any; delete AbortSignal.timeout; delete URL.canParse;
      delete URL.parse; delete Array.fromAsync; delete Promise.try; delete Object.hasOwn;
      for (const { prototype } of [Object, Function, Array, String, Number, Boolean, Error, TypeError, Date, RegExp, Promise, Map, Set])
        Object.freeze(prototype);`),
    also: (page) => page.waitForFunction(() => Object.isFrozen(Object.prototype)),
  },
  {
    name: 'DOM clobbering: forms and images with the names of properties that a script reads',
    source: 'vitejs/vite CVE-2024-45812, webpack/webpack CVE-2024-43788',
    body: (embed) => `<img name="currentScript"><img name="readyState"><form name="hidden"></form>
      <form id="prerendering"><input name="defaultView"></form><form id="location"></form><form id="origin"></form>${embed}`,
  },
];
