import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import type { Plugin } from 'vite';

/** The Subresource Integrity hash of a file below `dist`. */
const sha384 = (file: string) =>
  `sha384-${createHash('sha384')
    .update(readFileSync(`dist/${file}`))
    .digest('base64')}`;

/** Writes `dist/integrity.json`, from which hosts and the demo take the hashes. */
export function writeIntegrity(files: readonly string[]): void {
  const hashes = Object.fromEntries(files.map((file) => [file, sha384(file)]));
  writeFileSync('dist/integrity.json', `${JSON.stringify(hashes, null, 2)}\n`);
}

/** The demo page loads the element's source in development; once built, it loads the script-tag files with their hashes. */
export const scriptTags = (languages: string): Plugin => ({
  name: 'script-tags',
  transformIndexHtml: {
    order: 'pre',
    handler: (page, { server }) =>
      page.replace(/<script src="\/dist\/([^"]+)\.js"/g, (_, name: string) => {
        if (!server) return `<script vite-ignore src="/dist/${name}.js" integrity="${sha384(`${name}.js`)}"`;
        const source = name === 'chekt-connect' ? 'src/define' : name.replace('lang', languages);
        return `<script type="module" src="/${source}.ts"`;
      }),
  },
});
