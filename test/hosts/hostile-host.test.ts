import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { frameworks } from './rows-frameworks.js';
import { pages } from './rows-pages.js';
import { replacedGlobals } from './rows-globals.js';
import { takers } from './rows-routers.js';
import type { Row } from './row.js';
import { Site } from './site.js';
import { embed, listen, script, walkThrough } from './walk.js';

const kinds: Readonly<Record<string, readonly Row[]>> = {
  'a page with replaced globals': replacedGlobals,
  'a page whose code takes clicks, keys and navigations': takers,
  'a page with its own encoding, document type or policy': pages,
  'a page that a framework renders': frameworks,
};

function htmlOf({ before: first = '', after: last = '', body, headers, script: tag = script }: Row): string {
  const isXml = headers?.['Content-Type']?.includes('xhtml');
  const start = isXml
    ? '<html xmlns="http://www.w3.org/1999/xhtml" lang="en">'
    : '<!doctype html><html lang="en">';
  return `${start}<head><title>A host</title>${first}${tag}${last}</head><body>${(body ?? String)(embed)}</body></html>`;
}

for (const [kind, rows] of Object.entries(kinds))
  describe(kind, { concurrency: 2 }, () => {
    let site: Site;
    before(async () => (site = await Site.open()));
    after(() => site.close());

    for (const row of rows)
      it(`lets a dealer admin sign in, connect and disconnect: ${row.name} (${row.source})`, () =>
        site.visit({}, async (visit) => {
          visit.pages.set('/', { body: htmlOf(row), ...(row.headers && { headers: row.headers }) });
          row.prepare?.(visit);
          const page = await visit.context.newPage();
          const said = listen(page);
          await page.goto(visit.origin);
          await row.arrive?.(page, visit);
          await walkThrough({ page, visit }).catch((error: Error) => {
            throw new Error(`${error.message}\nThe console: ${said.join('\n')}`, { cause: error });
          });
          await row.also?.(page, visit);
          assert.deepEqual(
            said.filter((line) => !row.says?.test(line)),
            [],
          );
        }));
  });
