import { writeFileSync } from 'node:fs';

/** The generated types of what a template may set on `<chekt-connect>`, one file for each framework. */
const head = `// Generated from custom-elements.json.
import type { ChektConnectElement, ChektConnectEventMap } from './index.js';
`;

const templates = {
  jsx: `import type { DetailedHTMLProps, HTMLAttributes } from 'react';

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'chekt-connect': DetailedHTMLProps<HTMLAttributes<ChektConnectElement>, ChektConnectElement> &
        Attributes &
        Properties &
        Listeners;
    }
  }
}
`,
  vue: `import type { EmitFn, HTMLAttributes, PublicProps } from 'vue';

type Emits = { [Name in keyof ChektConnectEventMap]: (event: ChektConnectEventMap[Name]) => void };

declare module 'vue' {
  interface GlobalComponents {
    'chekt-connect': new () => ChektConnectElement & {
      /** @deprecated Only for the check of templates. */
      $props: HTMLAttributes & PublicProps & Attributes & Properties;
      /** @deprecated Only for the check of templates. */
      $emit: EmitFn<Emits>;
    };
  }
}
`,
  svelte: `import type { HTMLAttributes } from 'svelte/elements';

declare module 'svelte/elements' {
  interface SvelteHTMLElements {
    'chekt-connect': HTMLAttributes<ChektConnectElement> & Attributes & Properties & Listeners;
  }
}
`,
};

const listeners = `
type Listeners = { [Name in keyof ChektConnectEventMap as \`on\${Name}\`]?: (event: ChektConnectEventMap[Name]) => void };
`;

const doc = ({ description }) => (description ? `  /** ${description.replace(/\s+/g, ' ')} */\n` : '');

function props({ attributes, members }) {
  const lines = attributes.map((attribute) => {
    const type = attribute.type?.text.includes('boolean') ? 'boolean' : 'string | number';
    return `${doc(attribute)}  '${attribute.name}'?: ${type} | undefined;\n`;
  });
  const settable = members.filter(({ kind, static: own, readonly }) => kind === 'field' && !own && !readonly);
  const names = settable.map(({ name }) => `'${name}'`).join(' | ');
  return `
interface Attributes {
${lines.join('')}}
type Properties = Partial<Pick<ChektConnectElement, ${names}>>;
`;
}

/** Reduces the manifest to the published files and public members, and writes the types for templates from it. */
const published = {
  name: 'published',
  packageLinkPhase({ customElementsManifest: manifest }) {
    const element = manifest.modules
      .flatMap(({ declarations }) => declarations)
      .find(({ customElement }) => customElement);
    const isPublic = ({ name, privacy = 'public' }) =>
      privacy === 'public' && !name.startsWith('#') && !name.endsWith('Callback');
    element.members = element.members.filter(isPublic);
    const declaration = { name: element.name, module: 'dist/index.js' };
    manifest.modules = [
      {
        kind: 'javascript-module',
        path: 'dist/index.js',
        declarations: [element],
        exports: [{ kind: 'js', name: element.name, declaration }],
      },
      {
        kind: 'javascript-module',
        path: 'dist/define.js',
        declarations: [],
        exports: [{ kind: 'custom-element-definition', name: element.tagName, declaration }],
      },
    ];
    for (const [name, template] of Object.entries(templates))
      writeFileSync(
        `dist/${name}.d.ts`,
        head + template.replace('\n\n', `\n${props(element)}${listeners}\n`),
      );
  },
};

export default {
  globs: ['src/element/chekt-connect-element.ts'],
  outdir: 'dist',
  litelement: true,
  packagejson: false,
  plugins: [published],
};
