import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';

/** The Subresource Integrity hash of each script-tag file of the package. */
const integrity = () =>
  JSON.parse(readFileSync('dist/integrity.json', 'utf8')) as Readonly<Record<string, string>>;

/** The demo page loads the element's source in development; once built, it loads the script-tag files with their hashes. */
export const scriptTags = (languages: string): Plugin => ({
  name: 'script-tags',
  transformIndexHtml: {
    order: 'pre',
    handler: (page, { server }) =>
      page.replace(/<script src="\/dist\/([^"]+)\.js"/g, (_, name: string) => {
        if (!server)
          return `<script vite-ignore src="/dist/${name}.js" integrity="${integrity()[`${name}.js`]}"`;
        const source = name === 'chekt-connect' ? 'src/define' : name.replace('lang', languages);
        return `<script type="module" src="/${source}.ts"`;
      }),
  },
});
