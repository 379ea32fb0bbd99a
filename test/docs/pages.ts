import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url));

/** Every page a person reads, as paths from the root of the repository. */
export const pages: readonly string[] = [
  ...['README.md', 'SECURITY.md', 'CHANGELOG.md', 'CONTRIBUTING.md'],
  ...readdirSync(`${root}docs`, { recursive: true })
    .map((name) => `docs/${String(name)}`)
    .filter((name) => name.endsWith('.md'))
    .sort(),
];

export const read = (page: string) => readFileSync(root + page, 'utf8');

/** A page without its code, in which nothing is a link or a word. */
export function prose(text: string): string {
  return text.replace(/^( *)```[^]*?^\1```/gm, '').replace(/`[^`\n]*`/g, '');
}

/** The anchors of a page, as GitHub makes them of its headings. */
export function anchorsOf(text: string): Set<string> {
  const anchors = new Set<string>();
  for (const [, heading = ''] of text.replace(/^( *)```[^]*?^\1```/gm, '').matchAll(/^#+ (.+)$/gm)) {
    const slug = heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-');
    let anchor = slug;
    for (let count = 1; anchors.has(anchor); count++) anchor = `${slug}-${count}`;
    anchors.add(anchor);
  }
  return anchors;
}

/** Where the links and pictures of a page lead. */
export function linksOf(text: string): string[] {
  return [...prose(text).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
}

/** A block of code, with the line on which it begins. */
export interface Snippet {
  readonly page: string;
  readonly line: number;
  readonly language: string;
  readonly code: string;
}

export function snippetsOf(page: string): Snippet[] {
  const text = read(page);
  return [...text.matchAll(/^( *)```(\w+)\n([^]*?)^\1```/gm)].map((found) => {
    const [, indent = '', language = '', code = ''] = found;
    const line = text.slice(0, found.index).split('\n').length + 1;
    return { page, line, language, code: code.replaceAll(new RegExp(`^${indent}`, 'gm'), '') };
  });
}

/** The block of code that follows the name of its file on a page. */
export function blockOf(text: string, file: string): string {
  const [, code] =
    new RegExp(`\`${file.replaceAll('.', '\\.')}\`[^]*?\`\`\`\\w+\n([^]*?)\`\`\``).exec(text) ?? [];
  if (code === undefined) throw new Error(`The page has no ${file}.`);
  return code;
}
