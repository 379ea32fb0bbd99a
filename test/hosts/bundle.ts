import { compile } from 'svelte/compiler';
import { build, type Rolldown } from 'vite';
import { root } from '../package/built.js';
import { embed } from './walk.js';

const made = new Map<string, Promise<string>>();

const TAG = JSON.stringify(embed);

/** Pages of packages that are published as modules only, bundled as a partner would. */
const entries: Readonly<Record<string, string>> = {
  'lit-router.js': `
    import { LitElement, html } from 'lit';
    import { Router } from '@lit-labs/router';
    customElements.define('host-app', class extends LitElement {
      router = new Router(this, [
        { path: '/', render: () => html\`<slot></slot>\` },
        { path: '/other', render: () => html\`<p id="other">Another view</p>\` },
      ]);
      render() { return html\`<a id="link" href="/other">Other</a>\${this.router.outlet()}\`; }
    });`,
  // the framework renders the element, and renders again at each press of "Again"
  'react-19.js': `
    import { createElement as h, StrictMode, useState } from 'react';
    import { createRoot } from 'react-dom/client';
    function App() {
      const [count, setCount] = useState(0);
      const [said, say] = useState('');
      return h('main', null,
        h('button', { id: 'again', onClick: () => setCount(count + 1) }, 'Again'), h('p', { id: 'count' }, count), h('p', { id: 'said' }, said),
        h('chekt-connect', { 'external-dealer-id': 'adc-67890', 'service-url': '/chekt', 'platform-name': 'Northwind Cloud', disabled: false,
          'onchekt-connected': ({ detail }) => say(detail.binding.companyName) }));
    }
    createRoot(document.querySelector('#app')).render(h(StrictMode, null, h(App)));`,
  'angular.js': `
    import '@angular/compiler';
    import { Component, CUSTOM_ELEMENTS_SCHEMA, provideZoneChangeDetection } from '@angular/core';
    import { bootstrapApplication } from '@angular/platform-browser';
    class App { count = 0; said = ''; account = 'adc-67890' }
    Component({
      selector: 'app-root', standalone: true, schemas: [CUSTOM_ELEMENTS_SCHEMA],
      template: \`<button id="again" (click)="count = count + 1">Again</button><p id="count">{{ count }}</p><p id="said">{{ said }}</p>
        <chekt-connect [externalDealerId]="account" service-url="/chekt" platform-name="Northwind Cloud" [disabled]="false"
          (chekt-connected)="said = $event.detail.binding.companyName"></chekt-connect>\`,
    })(App);
    bootstrapApplication(App, { providers: [provideZoneChangeDetection()] });`,
  'svelte.js': compiled(`
    <script>let count = $state(0); let said = $state('');</script>
    <button id="again" onclick={() => count++}>Again</button><p id="count">{count}</p><p id="said">{said}</p>
    <chekt-connect external-dealer-id="adc-67890" service-url="/chekt" platform-name="Northwind Cloud" disabled={false}
      onchekt-connected={({ detail }) => (said = detail.binding.companyName)}></chekt-connect>`),
  'rrweb.js': `
    import { record } from 'rrweb';
    window.recorded = [];
    record({ maskAllInputs: true, emit: (event) => window.recorded.push(JSON.stringify(event)) });
    document.body.insertAdjacentHTML('beforeend', ${TAG}.replace('<chekt-connect', '<chekt-connect class="' + window.mask + '"'));`,
};

function compiled(source: string): string {
  const { js } = compile(source, { generate: 'client', filename: 'App.svelte', name: 'App' });
  return `${js.code.replace('export default function', 'function')}
    import { mount } from 'svelte';
    mount(App, { target: document.querySelector('#app') });`;
}

export function bundle(name: string): Promise<string> {
  const code = made.get(name) ?? make(entries[name]);
  made.set(name, code);
  return code;
}

async function make(code: string | undefined): Promise<string> {
  if (code === undefined) throw new Error('There is no such bundle: add it to `entries`.');
  const entry = '\0host';
  const output = await build({
    root,
    configFile: false,
    logLevel: 'error',
    mode: 'production',
    define: { 'process.env.NODE_ENV': '"production"', ngDevMode: 'false' },
    plugins: [
      {
        name: 'host',
        resolveId: (id) => (id === entry ? id : undefined),
        load: (id) => (id === entry ? code : undefined),
      },
    ],
    build: { write: false, minify: false, rolldownOptions: { input: entry, output: { format: 'iife' } } },
  });
  const [first] = [output].flat() as Rolldown.RolldownOutput[];
  return first!.output[0].code;
}
