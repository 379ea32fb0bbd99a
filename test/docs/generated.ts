import { readFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { en } from '../../src/element/i18n/en.js';

/** The part of `custom-elements.json` from which the reference is made. */
interface Member {
  readonly kind: string;
  readonly name: string;
  readonly static?: boolean;
  readonly readonly?: boolean;
  readonly description?: string;
  readonly attribute?: string;
  readonly type?: { readonly text: string };
  readonly return?: { readonly type: { readonly text: string } };
  readonly parameters?: readonly { readonly name: string; readonly optional?: boolean }[];
}
interface Named {
  readonly name: string;
  readonly description?: string;
  readonly default?: string;
  readonly fieldName?: string;
  readonly type?: { readonly text: string };
}
interface Declaration {
  readonly attributes: readonly Named[];
  readonly members: readonly Member[];
  readonly events: readonly Named[];
  readonly slots: readonly Named[];
  readonly cssParts: readonly Named[];
  readonly cssProperties: readonly Named[];
  readonly cssStates: readonly Named[];
}

const code = (text: string) => `\`${text}\``;
const cell = (text = '') => text.replace(/\s+/g, ' ').replaceAll('|', '\\|');

function table(header: readonly string[], rows: readonly (readonly (string | undefined)[])[]): string {
  const line = (cells: readonly (string | undefined)[]) => `| ${cells.map(cell).join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}

const described = (list: readonly Named[], header: string) =>
  table(
    [header, 'what it is'],
    list.map(({ name, description, default: value }) => [
      name ? code(name) : '(default)',
      value === undefined ? description : `${description} Default: ${code(value)}.`,
    ]),
  );

function methods(list: readonly Member[]): string {
  return table(
    ['method', 'returns', 'what it does'],
    list.map(({ name, parameters = [], return: returned, description }) => [
      code(
        `${name}(${parameters.map((parameter) => parameter.name + (parameter.optional ? '?' : '')).join(', ')})`,
      ),
      code(returned?.type.text ?? 'void'),
      description,
    ]),
  );
}

/** The generated parts of docs/element.md. */
function elementParts(manifest: string): Record<string, string> {
  const { modules } = JSON.parse(manifest) as {
    modules: readonly { readonly declarations: readonly Declaration[] }[];
  };
  const [element] = modules[0]!.declarations;
  const { attributes, members, events, slots, cssParts, cssProperties, cssStates } = element!;
  const own = members.filter((member) => !member.static);
  const typed = (list: readonly Member[]) =>
    table(
      ['property', 'type', 'meaning'],
      list.map(({ name, type, readonly, description }) => [
        code(name),
        code(type?.text ?? '') + (readonly ? ', read-only' : ''),
        description,
      ]),
    );
  const isMethod = ({ kind }: Member) => kind === 'method';
  const statics = members.filter((member) => member.static);
  return {
    attributes: table(
      ['attribute', 'property', 'meaning'],
      attributes.map(({ name, fieldName, description }) => [code(name), code(fieldName ?? ''), description]),
    ),
    properties: typed(own.filter((member) => !isMethod(member) && !member.attribute)),
    methods: methods(own.filter(isMethod)),
    static: `${typed(statics.filter((member) => !isMethod(member)))}\n\n${methods(statics.filter(isMethod))}`,
    events: table(
      ['event', 'class', 'when'],
      events.map(({ name, type, description }) => [code(name), code(type?.text ?? ''), description]),
    ),
    states: described(cssStates, 'state'),
    slots: described(slots, 'slot'),
    parts: described(cssParts, 'part'),
    css: described(cssProperties, 'custom property'),
  };
}

/**
 * What a person reads: the title, if the failure has one, and the sentence. @throws for a key without a text
 */
function textOf(key: string): string {
  const texts = en as Readonly<Record<string, string>>;
  const found = [texts[`title.${key}`], texts[`error.${key}`] ?? texts[key]].filter(Boolean);
  if (!found.length)
    throw new Error(
      `docs/events.md names ${key}, but no text has this key. Correct the key, or add the text.`,
    );
  return `“${found.join(found[0]!.endsWith('.') ? ' ' : '. ')}”`;
}

/** The texts of docs/messages.md, in the order and the groups of the source: each comment in it begins a group. */
function messageTables(): string {
  const [, ...groups] = readPage('src/element/i18n/en.ts').split(/^ {2}\/\/ /m);
  const texts: Readonly<Record<string, string>> = en;
  return groups
    .map((group) => {
      const title = group.slice(0, group.indexOf('\n'));
      const keys = [...group.matchAll(/^ {2}'?([\w.-]+)'?:/gm)].map(([, key = '']) => key);
      const rows = keys.map((key) => [code(key), texts[key]]);
      return `## ${title[0]!.toUpperCase()}${title.slice(1)}\n\n${table(['key', 'English text'], rows)}`;
    })
    .join('\n\n');
}

/** Fills the generated parts of a page. `<!-- text:conflict -->` names the text to show. */
export async function generated(page: string, source: string, manifest?: () => string): Promise<string> {
  let text = source.replace(
    /<!-- text:([\w.-]+) -->[^|\n]*/g,
    (_, key: string) => `<!-- text:${key} --> ${textOf(key)} `,
  );
  text = text.replace(
    /(<!-- begin messages -->)[^]*?(<!-- end messages -->)/,
    (_, begin: string, end: string) => `${begin}\n\n${messageTables()}\n\n${end}`,
  );
  if (manifest) {
    for (const [name, part] of Object.entries(elementParts(manifest()))) {
      const block = new RegExp(`(<!-- begin ${name} -->)[^]*?(<!-- end ${name} -->)`);
      if (!block.test(text))
        throw new Error(
          `${page} has no place for ${name}. Add the comments that mark its beginning and end.`,
        );
      text = text.replace(block, (_, begin: string, end: string) => `${begin}\n\n${part}\n\n${end}`);
    }
  }
  return format(text, { ...(await resolveConfig(page)), parser: 'markdown' });
}

export const root = new URL('../../', import.meta.url);
export const readPage = (page: string) => readFileSync(new URL(page, root), 'utf8');
export const readManifest = () => readPage('dist/custom-elements.json');
