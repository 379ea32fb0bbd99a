import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { postgresMigrations } from '../../src/service/store/postgres.js';
import { built, languages, manifest, root } from './built.js';
import { partnerProject, run } from './packed.js';

/** The package's dependencies; `pg` is not among them. */
const packages = Object.keys(manifest.dependencies);

const services = [
  ...['index', 'node', 'postgres', 'memory', 'store-tests'],
  ...['chunks/log', 'chunks/pseudonyms', 'chunks/takeover'],
].map((name) => `service/${name}`);

const migrations = postgresMigrations.map(
  ({ version }) => `service/postgres/${String(version).padStart(3, '0')}.sql`,
);

type Project = Awaited<ReturnType<typeof partnerProject>>;

describe('the published package', () => {
  let project: Project;
  before(async () => (project = await partnerProject(packages)));
  after(() => project.close());

  it('contains the files to publish and nothing else', () => {
    const declarations = readdirSync(`${root}src`, { recursive: true })
      .map(String)
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts') && !name.startsWith('build'))
      .map((name) => `dist/${name.replace('.ts', '.d.ts')}`);
    const docs = readdirSync(`${root}docs`, { recursive: true, withFileTypes: true })
      .filter((file) => file.isFile())
      .map(({ parentPath, name }) => relative(root, join(parentPath, name)));
    const withMap = (name: string) => [name, `${name}.map`];
    assert.deepEqual(
      project.files,
      [
        ...['CHANGELOG.md', 'LICENSE', 'README.md', 'SECURITY.md', 'package.json'],
        ...['dist/LICENSES.md', 'dist/custom-elements.json', 'dist/integrity.json', 'dist/index.js'],
        ...['dist/jsx.d.ts', 'dist/vue.d.ts', 'dist/svelte.d.ts'],
        ...[
          'chekt-connect',
          'chunks/chekt-connect-element',
          'chunks/dealer',
          'chunks/version',
          'define',
          'testing',
          'bare',
          ...services,
        ].flatMap((name) => withMap(`dist/${name}.js`)),
        ...migrations.map((file) => `dist/${file}`),
        ...languages.map((language) => `dist/lang/${language}.js`),
        ...declarations,
        ...docs,
      ].sort(),
    );
  });

  it('does nothing when its entries are imported in plain Node', async () => {
    const entries = ['', '/define', '/testing', ...languages.map((language) => `/lang/${language}`)];
    const imports = entries.map((entry) => `import 'chekt-connect${entry}';`);
    await writeFile(join(project.folder, 'host.mjs'), imports.join('\n'));
    assert.deepEqual(await run(process.execPath, ['host.mjs'], { cwd: project.folder }), {
      stdout: '',
      stderr: '',
    });
  });

  it('exports the element and its error, and registers nothing', async () => {
    await writeFile(
      join(project.folder, 'host.mjs'),
      `import * as names from 'chekt-connect';
       console.log(JSON.stringify([
         Object.keys(names).sort(), typeof names.ChektConnectElement.version,
         globalThis.customElements?.get('chekt-connect') ?? null,
       ]));`,
    );
    const { stdout } = await run(process.execPath, ['host.mjs'], { cwd: project.folder });
    const [names, version, registered] = JSON.parse(stdout) as [string[], string, null];
    for (const name of ['ChektConnectElement', 'ChektConnectError']) assert.ok(names.includes(name), name);
    assert.equal(version, 'string');
    assert.equal(registered, null);
  });

  it('provides the service to a project without pg, in plain Node', async () => {
    await writeFile(
      join(project.folder, 'host.mjs'),
      `import * as service from 'chekt-connect/service';
       import { toNodeHandler } from 'chekt-connect/service/node';
       import { postgresStore, postgresMigrations } from 'chekt-connect/service/postgres';
       import { memoryStore } from 'chekt-connect/service/memory';
       import { storeTests } from 'chekt-connect/service/store-tests';
       const tests = [];
       storeTests(memoryStore, { test: (name, run) => tests.push(run) });
       for (const run of tests) await run();
       console.log(JSON.stringify([
         Object.keys(service).sort(), typeof toNodeHandler, postgresStore({ query() {}, transaction() {} }).kind,
         postgresMigrations.length, tests.length > 30,
       ]));`,
    );
    const { stdout, stderr } = await run(process.execPath, ['host.mjs'], { cwd: project.folder });
    assert.equal(stderr, '');
    const names = ['clientSecret', 'createChektService', 'privateKeyJwt', 'toRouteHandlers'];
    assert.deepEqual(JSON.parse(stdout), [names, 'function', 'postgres', migrations.length, true]);
  });

  it('contains each migration that migrate() applies as a file', () => {
    assert.deepEqual(
      postgresMigrations.map(({ sql }) => sql.trimStart()),
      migrations.map((file) => built(file)),
    );
  });

  it('keeps the service out of what a page loads', () => {
    const ofServer = /\b(hono|openid-client|jose|oauth4webapi|pg|PGlite|node:\w+)\b/g;
    const files = [
      'chekt-connect.js',
      'chunks/chekt-connect-element.js',
      'chunks/dealer.js',
      'index.js',
      'define.js',
    ];
    for (const file of files) assert.deepEqual(built(file).match(ofServer) ?? [], [], file);
    assert.ok(built('service/index.js').match(ofServer), 'the expression finds them where they are');
    const { sources } = JSON.parse(built('chekt-connect.js.map')) as { sources: string[] };
    assert.deepEqual(
      sources.filter((source) => /src\/service|hono|openid-client|jose|\/pg\//.test(source)),
      [],
    );
  });

  it('keeps every dependency of the service an import, and its code readable', () => {
    const code = built('service/index.js');
    for (const name of ['hono', 'jose', 'openid-client', 'zod/mini'])
      assert.ok(code.includes(`from "${name}"`), name);
    assert.match(code, /^function createChektService\(/m);
  });

  it("uses the partner's own lit and zod, not a copy", async () => {
    const folder = join(project.folder, 'node_modules/chekt-connect/dist');
    const [element, dealer] = await Promise.all(
      ['chekt-connect-element', 'dealer'].map((name) => readFile(join(folder, `chunks/${name}.js`), 'utf8')),
    );
    assert.match(element!, /from "lit"/);
    assert.match(dealer!, /from "zod\//);
    for (const code of [element!, dealer!]) assert.doesNotMatch(code, /jwt-decode"|litHtmlVersions|ZodError/);
  });
});
