import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';

const sources = readdirSync('src/service', { recursive: true })
  .map((name) => `src/service/${String(name)}`)
  .filter((file) => file.endsWith('.ts'));

describe('the sources of the service', () => {
  it('import nothing of Node outside node.ts, so that they run on every runtime', () => {
    assert.ok(sources.length > 50);
    // The published store tests run in Node's test runner.
    const free = sources.filter((file) => file !== 'src/service/node.ts' && !file.includes('store-tests'));
    const found = free.filter((file) =>
      /from 'node:|import\('node:|\bprocess\.(env|pid|on|exit|cwd)\b|\bBuffer\b/.test(
        readFileSync(file, 'utf8'),
      ),
    );
    assert.deepEqual(found, []);
  });

  it('import nothing of the element but the wire', () => {
    for (const file of sources) {
      for (const [, path = ''] of readFileSync(file, 'utf8').matchAll(/from '((?:\.\.\/)+[^']+)'/g)) {
        const target = new URL(path, new URL(file, 'file:///')).pathname;
        assert.match(target, /^\/src\/(service|partner-api)\//, `${file} imports ${path}`);
      }
    }
  });
});
