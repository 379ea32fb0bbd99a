import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { en } from '../../src/element/i18n/en.js';
import { generated } from './generated.js';
import { pages, prose, read } from './pages.js';

/** Claims that earlier versions made and that proved false. */
const falseClaims = [
  /a few lines of Lit/i,
  /\bno global,/i,
  /every wait through one module/i,
  /`?test\/?`? mirrors/i,
  /send what cannot be seen\b/i,
];

/** The closed union from the types. */
const [, union = ''] = /type ChektConnectErrorCode =([^;]*);/.exec(read('src/partner-api/errors.ts')) ?? [];
const codes = [...union.matchAll(/'([^']+)'/g)].map(([, code = '']) => code);

describe('docs/events.md', () => {
  it('shows the texts that people read (else: npm run docs)', async () => {
    const page = read('docs/events.md');
    assert.equal(page, await generated('docs/events.md', page));
  });

  it('explains every code of an error', () => {
    assert.equal(codes.length, 12);
    for (const code of codes) assert.match(read('docs/events.md'), new RegExp(`^\\| \`${code}\` `, 'm'));
  });

  it('explains every error that has its own text', () => {
    const page = read('docs/events.md');
    for (const key of Object.keys(en)) {
      const [kind, code = '', apiCode] = key.split('.');
      if (kind !== 'error' || !codes.includes(code)) continue;
      const row = new RegExp(`^\\| \`${code}\` +\\| ${apiCode ? `\`${apiCode}\`` : ''} *\\|`, 'm');
      assert.match(page, row, key);
    }
  });
});

describe('docs/service.md', () => {
  it('lists every page that the service shows a person, with its status', () => {
    const routes = ['authorize', 'callback'].map((route) => `src/service/routes/${route}.ts`);
    const code = [...routes, 'src/service/http/app.ts'].map(read).join('');
    const shown = [...code.matchAll(/status: (\d+),\s+title: ['`](.+)['`],/g)].map(
      ([, status, title = '']) => `${title.replace(/\$\{.*\}/, '{platform}')} ${status}`,
    );
    assert.equal(shown.length, code.match(/\btitle: /g)?.length);
    const section = /## The pages that people see[^]*?\n## /.exec(read('docs/service.md'))?.[0] ?? '';
    const rows = [...section.matchAll(/^\| (\S.*?) +\| (\d+) /gm)].map(
      ([, title, status]) => `${title} ${status}`,
    );
    assert.deepEqual(rows.sort(), [...new Set(shown)].sort());
  });
});

describe('docs/messages.md', () => {
  it('shows every text that can be translated (else: npm run docs)', async () => {
    const page = read('docs/messages.md');
    assert.equal(page, await generated('docs/messages.md', page));
    const keys = [...page.matchAll(/^\| `([\w.-]+)` /gm)].map(([, key]) => key);
    assert.deepEqual(keys, Object.keys(en));
  });
});

describe('the documentation', () => {
  for (const page of pages) {
    it(`repeats no claim that proved false, and spells CHeKT correctly: ${page}`, () => {
      const text = read(page);
      for (const claim of falseClaims) assert.doesNotMatch(text, claim);
      assert.doesNotMatch(prose(text).replaceAll(/\S*@chekt\.com|\]\([^)]*\)/g, ''), /\bC(hekt|HEKT|heKT)\b/);
    });
  }
});
