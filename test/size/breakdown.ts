/**
 * Prints what each module costs in the script-tag file. "brotli" is what the whole file would lose without the
 * module: its marginal cost, so the column does not add up to the size of the file.
 */
import { readFileSync } from 'node:fs';
import { SourceMap, type SourceMapping, type SourceMapPayload } from 'node:module';
import { brotliCompressSync, constants } from 'node:zlib';

const file = process.argv[2] ?? 'dist/chekt-connect.js';
const code = readFileSync(file, 'utf8');
const map = new SourceMap(JSON.parse(readFileSync(`${file}.map`, 'utf8')) as SourceMapPayload);

const brotli = (text: string) =>
  brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } })
    .length;

interface Piece {
  readonly source: string;
  readonly text: string;
}

/** The file cut into pieces, each of one module. */
function pieces(): Piece[] {
  const found: Piece[] = [];
  code.split(/(?<=\n)/).forEach((line, row) => {
    let from = 0;
    let source = '';
    for (let column = 0; column <= line.length; column += 1) {
      const { originalSource: here = '(no source)' } = map.findEntry(row, column) as Partial<SourceMapping>;
      if (here === source && column < line.length) continue;
      if (column > from) found.push({ source, text: line.slice(from, column) });
      from = column;
      source = here;
    }
  });
  return found;
}

const all = pieces();
const whole = brotli(code);
const without = (belongs: (source: string) => boolean) =>
  whole - brotli(all.map(({ source, text }) => (belongs(source) ? '' : text)).join(''));
const bytes = (belongs: (source: string) => boolean) =>
  all.reduce((sum, { source, text }) => sum + (belongs(source) ? Buffer.byteLength(text) : 0), 0);

/** `zod`, `lit-html`, … for what comes from a package, else the folder of the source. */
const group = (source: string) =>
  /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(source)?.[1] ??
  source.replace(/^(.*src)\/?([^/]*\/)?.*$/, 'src/$2');

const print = (title: string, names: string[], belongs: (name: string) => (source: string) => boolean) => {
  const rows = names
    .map((name) => ({ name, raw: bytes(belongs(name)), brotli: without(belongs(name)) }))
    .sort((a, b) => b.brotli - a.brotli || b.raw - a.raw);
  console.log(`\n${'bytes'.padStart(7)} ${'brotli'.padStart(7)}  ${title}`);
  for (const row of rows)
    console.log(`${String(row.raw).padStart(7)} ${String(row.brotli).padStart(7)}  ${row.name}`);
};

const sources = [...new Set(all.map(({ source }) => source))];
console.log(`${file}: ${Buffer.byteLength(code)} bytes, ${whole} with brotli`);
print('package or folder', [...new Set(sources.map(group))], (name) => (source) => group(source) === name);
print('module', sources, (name) => (source) => source === name);
