import { build, type Rolldown } from 'vite';
import { root } from '../package/built.js';

const made = new Map<string, Promise<string>>();

/** Packages that are published as modules only, as a partner bundles them for a page. */
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
};

export function bundle(name: string): Promise<string> {
  const code = made.get(name) ?? make(entries[name]);
  made.set(name, code);
  return code;
}

async function make(code: string | undefined): Promise<string> {
  if (code === undefined) throw new Error('There is no such bundle.');
  const entry = '\0host';
  const output = await build({
    root,
    configFile: false,
    logLevel: 'error',
    plugins: [
      {
        name: 'host',
        resolveId: (id) => (id === entry ? id : undefined),
        load: (id) => (id === entry ? code : undefined),
      },
    ],
    build: { write: false, rolldownOptions: { input: entry, output: { format: 'iife' } } },
  });
  const [first] = [output].flat() as Rolldown.RolldownOutput[];
  return first!.output[0].code;
}
