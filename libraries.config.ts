import MagicString from 'magic-string';
import { parseFragment, serialize, type DefaultTreeAdapterTypes as Tree } from 'parse5';
import { Visitor, type Plugin } from 'vite';

/**
 * What the libraries would share with the host page, and the branches no supported browser takes. A pattern that
 * is not found fails the build: after an upgrade of a library, read its new code and adapt the pattern.
 */
const edits: Record<string, readonly (readonly [find: string | RegExp, replacement: string])[]> = {
  'lit-html/lit-html.js': [
    ['createPolicy("lit-html"', 'createPolicy("chekt-connect"'],
    [/,\w+=\w+\.litHtmlPolyfillSupport;.+?litHtmlVersions\?\?=\[\]\)\.push\("[\d.]+"\);/, ';'],
    // Templates here are HTML, with one value (of a primitive, a template or a list of templates) in an attribute or between
    // elements: no directive, no element part, no node, no SVG, MathML or text-only element. The build compiles all of them.
    [/,h="\$lit\$",o=.+?,l=document/, ',l=document'],
    [/,f="\[ .+?,b=\w\(1\),w=\w\(2\),T=\w\(3\)/, ',b=0,w=0,T=0'],
    [',C=new WeakMap', ''],
    [/function V\(t,i\)\{.+?createHTML\(i\):i\}/, 'function V(t){return void 0!==e?e.createHTML(t):t}'],
    [/const N=\(t,i\)=>.+?class S\{constructor.+?l\+\+\}\}static/, 'class S{static'],
    [/function M\(t,i,s=t,e\)\{.+?,h,e\)\),i\}/, ''],
    [
      /e="number"==typeof s\?this\._\$AC\(t\):\(.+?,s\);if/,
      'e=s;void 0===s.el&&(s.el=S.createElement(V(s.h)));if',
    ],
    [/_\$AC\(t\)\{.+?,i\}/, ''],
    [/:6===r\.type&&\(i=new \w\(h,this,t\)\)/, ':0'],
    [/class \w\{constructor\(t,i,s\)\{this\.element=t,this\.type=6.+?\w\(this,t\)\}\}/, ''],
    [/=\{M:h,P:o.+?F:\w\}/, '={H,N:L,U:z,B:I}'],
    // a part is told its place, and nothing else
    ['new r.ctor(h,r.name,r.strings,this,t)', 'new r.ctor(h,r.name)'],
    [/\(t\?\.creationScope\?\?(\w)\)/, '$1'],
    [/void 0!==s&&\(void 0!==s\.strings\?.+?\),i\+\+/, 's._$$AI(t[i++])'],
    ['get parentNode(){return this._$AM.parentNode}get _$AU(){return this._$AM._$AU}', ''],
    ['get _$AU(){return this._$AM?._$AU??this._$Cv}', ''],
    [
      /constructor\(t,i,s,e\)\{this\.type=2,(this\._\$AH=\w),this\._\$AN=void 0,(this\._\$AA=t,this\._\$AB=i),.+?\}get parentNode\(\)\{.+?get endNode\(\)\{return this\._\$AB\}/,
      'constructor(t,i){$1,$2}',
    ],
    [
      /_\$AI\(t,i=this\)\{t=\w\(this,t,i\),(.+?)&&t!==\w&&(.+?):void 0!==t\.nodeType\?.+?\}/,
      '_$$AI(t){$1&&$2:this.k(t)}',
    ],
    [/for\(this\._\$AP\?\.\(!1,!0,s\);/, 'for(;'],
    [/setConnected\(t\)\{void 0===this\._\$AM.+?\}\}/, '}'],
    [',this,this.options)', ')'],
    ['.u(this.options)', '.u()'],
    // an attribute has one value, and a listener is a function
    [
      /get tagName\(\)\{.+?this\.type=1,(this\._\$AH=\w),this\._\$AN=void 0,(this\.element=t,this\.name=i),.+?o&&!e&&this\.j\(t\)\}/,
      'constructor(t,i){$1,$2}_$$AI(t){t!==this._$$AH&&this.j(this._$$AH=t)}',
    ],
    ['{constructor(){super(...arguments),this.type=3}', '{'],
    ['{constructor(){super(...arguments),this.type=4}', '{'],
    [
      /\{constructor\(t,i,s,e,h\)\{super\(t,i,s,e,h\),this\.type=5\}.+?=this\._\$AH,e=t===(\w)&&.+?\.handleEvent\(t\)\}\}/,
      '{_$$AI(t){this._$$AH===$1&&this.element.addEventListener(this.name,this),this._$$AH=t}handleEvent(t){this._$$AH(t)}}',
    ],
    [
      /const e=s\?\.renderBefore\?\?i;.+?new (\w)\(i\.insertBefore\((\w)\(\),t\).+?return h\._\$AI\(t\),h\}/,
      '(i._$$p??=new $1(i.appendChild($2()),null))._$$AI(t)}',
    ],
  ],
  'lit-element/lit-element.js': [
    [/,\w+\.litElementHydrateSupport\?\..+?;const \w+=\w+\.litElementPolyfillSupport;.+?;/, ';'],
    [/\(\w+\.litElementVersions\?\?=\[\]\)\.push\("[\d.]+"\);/, ''],
    [
      /constructor\(\)\{super\(\.\.\.arguments\),this\.renderOptions.+?return this\.renderOptions\.renderBefore\?\?=t\.firstChild,t\}/,
      '',
    ],
    ['this.hasUpdated||(this.renderOptions.isConnected=this.isConnected),', ''],
    [/this\._\$Do=(\w)\(r,this\.renderRoot,this\.renderOptions\)/, '$1(r,this.renderRoot)'],
    [/connectedCallback\(\)\{super\.connectedCallback\(\),.+?setConnected\(!1\)\}/, ''],
    ['._$litElement$=!0,i', ''],
  ],
  '@lit/reactive-element/reactive-element.js': [
    [/,\w+=\w+\.reactiveElementPolyfillSupport/, ''],
    [/case Object:case Array:t=null==t\?t:JSON\.stringify\(t\)/, ''],
    [/case Object:case Array:try\{i=JSON\.parse\(t\)\}catch\(t\)\{i=null\}/, ''],
    [/,\w+\?\.\({ReactiveElement:\w+}\),\(\w+\.reactiveElementVersions\?\?=\[\]\)\.push\("[\d.]+"\)/, ''],
    [/Symbol\.metadata\?\?=.+?litPropertyMetadata\?\?=new WeakMap;/, ''],
    [/const \w+=this\[Symbol\.metadata\];if\(null!==\w+\){.+?elementProperties\.set\(\w+,\w+\)}/, ''],
    // The one element here has one style sheet, no initializer, and properties with neither converter, state nor useDefault.
    [/static addInitializer\(t\)\{.+?\}/, ''],
    [/void 0!==t\.l&&\(this\.l=\[\.\.\.t\.l\]\),/, ''],
    [',this.constructor.l?.forEach(t=>t(this))', ''],
    ['removeController(t){this._$EO?.delete(t)}', ''],
    ['s.state&&(s.attribute=!1),', ''],
    ['this.prototype.hasOwnProperty(t)&&((s=Object.create(s)).wrapped=!0),', ''],
    [/s=\[\.\.\.r\(t\),\.\.\.o\(t\)\]/, 's=r(t)'],
    [/static finalizeStyles\(s\)\{.+?return i\}/, 'static finalizeStyles(s){return[s]}'],
    ['"string"==typeof t?t.toLowerCase():void 0', 't.toLowerCase()'],
    ['(void 0!==i.converter?.toAttribute?i.converter:u)', 'u'],
    [/"function"==typeof t\.converter\?.+?\?t\.converter:u;/, 'u;'],
    ['r??this._$Ej?.get(e)??r', 'r'],
    [/\|\|i\.useDefault&&i\.reflect&&.+?hasAttribute\(r\._\$Eu\(t,i\)\)/, ''],
    [/\{useDefault:i,reflect:e,wrapped:h\},r\)\{i&&.+?\|\|\(this/, '{reflect:e}){(this'],
    ['this.hasUpdated||i||', 'this.hasUpdated||'],
    [/const t=this\.constructor\.elementProperties;if\(t\.size>0\)for.+?this\.C\(s,void 0,i,e\)\}/, ''],
  ],
  '@lit/reactive-element/css-tag.js': [
    [/if\(this\._\$cssResult\$=!0,\w!==\w\)throw Error\("[^"]+"\);/, ''],
    [/=\w+\.ShadowRoot&&.+?in CSSStyleSheet\.prototype/, '=!0'],
    [/1===(\w+)\.length\?\1\[0\]:\w+\.reduce\(.+?,\1\[0\]\)/, '$1[0]'],
  ],
  // Schemas here are plain objects of transforms: never asynchronous, run backwards, checked, extended, with a catchall or in a
  // union. A test of dist looks in src for what would need more.
  'zod/v4/core/core.js': [
    [/const pp = [^]*?pp\(inst\);/, ''],
    ['(_a = globalThis).__zod_globalConfig ?? (_a.__zod_globalConfig = {});', ''],
    ['globalConfig = globalThis.__zod_globalConfig', 'globalConfig = {}'],
    ['"captureStackTrace" in Error ? Error : null', 'null'],
    [/const initialized = [^\n]+/, ''],
    [/if \(initialized\) \{[^]*?\n {8}\}\n/, ''],
    [/const proto = _\.prototype;[^]*?\n {8}\}\n/, ''],
    [/const Parent = [^]*?\{ value: name \}\);/, ''],
    ['params?.Parent ? newError(Definition) : this', 'this'],
    [/Object\.defineProperty\(_, Symbol\.hasInstance[^]*?\{ value: name \}\);/, ''],
  ],
  'zod/v4/core/util.js': [['"captureStackTrace" in Error ? Error.captureStackTrace : ', '']],
  'zod/v4/core/schemas.js': [
    [/\w+ instanceof Promise/g, 'false'],
    [/ctx\??\.(abortEarly|async)\b(?! ===)/g, 'false'],
    [/ctx\.direction === "backward"/g, 'false'],
    [/core\.globalConfig\.memoizer/g, 'undefined'],
    [/inst \?\? \(inst = \{\}\);[^]*?fn\(inst\);\n {8}\}\n {4}\}/, ''],
    ['checks.length === 0', 'true'],
    ['catchall = def.catchall;', 'catchall = undefined;'],
    [/, \{\n[^\n]*\n {4}get "~standard"\(\)[^]*?\n\}\);/, ');'],
    [/const desc = Object\.getOwnPropertyDescriptor\(def, "shape"\);[^]*?propValues;\n {4}\}\);/, ''],
    ['value ?? (value = _normalized.value);', 'value = def;'],
    ['of value.allKeys', 'of Object.keys(shape)'],
    ['isOptionalOut = optout === "optional"', 'isOptionalOut = false'],
    ['...util.prefixIssues(key, result.issues)', '...result.issues'],
  ],
};

/** Not the floors of the bench, which are built with the same settings. */
const isScriptTag: Plugin['applyToEnvironment'] = ({ config: { build } }) =>
  build.lib && build.lib.entry === 'src/define.ts';

export function isolateLibraries(): Plugin {
  return {
    name: 'isolate-libraries',
    applyToEnvironment: isScriptTag,
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

/** Lit's name for the part that a character before the name of an attribute stands for. */
const PARTS: Readonly<Record<string, string>> = { '.': 'B', '?': 'N', '@': 'U' };

/** The descendants that Lit counts: elements and comments, in the order of the document. */
function* counted(parent: Tree.ParentNode): Generator<Tree.Element | Tree.CommentNode> {
  for (const node of parent.childNodes) {
    if ('tagName' in node || node.nodeName === '#comment') yield node as Tree.Element;
    if ('tagName' in node) yield* counted(node);
  }
}

/**
 * What Lit makes of a template when a page renders it for the first time: its markup, and the place of each value in it.
 * @param strings the texts between the values
 * @throws when a value is in a place that no template here has
 */
export function compileTemplate(strings: readonly string[]): { html: string; parts: string[] } {
  const names: (string | undefined)[] = [];
  const marked = strings.slice(0, -1).map((text, index) => {
    const [attribute, name] = /([.?@]?[a-zA-Z-]+)=$/.exec(text) ?? [];
    names.push(name);
    return attribute ? `${text.slice(0, -attribute.length)}value-${index}` : `${text}<!--value-${index}-->`;
  });
  // what a part shows ends at the next node, so that there has to be one
  const fragment = parseFragment([...marked, strings.at(-1) || '<!--?-->'].join(''));
  const parts: string[] = [];
  const marks: string[] = [];
  [...counted(fragment)].forEach((node, index) => {
    if (!('tagName' in node)) {
      if (!/^value-\d+$/.test(node.data)) return;
      marks.push(node.data);
      node.data = '?';
      parts.push(`{type:2,index:${index}}`);
      return;
    }
    const isValue = ({ name }: { name: string }) => /^value-\d+$/.test(name);
    for (const { name: mark } of node.attrs.filter(isValue)) {
      const [, kind = '', name] =
        /^([.?@]?)(.*)$/.exec(names[Number(mark.slice('value-'.length))] ?? '') ?? [];
      marks.push(mark);
      parts.push(`{type:1,index:${index},name:'${name}',ctor:_$LH.${PARTS[kind] ?? 'H'}}`);
    }
    node.attrs = node.attrs.filter((attribute) => !isValue(attribute));
  });
  if (`${marks}` !== `${names.map((_, index) => `value-${index}`)}`)
    throw new Error(`A value is in no place that is known: ${marked.join('')}`);
  const html = serialize(fragment)
    .replaceAll('<!--?-->', '<?>')
    .replace(/(<[^>]* [\w-]+)=""/g, '$1');
  return { html, parts };
}

/** Does at build time, by Lit's own format of compiled templates, what a page would do when it renders a template for the first time. */
export function compileTemplates(): Plugin {
  return {
    name: 'compile-templates',
    apply: 'build',
    applyToEnvironment: isScriptTag,
    transform: {
      filter: { id: /\/src\/.*\.ts$/, code: /\bhtml`/ },
      handler(code) {
        const text = new MagicString(code);
        const made: string[] = [];
        new Visitor({
          TaggedTemplateExpression: ({ tag, quasi: { quasis, expressions }, start, end }) => {
            if (tag.type !== 'Identifier' || tag.name !== 'html') return;
            const { html, parts } = compileTemplate(quasis.map(({ value }) => value.cooked ?? ''));
            const name = `template${made.length}`;
            made.push(`const ${name}={h:${JSON.stringify(html)},parts:[${parts}]};`);
            const places = [...expressions, { start: end, end }];
            let last = start;
            places.forEach((place, index) => {
              const before = index
                ? index < expressions.length
                  ? ','
                  : ']})'
                : `({_$litType$:${name},values:[${expressions.length ? '' : ']})'}`;
              text.update(last, place.start, before);
              last = place.end;
            });
          },
        }).visit(this.parse(code));
        // in the place of the first character, so that the source map, and with it the size of each module, knows whose it is
        text.update(0, 1, `import { _$LH } from 'lit-html';${made.join('')}${code[0]}`);
        return { code: text.toString(), map: text.generateMap({ hires: true }) };
      },
    },
  };
}
