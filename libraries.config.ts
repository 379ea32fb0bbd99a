import MagicString from 'magic-string';
import type { Plugin } from 'vite';

/**
 * What the libraries would share with the host page, and the branches no supported browser takes. A pattern that
 * is not found fails the build: after an upgrade of a library, read its new code and adapt the pattern.
 */
const edits: Record<string, readonly (readonly [find: string | RegExp, replacement: string])[]> = {
  'lit-html/lit-html.js': [
    ['createPolicy("lit-html"', 'createPolicy("chekt-connect"'],
    [/,\w+=\w+\.litHtmlPolyfillSupport;.+?litHtmlVersions\?\?=\[\]\)\.push\("[\d.]+"\);/, ';'],
    // Templates here are HTML with values in attributes and children: no directive, no element part, no SVG or MathML.
    [/(function \w\(t,i),s=t,e\)\{if\(i===\w\)return i;let h=void 0.+?,h,e\)\),i\}/, '$1){return i}'],
    [/else t\.startsWith\(\w\)&&\(\w\.push\(\{type:6,index:l\}\),r\.removeAttribute\(t\)\);/, ''],
    [/:6===r\.type&&\(i=new \w\(h,this,t\)\)/, ':0'],
    [/;else\{let t=-1;for\(;-1!==\(t=r\.data\.indexOf.+?length-1\}/, ';'],
    ['2===i?"<svg>":3===i?"<math>":""', '""'],
    ['+(2===i?"</svg>":3===i?"</math>":"")', ''],
    [
      /2===i\|\|3===i\)\{const t=this\.el\.content\.firstChild;t\.replaceWith\(\.\.\.t\.childNodes\)\}/,
      '0);',
    ],
    [/class \w\{constructor\(t,i,s\)\{this\.element=t,this\.type=6.+?\w\(this,t\)\}\}/, ''],
    [/=\{M:h,P:o.+?F:\w\}/, '=0'],
    [/export\{\w as _\$LH,/, 'export{'],
  ],
  'lit-element/lit-element.js': [
    [/,\w+\.litElementHydrateSupport\?\..+?;const \w+=\w+\.litElementPolyfillSupport;.+?;/, ';'],
    [/\(\w+\.litElementVersions\?\?=\[\]\)\.push\("[\d.]+"\);/, ''],
  ],
  '@lit/reactive-element/reactive-element.js': [
    [/,\w+=\w+\.reactiveElementPolyfillSupport/, ''],
    [/case Object:case Array:t=null==t\?t:JSON\.stringify\(t\)/, ''],
    [/case Object:case Array:try\{i=JSON\.parse\(t\)\}catch\(t\)\{i=null\}/, ''],
    [/,\w+\?\.\({ReactiveElement:\w+}\),\(\w+\.reactiveElementVersions\?\?=\[\]\)\.push\("[\d.]+"\)/, ''],
    [/Symbol\.metadata\?\?=.+?litPropertyMetadata\?\?=new WeakMap;/, ''],
    [/const \w+=this\[Symbol\.metadata\];if\(null!==\w+\){.+?elementProperties\.set\(\w+,\w+\)}/, ''],
  ],
  '@lit/reactive-element/css-tag.js': [
    [/if\(this\._\$cssResult\$=!0,\w!==\w\)throw Error\("[^"]+"\);/, ''],
    [/=\w+\.ShadowRoot&&.+?in CSSStyleSheet\.prototype/, '=!0'],
    [/1===(\w+)\.length\?\1\[0\]:\w+\.reduce\(.+?,\1\[0\]\)/, '$1[0]'],
  ],
  'zod/v4/core/core.js': [
    ['globalThis.__zod_globalConfig?.postProcessor', 'undefined'],
    ['(_a = globalThis).__zod_globalConfig ?? (_a.__zod_globalConfig = {});', ''],
    ['globalConfig = globalThis.__zod_globalConfig', 'globalConfig = {}'],
  ],
  // Schemas here are objects of transforms: never asynchronous, run backwards, checked, with a catchall or in a union.
  // A test of dist looks in src for what would need more.
  'zod/v4/core/schemas.js': [
    [/\w+ instanceof Promise/g, 'false'],
    [/ctx\??\.(abortEarly|async)\b(?! ===)/g, 'false'],
    [/ctx\.direction === "backward"/g, 'false'],
    [/core\.globalConfig\.memoizer/g, 'undefined'],
    ['checks.length === 0', 'true'],
    ['catchall = def.catchall;', 'catchall = undefined;'],
    [/, \{\n[^\n]*\n {4}get "~standard"\(\)[^]*?\n\}\);/, ');'],
    [/util\.defineLazyInternal\(inst, "propValues", \(zod\) => \{\n +const shape[^]*?\n {4}\}\);/, ''],
  ],
};

export function isolateLibraries(): Plugin {
  return {
    name: 'isolate-libraries',
    applyToEnvironment: ({ name }) => name === 'script',
    transform: {
      filter: { id: /node_modules/ },
      handler(code, id) {
        const [, patterns] =
          Object.entries(edits).find(([path]) => id.endsWith(`/node_modules/${path}`)) ?? [];
        if (!patterns) return null;
        const text = new MagicString(code);
        for (const [find, replacement] of patterns) {
          const before = text.toString();
          text.replace(find, replacement);
          if (text.toString() === before) this.error(`${id}: found nothing to replace for ${find}`);
        }
        return { code: text.toString(), map: text.generateMap({ hires: true }) };
      },
    },
  };
}
