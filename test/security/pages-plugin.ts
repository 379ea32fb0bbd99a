import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import type { TestRunnerConfig } from '@web/test-runner';

type Middleware = NonNullable<TestRunnerConfig['middleware']>[number];

const prefix = '/__pages/';
const run = promisify(execFile);

/**
 * Serves host pages with any policy and scripts: `/__pages/page?csp=…&scripts=a.js,b.js`. The script-tag file is built from this
 * tree on the first request, as it is published, so that no stale build is tested.
 */
export function pages(): Middleware {
  const scripts = new Map<string, Promise<string>>();
  const script = (name: string) => {
    const made = scripts.get(name) ?? makeScript(name, script);
    scripts.set(name, made);
    return made;
  };
  return async (context, next) => {
    if (!context.path.startsWith(prefix)) return next();
    // nothing of the test runner may get into these pages
    context.respond = false;
    const name = context.path.slice(prefix.length);
    const { searchParams } = context.URL;
    if (name === 'page') return sendPage(context.res, searchParams);
    send(context.res, 'text/javascript', await script(name));
  };
}

function sendPage(response: ServerResponse, wish: URLSearchParams): void {
  const tags = (wish.get('scripts') ?? '')
    .split(',')
    .map((name) => `<script src="${prefix}${name}"></script>`)
    .join('');
  const csp = wish.get('csp');
  if (csp) response.setHeader('Content-Security-Policy', csp);
  send(
    response,
    'text/html',
    `<!doctype html><html lang="en"><title>A host</title>${tags}<body></body></html>`,
  );
}

function send(response: ServerResponse, type: string, body: string): void {
  response.setHeader('Content-Type', `${type}; charset=utf-8`);
  response.setHeader('Cache-Control', 'no-store');
  response.statusCode = 200;
  response.end(body);
}

async function makeScript(name: string, script: (name: string) => Promise<string>): Promise<string> {
  switch (name) {
    case 'chekt-connect.js':
      return built('element');
    case 'chekt-connect-of-another-version.js': {
      const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
      return (await script('chekt-connect.js')).replaceAll(version, '99.0.0');
    }
    case 'host-lit.js':
      return built('lit');
    default:
      if (name.startsWith('npm/')) return readFileSync(`node_modules/${name.slice('npm/'.length)}`, 'utf8');
      return readFileSync(new URL(`pages/${name}`, import.meta.url), 'utf8');
  }
}

/** In a process of its own: the bundler is native code, and its crash must not end the test runner. */
async function built(what: 'element' | 'lit'): Promise<string> {
  const args = ['--import=tsx', 'test/security/build-script.ts', what];
  const { stdout } = await run(process.execPath, args, { maxBuffer: 64 * 1024 * 1024 });
  return stdout;
}
