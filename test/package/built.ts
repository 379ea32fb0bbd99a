import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url));
export const manifest = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as {
  version: string;
  dependencies: Record<string, string>;
  'size-limit': readonly { readonly path: string; readonly limit: string }[];
};

/** Reads a file of the last `npm run build`. */
export const built = (file: string) => readFileSync(`${root}dist/${file}`, 'utf8');

export const languages = readdirSync(`${root}src/element/i18n/lang`).map((file) => file.replace('.ts', ''));

/** The files a page names in a script tag. */
export const scriptTagFiles = ['chekt-connect.js', ...languages.map((language) => `lang/${language}.js`)];
