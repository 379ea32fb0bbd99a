import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { startDemo, type Demo } from '../../demo/server.js';
import { findBrowsers } from '../browsers/find.js';
import { read, root, snippetsOf } from '../docs/pages.js';

/** Inside the repository, so that the packages are found; not in version control. */
const folder = `${root}.cache/playwright-${process.pid}`;

describe('the Playwright example of docs/testing.md', () => {
  let demo: Demo;
  before(async () => void (demo = await startDemo({ platformPort: 0, sandboxPort: 0 })));
  after(async () => {
    await demo.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('connects a dealer on a platform whose CHeKT is the sandbox', async () => {
    const example = snippetsOf('docs/testing.md').find(({ code }) => code.includes('playwright-core'));
    assert.ok(example, 'the page has an example');
    await mkdir(folder, { recursive: true });
    await writeFile(`${folder}/example.mjs`, example.code);
    const { chromium = '' } = findBrowsers();
    const values = {
      PLATFORM: `${demo.platformOrigin}/examples/html/`,
      SANDBOX: demo.sandboxOrigin,
      CHROMIUM: chromium,
    };
    await promisify(execFile)(process.execPath, [`${folder}/example.mjs`], {
      env: { ...process.env, ...values },
      timeout: 60_000,
    });
    const log = await fetch(`${demo.sandboxOrigin}/sandbox/runs/default/log`);
    const entries = (await log.json()) as { operation: string | null; status: number | null }[];
    assert.ok(entries.some(({ operation, status }) => operation === 'connect' && status === 200));
    assert.ok(read('docs/testing.md').includes('npm run sandbox'));
  });
});
