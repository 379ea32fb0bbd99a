import { readFileSync, writeFileSync } from 'node:fs';
import { built, root } from './built.js';

/** Puts the hash of the last build into the README's script tag: `npm run build && npm run readme`. */
const { 'chekt-connect.js': integrity } = JSON.parse(built('integrity.json')) as Record<string, string>;
const path = `${root}README.md`;
const readme = readFileSync(path, 'utf8');
writeFileSync(path, readme.replace(/integrity="sha384-[^"]*"/, `integrity="${integrity}"`));
