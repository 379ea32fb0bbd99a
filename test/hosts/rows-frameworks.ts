import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { Row } from './row.js';
import { dealer } from './service-stub.js';

const npm = (file: string) => `<script src="/npm/${file}"></script>`;
const inline = (code: string) => `<script>${code}</script>`;
const app = (script: string) => () => `<div id="app"></div><app-root></app-root>${script}`;
const bundled = (name: string) => `<script src="/bundle/${name}.js"></script>`;

/** The framework has heard the event, and renders its view again without changing the element. */
async function rendersAgain(page: Page): Promise<void> {
  assert.equal(await page.locator('#said').textContent(), dealer.company_name);
  for (const count of ['1', '2']) {
    await page.locator('#again').click();
    await page.locator('#count', { hasText: count }).waitFor();
  }
  await page.locator('chekt-connect:state(authorized)').waitFor();
}

/** Without a build: React 18 and Vue have a file for script tags. */
const react18 = inline(`
  const { createElement: h, useEffect, useRef, useState, StrictMode } = React;
  function App() {
    const element = useRef(null), [count, setCount] = useState(0), [said, say] = useState('');
    useEffect(() => {
      const listening = new AbortController();
      element.current.disabled = false;
      element.current.addEventListener('chekt-connected', ({ detail }) => say(detail.binding.companyName), listening);
      return () => listening.abort();
    }, []);
    return h('main', null, h('button', { id: 'again', onClick: () => setCount(count + 1) }, 'Again'), h('p', { id: 'count' }, count),
      h('p', { id: 'said' }, said), h('chekt-connect', { ref: element, 'external-dealer-id': 'adc-67890', 'service-url': '/chekt',
        'platform-name': 'Northwind Cloud' }));
  }
  ReactDOM.createRoot(document.querySelector('#app')).render(h(StrictMode, null, h(App)));`);

const vue = inline(`
  const application = Vue.createApp({
    data: () => ({ count: 0, said: '' }),
    template: \`<button id="again" @click="count++">Again</button><p id="count">{{ count }}</p><p id="said">{{ said }}</p>
      <chekt-connect external-dealer-id="adc-67890" service-url="/chekt" platform-name="Northwind Cloud" :disabled="false"
        @chekt-connected="said = $event.detail.binding.companyName"></chekt-connect>\`,
  });
  application.config.compilerOptions.isCustomElement = (tag) => tag === 'chekt-connect';
  application.mount('#app');`);

/** Pages that a framework renders; the element comes and goes with its views. */
export const frameworks: readonly Row[] = [
  {
    name: 'React 18, which sets attributes and no properties',
    source: 'react/react #29037',
    body: app(
      npm('react-18/umd/react.production.min.js') +
        npm('react-dom-18/umd/react-dom.production.min.js') +
        react18,
    ),
    also: rendersAgain,
  },
  {
    name: 'React 19, in strict mode',
    source: 'react/react #29037, react/react #35446',
    body: app(bundled('react-19')),
    also: rendersAgain,
  },
  {
    name: 'Vue, with templates compiled on the page',
    source: 'vuejs/vue #7058',
    body: app(npm('vue/dist/vue.global.prod.js') + vue),
    also: rendersAgain,
  },
  { name: 'Svelte', source: 'sveltejs/svelte #15090', body: app(bundled('svelte')), also: rendersAgain },
  {
    name: 'Angular with zone.js, its templates compiled by the JIT compiler',
    source: 'angular/angular #53507, angular/angular #45400',
    before: npm('zone.js/bundles/zone.umd.js'),
    body: app(bundled('angular')),
    also: rendersAgain,
  },
];
