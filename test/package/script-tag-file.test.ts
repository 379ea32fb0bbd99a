import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { describe, it } from 'node:test';
import { runInNewContext } from 'node:vm';
import { parseSync } from 'vite';
import { built, languages, manifest, root, scriptTagFiles } from './built.js';

const file = built('chekt-connect.js');

/** The statements of the single function in a script-tag file. Fails if there is anything beside it. */
function statements(code: string) {
  const [directive, call, ...rest] = parseSync('file.js', code, {
    sourceType: 'script',
    preserveParens: false,
  }).program.body;
  assert.ok(directive?.type === 'ExpressionStatement' && directive.directive === 'use strict');
  assert.ok(call?.type === 'ExpressionStatement' && call.expression.type === 'UnaryExpression');
  const { argument } = call.expression;
  assert.ok(argument.type === 'CallExpression');
  assert.deepEqual(rest, []);
  const { callee } = argument;
  assert.ok(callee.type === 'FunctionExpression' || callee.type === 'ArrowFunctionExpression');
  assert.ok(callee.body?.type === 'BlockStatement');
  return callee.body.body;
}

/** Compares so that a failure prints the match and not the whole file. */
const absent = (pattern: RegExp, code = file) => assert.equal(pattern.exec(code)?.[0], undefined);

/** The beginning of a statement, enough to recognize it. */
const source = (code: string, { start, end }: { start: number; end: number }) =>
  code.slice(start, Math.min(end, start + 300));

describe('the script-tag file', () => {
  it('checks first whether another copy has run, and then does nothing', () => {
    const [loaded, guard] = statements(file);
    assert.ok(loaded && guard?.type === 'IfStatement');
    assert.match(
      source(file, loaded),
      /^(let|const|var) \w+=customElements\.get\([`'"]chekt-connect[`'"]\);$/,
    );
    assert.match(source(file, guard.consequent), /^return console\.warn\(`[^`]+`\);$/);
  });

  it('begins with the compile hint, which only works there', () => {
    assert.match(file, /^\/\/# allFunctionsCalledOnLoad\n\/\*!/);
  });

  it('logs both versions once and touches nothing else when another copy has run', () => {
    const warnings: unknown[][] = [];
    const page = {
      customElements: {
        get: (name: string) => (name === 'chekt-connect' ? { version: '0.9.0' } : undefined),
      },
      console: { warn: (...words: unknown[]) => warnings.push(words) },
    };
    // The sandbox has nothing else of a page, so any step beyond the guard would throw.
    runInNewContext(file, page);
    assert.equal(warnings.length, 1);
    assert.match(String(warnings[0]), /0\.9\.0/);
    assert.ok(String(warnings[0]).includes(manifest.version));
    assert.deepEqual(Object.keys(page), ['customElements', 'console']);
  });

  it('has its own Trusted Types policy', () => {
    assert.match(/createPolicy\(.{20}/.exec(file)?.[0] ?? '', /\([`'"]chekt-connect[`'"]/);
    absent(/lit-html[`'"]/);
  });

  it('makes no code or markup from text, except where a template of Lit is created, in HTML and in XHTML', () => {
    absent(/\beval\b|\bFunction\(|document\.write|insertAdjacentHTML|outerHTML/);
    assert.equal(file.match(/\.innerHTML\b/g)?.length, 2);
  });

  it('loads nothing else', () => {
    absent(/\bimport\s*[("'`{]|\bimport\.meta|importScripts|createElement\([`'"](script|link)/);
  });

  it('names each included package with its owner and license, whose text is in LICENSES.md', () => {
    const { sources } = JSON.parse(built('chekt-connect.js.map')) as { sources: string[] };
    const inside = sources.flatMap((path) => /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? []);
    const [notice = ''] = /\/\*! @license[^]*?\*\//.exec(file) ?? [];
    const texts = built('LICENSES.md');
    assert.ok(inside.includes('lit-html') && inside.includes('zod'));
    for (const name of new Set(inside)) {
      assert.match(
        notice,
        new RegExp(`^(.*, )?${name}(, .*)?: (MIT|BSD-3-Clause), Copyright \\(c\\) \\d+ \\w`, 'm'),
      );
      assert.match(texts, new RegExp(`^## ${name} - [\\d.]+ \\((MIT|BSD-3-Clause)\\)`, 'm'));
      const [owner] =
        /^Copyright .*?(?=\. |$)/m.exec(readFileSync(`${root}node_modules/${name}/LICENSE`, 'utf8')) ?? [];
      assert.ok(owner && notice.includes(owner) && texts.includes(owner), owner);
    }
    assert.match(texts, /Redistribution and use in source and binary forms/);
    assert.match(texts, /The above copyright notice and this permission notice/);
  });
});

for (const name of scriptTagFiles)
  it(`${name} is pure ASCII, so that the encoding of the page does not matter`, () => {
    absent(/.{0,20}\P{ASCII}/u, built(name));
  });

for (const language of languages) {
  describe(`the file of language ${language}`, () => {
    const code = built(`lang/${language}.js`);

    it('is one script that neither imports nor exports', () => {
      assert.ok(statements(code).length > 0);
    });

    it('passes its texts to the element, even if the element is defined later', async () => {
      const added: unknown[][] = [];
      let define = (element: object): void => assert.fail(JSON.stringify(element));
      const defined = new Promise<object>((resolve) => (define = resolve));
      runInNewContext(code, { customElements: { whenDefined: () => defined } });
      define({ addMessages: (...args: unknown[]) => added.push(args) });
      await defined;
      assert.equal(added[0]?.[0], language);
    });
  });
}

describe('integrity.json', () => {
  it('contains the hash of each script-tag file and of nothing else', async () => {
    const digest = async (name: string) =>
      Buffer.from(await crypto.subtle.digest('SHA-384', Buffer.from(built(name)))).toString('base64');
    const hashes = await Promise.all(
      scriptTagFiles.map(async (name) => [name, `sha384-${await digest(name)}`]),
    );
    assert.deepEqual(JSON.parse(built('integrity.json')), Object.fromEntries(hashes));
  });
});

describe('the source maps', () => {
  const maps = readdirSync(`${root}dist`, { recursive: true })
    .map(String)
    .filter((name) => name.endsWith('.map'));

  it('exist for the script-tag file and the ES modules', () => {
    for (const name of ['chekt-connect.js', 'define.js']) {
      assert.ok(maps.includes(`${name}.map`));
      assert.ok(built(name).trimEnd().endsWith(`//# sourceMappingURL=${name}.map`));
    }
  });

  for (const name of maps)
    it(`of ${name} include the sources and name no local path`, () => {
      const map = JSON.parse(built(name)) as { sources: string[]; sourcesContent: string[] };
      assert.ok(map.sources.length > 0);
      assert.equal(map.sourcesContent.filter(Boolean).length, map.sources.length);
      for (const path of map.sources) assert.match(path, /^(src|node_modules)\//);
    });
});
