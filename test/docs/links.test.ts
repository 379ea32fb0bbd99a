import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, it } from 'node:test';
import { anchorsOf, linksOf, pages, read, root } from './pages.js';

const { files } = JSON.parse(read('package.json')) as { files: string[] };
/** npm always publishes these three, whatever `files` says. */
const published = [...files, 'README.md', 'LICENSE', 'package.json'];
const isPublished = (path: string) => published.some((name) => path === name || path.startsWith(`${name}/`));

describe('a link in the documentation', () => {
  for (const page of pages) {
    it(`leads to an existing file and heading: ${page}`, () => {
      for (const target of linksOf(read(page))) {
        if (/^(https?:|mailto:)/.test(target)) continue;
        const [path = '', anchor] = target.split('#');
        const file = path ? normalize(join(dirname(page), path)) : page;
        assert.ok(existsSync(root + file), `${target}: there is no ${file}`);
        if (anchor === undefined) continue;
        assert.ok(anchorsOf(read(file)).has(anchor), `${target}: ${file} has no such heading`);
      }
    });
  }

  it('names an existing file when it is a source path in backticks', () => {
    const named = pages.flatMap((page) =>
      [...read(page).matchAll(/`((?:src|test|demo)\/[\w./-]+)`/g)].map(([, file = '']) => file),
    );
    assert.ok(named.length > 40);
    assert.deepEqual(
      named.filter((file) => !existsSync(root + file)),
      [],
    );
  });

  for (const page of pages.filter(isPublished)) {
    it(`works in the published package, without the repository: ${page}`, () => {
      for (const target of linksOf(read(page))) {
        if (/^(https?:|mailto:|#)/.test(target)) continue;
        const file = normalize(join(dirname(page), target.split('#')[0]!));
        assert.ok(isPublished(file), `${target}: ${file} is not published`);
      }
    });
  }

  it('does not lead to another site', () => {
    const outside = pages.flatMap((page) => linksOf(read(page)).filter((target) => /^https?:/.test(target)));
    assert.deepEqual(outside, []);
  });
});
