import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { built, manifest, root } from './built.js';

const readme = readFileSync(`${root}README.md`, 'utf8');

describe('the README', () => {
  it('shows the hash of the built file (else: npm run readme)', () => {
    const { 'chekt-connect.js': integrity } = JSON.parse(built('integrity.json')) as Record<string, string>;
    assert.equal(/integrity="(sha384-[^"]*)"/.exec(readme)?.[1], integrity);
  });

  it('names the version of the package in its script tags', () => {
    const versions = [...readme.matchAll(/chekt-connect@([\d.]+)\//g)].map(([, version]) => version);
    assert.ok(versions.length > 0);
    for (const version of versions) assert.equal(version, manifest.version);
  });

  it('begins with the two commands', () => {
    const [first = ''] = /```sh\n[^]*?```/.exec(readme) ?? [];
    assert.match(first, /npm ci && npm start[^]*npm ci && npm test/);
  });
});
