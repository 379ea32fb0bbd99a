import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { languages, root } from './built.js';
import { partnerProject, run } from './packed.js';

type Project = Awaited<ReturnType<typeof partnerProject>>;

describe('the published package', () => {
  let project: Project;
  before(async () => (project = await partnerProject(['lit', 'zod'])));
  after(() => project.close());

  it('holds what is published and nothing else', () => {
    const declarations = readdirSync(`${root}src`, { recursive: true })
      .map(String)
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts'))
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
        ...['chekt-connect', 'chunks/chekt-connect-element', 'define'].flatMap((name) =>
          withMap(`dist/${name}.js`),
        ),
        ...languages.map((language) => `dist/lang/${language}.js`),
        ...declarations,
        ...docs,
      ].sort(),
    );
  });

  for (const entry of ['', '/define', ...languages.map((language) => `/lang/${language}`)])
    it(`does nothing when chekt-connect${entry} is imported in plain Node`, async () => {
      await writeFile(join(project.folder, 'host.mjs'), `import 'chekt-connect${entry}';\n`);
      assert.deepEqual(await run(process.execPath, ['host.mjs'], { cwd: project.folder }), {
        stdout: '',
        stderr: '',
      });
    });

  it('gives the element and its error to an importer, and registers nothing', async () => {
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

  it('brings lit and zod from the project of the partner, not a copy', async () => {
    const folder = join(project.folder, 'node_modules/chekt-connect/dist');
    const code = await readFile(join(folder, 'chunks/chekt-connect-element.js'), 'utf8');
    assert.match(code, /from "lit"/);
    assert.match(code, /from "zod\//);
    assert.doesNotMatch(code, /jwt-decode"|litHtmlVersions|ZodError/);
  });
});
