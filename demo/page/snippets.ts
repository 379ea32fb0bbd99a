import type { ChektConnectElement } from '../../src/index.js';
import { byId, make } from './dom.js';
import { copyOnClick } from './notice.js';
import { attributeNames, Settings } from './settings.js';

/** Shows both ways to put this element, with its current attributes, on another page. */
export async function showSnippets(element: ChektConnectElement): Promise<void> {
  const integrity = (await (await fetch('/dist/integrity.json')).json()) as Record<string, string>;
  const lang = Settings.current.choice('lang');
  const ways = { 'Script tag': scriptTag(element, lang, integrity), npm: npm(element, lang) };
  byId('snippets').replaceChildren(
    ...Object.entries(ways).map(([title, text]) => {
      const button = make('button', { type: 'button' }, `Copy: ${title}`);
      copyOnClick(button, () => text);
      const shown = make(
        'pre',
        { tabindex: '0', role: 'region', 'aria-label': title },
        make('code', {}, text),
      );
      return make('section', {}, make('h3', {}, title), shown, button);
    }),
  );
}

function scriptTag(element: ChektConnectElement, lang: string, integrity: Record<string, string>): string {
  const files = ['chekt-connect.js', ...(lang === 'en' ? [] : [`lang/${lang}.js`])];
  const scripts = files.map(
    (file) =>
      `<script src="${location.origin}/dist/${file}"\n  integrity="${integrity[file]}"\n  crossorigin="anonymous" defer></script>`,
  );
  return `${scripts.join('\n')}\n\n${tag(element, lang)}\n`;
}

function npm(element: ChektConnectElement, lang: string): string {
  const { version } = element.constructor as typeof ChektConnectElement;
  const imports = ['chekt-connect/define', ...(lang === 'en' ? [] : [`chekt-connect/lang/${lang}`])];
  const lines = [`// npm install chekt-connect@${version}`, ...imports.map((name) => `import '${name}';`)];
  return `${lines.join('\n')}\n\n// in the HTML of the page\n${tag(element, lang)}\n`;
}

function tag(element: ChektConnectElement, lang: string): string {
  const attributes = attributeNames.flatMap((name) => {
    const value = element.getAttribute(name);
    if (value === null) return [];
    return value === '' ? [name] : [`${name}="${value.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"`];
  });
  const all = [...(lang === 'en' ? [] : [`lang="${lang}"`]), ...attributes];
  return `<chekt-connect\n${all.map((attribute) => `  ${attribute}\n`).join('')}></chekt-connect>`;
}
