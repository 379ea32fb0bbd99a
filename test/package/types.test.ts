import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { root } from './built.js';
import { partnerProject, run } from './packed.js';

const resolutions = {
  Node16: { module: 'Node16', moduleResolution: 'Node16', skipLibCheck: true },
  // Once is enough to read all declarations themselves, which takes long; those of the language are not ours.
  NodeNext: { module: 'NodeNext', moduleResolution: 'NodeNext', skipDefaultLibCheck: true },
  Bundler: { module: 'ESNext', moduleResolution: 'Bundler', skipLibCheck: true },
};

const page = `
import 'chekt-connect/define';
import 'chekt-connect/lang/fr';
import { ChektConnectElement, ChektConnectError, type Binding, type Messages } from 'chekt-connect';
import { nextEvent, stubPartnerApi, stubTokenSource, type StubbedOutcome } from 'chekt-connect/testing';

const element = document.createElement('chekt-connect');
const same: ChektConnectElement = element;
element.addEventListener('chekt-connected', ({ detail }) => { const binding: Binding = detail.binding; void binding; });
element.addEventListener('chekt-before-connect', (event) => event.waitUntil(Promise.resolve()));
element.addEventListener('click', (event) => event.clientX);
element.getAccessToken = async ({ reason, signal }) => (signal.aborted || reason === 'expired' ? null : 'abc');
element.connect('Acme').then(({ dealerId }) => dealerId.toFixed(), (error: ChektConnectError) => error.outcome);
const messages: Partial<Messages> = {};
element.messages = messages;
ChektConnectElement.addMessages('nl', messages);
// @ts-expect-error there is no such key
ChektConnectElement.addMessages('nl', { noSuchKey: 'x' });
const outcome: StubbedOutcome = 'lost-answer';
element.fetch = stubPartnerApi({ outcome }).fetch;
element.getAccessToken = stubTokenSource(null);
const api = stubPartnerApi({ account: { accountName: 'Acme' }, signIn: null });
api.account = null;
// @ts-expect-error no such field of the account
stubPartnerApi({ account: { name: 'Acme' } });
nextEvent(element, 'chekt-ready', 100);
// @ts-expect-error there is no such outcome
stubPartnerApi({ outcome: 'broken' });
// @ts-expect-error there is no such key
element.messages = { noSuchKey: 'x' };
// @ts-expect-error read-only
element.state = 'connected';
void same;
`;

const react = `
import type {} from 'chekt-connect/jsx';
import type { ChektConnectElement, ChektErrorEvent } from 'chekt-connect';
import { useRef } from 'react';

export function Connect() {
  const ref = useRef<ChektConnectElement>(null);
  return (
    <chekt-connect
      ref={ref} className="card" aria-label="CHeKT" lang="fr" suppressHydrationWarning
      external-dealer-id="adc-67890" api-base-url="/chekt" timeout={20000} disabled={false} binding={null}
      onchekt-connected={(event) => event.detail.binding.dealerId.toFixed()}
    >Please wait</chekt-connect>
  );
}
// @ts-expect-error another event
export const wrong = <chekt-connect onchekt-connected={(event: ChektErrorEvent) => event.detail.error} />;
// @ts-expect-error not a binding
export const alsoWrong = <chekt-connect binding={3} />;
`;

const vue = `
import type {} from 'chekt-connect/vue';
import type { ChektErrorEvent } from 'chekt-connect';
import type { GlobalComponents } from 'vue';

declare const element: InstanceType<GlobalComponents['chekt-connect']>;
type Props = typeof element.$props;
export const props: Props = { 'external-dealer-id': 'adc-67890', binding: null, disabled: true, class: 'card' };
element.$emit('chekt-error', {} as ChektErrorEvent);
// @ts-expect-error not a binding
export const wrong: Props = { binding: 3 };
// @ts-expect-error no such event
element.$emit('chekt-unknown', {} as ChektErrorEvent);
`;

const svelte = `
import type {} from 'chekt-connect/svelte';
import type { SvelteHTMLElements } from 'svelte/elements';

type Props = SvelteHTMLElements['chekt-connect'];
export const props: Props = {
  'external-dealer-id': 'adc-67890', binding: null, disabled: true, class: 'card',
  'onchekt-connected': (event) => event.detail.binding.dealerId.toFixed(),
};
// @ts-expect-error not a binding
export const wrong: Props = { binding: 3 };
`;

const service = `
import pg from 'pg';
import { createChektService, clientSecret, privateKeyJwt, toRouteHandlers, type ChektService, type Store } from 'chekt-connect/service';
import { toNodeHandler } from 'chekt-connect/service/node';
import { postgresStore } from 'chekt-connect/service/postgres';
import { memoryStore } from 'chekt-connect/service/memory';
import { storeTests } from 'chekt-connect/service/store-tests';
import { createServer, type IncomingMessage } from 'node:http';
import { test } from 'node:test';

const client = { issuer: 'https://login.chekt.example', clientId: 'c' };
const stores: readonly Store[] = [postgresStore(new pg.Pool()), memoryStore()];
const chekt: ChektService = createChektService<IncomingMessage & { session?: { userId: string } }>({
  origin: 'https://app.example', platform: { name: 'Northwind' }, partnerApi: { baseUrl: 'https://api.chekt.com' },
  dealerSignIn: { ...client, auth: clientSecret(process.env.A) },
  platformClient: { ...client, auth: privateKeyJwt({ privateKey: 'pem', keyId: 'k', algorithm: 'RS256' }) },
  authenticate: async (request, { native, externalDealerId }) =>
    native.session ? { externalDealerId: externalDealerId ?? request.url, actor: { id: native.session.userId } } : null,
  store: stores[0]!, encryptionKeys: [{ id: 'a', key: 'b' }], on: { connected: (event) => void event.externalDealerId },
});
createServer(toNodeHandler(chekt));
export const { GET, PUT, POST } = toRouteHandlers(chekt);
storeTests(() => memoryStore(), { test });
const answer: Promise<Response> = chekt.fetch(new Request('https://app.example/chekt'), { native: 1, waitUntil() {} });
void answer;
// @ts-expect-error a store is needed
createChektService({ origin: '' });
`;

const options = { noEmit: true, strict: true, target: 'ES2023' };
const places = {
  page: {
    files: { 'page.ts': page, 'react.tsx': react, 'vue.ts': vue, 'svelte.ts': svelte },
    compilerOptions: {
      ...{ ...options, types: [], jsx: 'react-jsx' },
      lib: ['ES2023', 'DOM', 'DOM.Iterable', 'DOM.AsyncIterable'],
    },
  },
  server: {
    files: { 'server.ts': service },
    compilerOptions: { ...options, types: ['node'], lib: ['ES2023'] },
  },
};
const server = ['hono', 'jose', 'openid-client', '@types/node', '@types/pg', 'pg'];

describe('the types of the published package', () => {
  let project: Awaited<ReturnType<typeof partnerProject>>;
  let errors: readonly string[];
  /** Compiles everything in one process, which reads only once what the programs have in common. */
  before(async () => {
    project = await partnerProject(['lit', 'zod', '@types/react', 'vue', 'svelte', ...server]);
    await writeFile(join(project.folder, 'package.json'), '{ "type": "module" }');
    const configs: string[] = [];
    for (const [place, { files, compilerOptions }] of Object.entries(places)) {
      await mkdir(join(project.folder, place));
      for (const [file, text] of Object.entries(files))
        await writeFile(join(project.folder, place, file), text);
      for (const [name, resolution] of Object.entries(resolutions)) {
        const config = {
          compilerOptions: { ...compilerOptions, ...resolution },
          files: Object.keys(files),
        };
        configs.push(`${place}/tsconfig.${name}.json`);
        await writeFile(join(project.folder, configs.at(-1)!), JSON.stringify(config));
      }
    }
    const tsc = join(root, 'node_modules/.bin/tsc');
    const { stdout } = await run(tsc, ['--build', '--pretty', 'false', ...configs], {
      cwd: project.folder,
    }).catch((error: { stdout?: string }) => {
      if (error.stdout) return { stdout: error.stdout };
      throw error;
    });
    errors = stdout.split('\n').filter(Boolean);
  });
  after(() => project.close());

  const names = Object.keys(resolutions).join(', ');
  const inPlace = (place: string) => errors.filter((line) => line.startsWith(`${place}/`));

  it(`hold on a page and in the templates of React, Vue and Svelte with ${names}, where Node is unknown`, () =>
    assert.deepEqual(inPlace('page'), []));

  it(`hold on a server with ${names}, where the DOM is unknown`, () =>
    assert.deepEqual(inPlace('server'), []));

  it('are themselves without an error in both places', () => assert.deepEqual(errors, []));
});
