/** Prints a script for the pages of the security tests: `element`, as it is published, or `lit`, as a host bundles it. */
import { build, createBuilder, type Rolldown } from 'vite';

async function builtElement(): Promise<string> {
  const builder = await createBuilder({ build: { write: false }, logLevel: 'error' });
  return firstChunk(await builder.build(builder.environments['script']!));
}

/** The Lit that a host bundles for itself: its policy is `lit-html`. */
async function builtLit(): Promise<string> {
  const entry = '\0host';
  const code = `import { html, render } from 'lit';
    render(html\`<p id="host">\${'The host has its own Lit.'}</p>\`, document.documentElement.appendChild(document.createElement('div')));`;
  return firstChunk(
    await build({
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
    }),
  );
}

function firstChunk(output: unknown): string {
  const [made] = [output].flat() as Rolldown.RolldownOutput[];
  return made!.output[0].code;
}

process.stdout.write(await (process.argv[2] === 'lit' ? builtLit() : builtElement()));
