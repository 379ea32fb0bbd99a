import assert from 'node:assert/strict';
import { copyFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { after, before, describe, it } from 'node:test';
import { build, type Rolldown } from 'vite';
import { manifest, root } from './built.js';
import { partnerProject, run } from './packed.js';

interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: readonly {
    readonly assertionResults: readonly { fullName: string; failureMessages: string[] }[];
  }[];
}

/** `NODES=20,22,24` runs the tests of a host on these versions too, which npm downloads. */
const nodes = ['', ...(process.env['NODES'] ?? '').split(',').filter(Boolean)];

const named = (version: string) => version && `, Node ${version}`;

async function programOf(version: string): Promise<string> {
  if (!version) return process.execPath;
  const args = ['exec', '--yes', `--package=node@${version}`, '--', 'node', '-p', 'process.execPath'];
  const { stdout } = await run('npm', args);
  return stdout.trim();
}

// UI5/webcomponents PR #10782, capricorn86/happy-dom #957, jsdom/jsdom #3444, jsdom/jsdom #3766
describe("a host's unit tests and servers", () => {
  let project: Awaited<ReturnType<typeof partnerProject>>;
  before(async () => {
    project = await partnerProject([
      'lit',
      'zod',
      'vitest',
      'jsdom',
      'happy-dom',
      'jest',
      'jest-environment-jsdom',
      '@lit-labs/ssr',
      'react',
      'react-dom',
    ]);
    await copyFile(
      `${root}test/package/environments/connect.fixture.js`,
      join(project.folder, 'connect.test.js'),
    );
    await writeFile(join(project.folder, 'package.json'), '{ "type": "module" }');
  });
  after(() => project.close());

  for (const [version, environment] of nodes.flatMap(
    (node) =>
      [
        [node, 'jsdom'],
        [node, 'happy-dom'],
      ] as const,
  ))
    it(`mount the element, connect with a stub and see the events in Vitest with ${environment}${named(version)}`, async () => {
      const vitest = join(project.folder, 'node_modules/vitest/vitest.mjs');
      const args = [
        vitest,
        'run',
        '--globals',
        '--environment',
        environment,
        '--reporter',
        'json',
        '--outputFile',
        'report.json',
      ];
      const said = await run(await programOf(version), args, { cwd: project.folder }).catch(
        (error: { stdout: string; stderr: string }) => error,
      );
      const { default: report } = (await import(`${project.folder}/report.json?${environment}${version}`, {
        with: { type: 'json' },
      })) as { default: Report };
      const failed = report.testResults.flatMap(({ assertionResults }) =>
        assertionResults.filter(({ failureMessages }) => failureMessages.length > 0),
      );
      assert.deepEqual(failed, []);
      assert.equal(report.numPassedTests, 13);
      assert.doesNotMatch(said.stderr, /Unhandled|Error:/);
    });

  // jestjs/jest #13834, jestjs/jest #7007, jsdom/jsdom #2524: no fetch, Response or TextDecoder. ES modules need the flag (jestjs/jest #9430)
  for (const version of nodes)
    it(`mount the element, connect with a stub and see the events in Jest with jsdom${named(version)}`, async () => {
      const config = {
        testEnvironment: 'jest-environment-jsdom',
        transform: {},
        setupFiles: ['./setup.js'],
        testMatch: ['**/connect.test.js'],
      };
      await writeFile(
        join(project.folder, 'setup.js'),
        "import { TextDecoder } from 'node:util';\nglobalThis.TextDecoder ??= TextDecoder;\n",
      );
      await writeFile(join(project.folder, 'jest.config.json'), JSON.stringify(config));
      const jest = join(project.folder, 'node_modules/jest/bin/jest.js');
      const { stderr } = await run(
        await programOf(version),
        ['--experimental-vm-modules', jest, '--config', 'jest.config.json'],
        {
          cwd: project.folder,
        },
      ).catch((error: { stderr: string }) => error);
      assert.match(stderr, /Tests: +13 passed, 13 total/);
      assert.doesNotMatch(stderr, /Unhandled|console\.(error|warn)/);
    });

  const inNode = (code: string) =>
    run(process.execPath, ['--input-type=module', '--eval', code], { cwd: project.folder });

  // lit/lit #3907, reown-com/appkit #4286
  it('give the bare tag when Lit renders it on a server', async () => {
    const { stdout } = await inNode(`
      import { render } from '@lit-labs/ssr';
      import { collectResult } from '@lit-labs/ssr/lib/render-result.js';
      import { html } from 'lit';
      import 'chekt-connect/define';
      const tag = html\`<chekt-connect external-dealer-id="adc-67890" .binding=\${null}>Loading</chekt-connect>\`;
      console.log(await collectResult(render(tag)));`);
    const text = stdout
      .replace(/<!--.*?-->/g, '')
      .replace(' >', '>')
      .trim();
    assert.equal(text, '<chekt-connect external-dealer-id="adc-67890">Loading</chekt-connect>');
  });

  it('give the bare tag when React renders it on a server', async () => {
    const { stdout } = await inNode(`
      import { renderToString } from 'react-dom/server';
      import { createElement } from 'react';
      import 'chekt-connect/define';
      console.log(renderToString(createElement('chekt-connect', { 'service-url': '/chekt' })));`);
    assert.equal(stdout.trim(), '<chekt-connect service-url="/chekt"></chekt-connect>');
  });

  // reown-com/appkit #4286, prashantpalikhe/nuxt-ssr-lit #175, zerodevx/zero-md #66: the runtimes of Next, Nuxt and others at the
  // edge choose these conditions, and know no HTMLElement
  for (const conditions of [
    ['edge-light', 'browser'],
    ['workerd', 'worker', 'browser'],
    ['worker'],
    ['node'],
  ])
    it(`give the bare tag where a bundler chooses ${conditions.join(' and ')}`, async () => {
      await writeFile(
        join(project.folder, 'edge.js'),
        `import 'chekt-connect/define'; import 'chekt-connect/testing'; import * as names from 'chekt-connect';
         globalThis.names = Object.keys(names); globalThis.error = new names.ChektConnectError('network', 'x').code;
         globalThis.version = names.ChektConnectElement.version; globalThis.tag = '<chekt-connect></chekt-connect>';`,
      );
      const output = await build({
        ...{
          root: project.folder,
          configFile: false,
          logLevel: 'error',
          resolve: { conditions, mainFields: ['module'] },
        },
        build: {
          write: false,
          rolldownOptions: { input: join(project.folder, 'edge.js'), output: { format: 'iife' } },
        },
      });
      const [bundle] = [output].flat() as Rolldown.RolldownOutput[];
      const edge = createContext({
        URL,
        Request,
        Response,
        Headers,
        fetch,
        AbortController,
        Event,
        EventTarget,
        console,
      });
      runInContext(bundle!.output[0].code, edge);
      assert.equal(edge['tag'], '<chekt-connect></chekt-connect>');
      assert.deepEqual([edge['error'], edge['version']], ['network', manifest.version]);
      const { stdout } = await inNode(
        "console.log(JSON.stringify(Object.keys(await import('chekt-connect'))))",
      );
      assert.deepEqual([...(edge['names'] as string[])].sort(), (JSON.parse(stdout) as string[]).sort());
    });

  it('need no browser to import any entry point', async () => {
    const { stdout, stderr } = await inNode(`
      for (const name of Object.keys(globalThis)) if (/^(navigator|location|document|window)$/.test(name)) delete globalThis[name];
      await import('chekt-connect'); await import('chekt-connect/define'); await import('chekt-connect/testing');
      await import('chekt-connect/lang/fr'); console.log('imported');`);
    assert.equal(stdout.trim(), 'imported');
    assert.equal(stderr, '');
  });
});
