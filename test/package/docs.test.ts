import assert from 'node:assert/strict';
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { generated, readManifest } from '../docs/generated.js';
import { blockOf, pages, read, snippetsOf, type Snippet } from '../docs/pages.js';
import { root } from './built.js';
import { partnerProject, run } from './packed.js';

describe('docs/element.md', () => {
  it('is generated from the published manifest (else: npm run docs)', async () => {
    const page = read('docs/element.md');
    assert.equal(page, await generated('docs/element.md', page, readManifest));
  });
});

const common = {
  ...{ noEmit: true, skipLibCheck: true, target: 'ES2023', module: 'ESNext', moduleResolution: 'Bundler' },
  paths: { '@/*': ['./*'] },
  ...{ jsx: 'react-jsx', types: ['node'], lib: ['ES2023', 'DOM', 'DOM.Iterable', 'DOM.AsyncIterable'] },
};
/** TypeScript in strict mode, as partners use it; JavaScript only for names, types and arguments. */
const projects = {
  typescript: { languages: ['ts', 'tsx', 'vue'], options: { ...common, strict: true } },
  javascript: { languages: ['js'], options: { ...common, allowJs: true, checkJs: true, strict: false } },
};

/** JavaScript cannot declare the property that the session of a partner's application adds to a request. */
const isOwnSession = (line: string) =>
  /README\S+\.js\(.*error TS2339: Property 'session' does not exist/.test(line);

describe('the code in the documentation', () => {
  let project: Awaited<ReturnType<typeof partnerProject>>;
  let errors: readonly string[];
  before(async () => {
    const own = ['lit', 'zod', 'hono', '@hono', 'openid-client', 'jose', '@types'];
    project = await partnerProject([
      ...own,
      '@electric-sql',
      'express',
      'fastify',
      'pg',
      'react',
      'vitest',
      'playwright-core',
      'vue',
      'vite',
      '@vitejs/plugin-vue',
    ]);
    await writeFile(join(project.folder, 'package.json'), '{ "type": "module" }');
    // the README shows login.js and the server that imports it
    await cp(`${root}demo/examples/servers/login.js`, join(project.folder, 'login.js'));
    // getting-started.md shows the service of Next.js and the route that imports it
    await mkdir(join(project.folder, 'lib'));
    const service = blockOf(read('docs/getting-started.md'), 'lib/chekt.ts');
    await writeFile(join(project.folder, 'lib/chekt.ts'), service);
    await writeFile(join(project.folder, 'tag.d.ts'), `import 'chekt-connect/define';\n`);
    for (const [name, { languages, options }] of Object.entries(projects)) {
      const snippets = pages.flatMap(snippetsOf).filter(({ language }) => languages.includes(language));
      assert.ok(snippets.length > 4);
      const files = await Promise.all(snippets.map((snippet) => write(project.folder, snippet)));
      const vueCompilerOptions = { strictTemplates: true };
      const config = { compilerOptions: options, vueCompilerOptions, files: ['tag.d.ts', ...files] };
      await writeFile(join(project.folder, `tsconfig.${name}.json`), JSON.stringify(config));
    }
    // one process, which reads only once what the projects have in common
    const configs = Object.keys(projects).map((name) => `tsconfig.${name}.json`);
    const { stdout } = await run(
      process.execPath,
      [`${root}node_modules/vue-tsc/bin/vue-tsc.js`, '--build', '--pretty', 'false', ...configs],
      { cwd: project.folder },
    ).catch((failed: { stdout?: string }) => {
      if (failed.stdout) return { stdout: failed.stdout };
      throw failed;
    });
    errors = stdout.split('\n').filter((line) => line && !isOwnSession(line));
  });
  after(() => project.close());

  for (const [name, { languages }] of Object.entries(projects)) {
    it(`compiles against the package as it is published: ${name}`, () => {
      const isMine = (line: string) => languages.some((language) => line.includes(`.${language}(`));
      assert.deepEqual(errors.filter(isMine), []);
    });
  }

  it('is compiled without any other error', () => assert.deepEqual(errors, []));
});

/** Names the file by page and line, for the compiler's messages. An added line makes it a module. */
async function write(folder: string, { page, line, language, code }: Snippet): Promise<string> {
  const file = `${page.replaceAll(/[^\w]+/g, '-')}-line-${line}.${language}`;
  await writeFile(join(folder, file), language === 'vue' ? code : `${code}\nexport {};\n`);
  return file;
}
