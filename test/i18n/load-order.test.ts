import { expect, fixtureSync, html } from '@open-wc/testing';

const source = (file: string) => new URL(`../../src/${file}`, import.meta.url).href;
const element = source('define.ts');
const french = source('element/i18n/lang/fr.ts');

interface Heard {
  readonly page: string;
  readonly seen: readonly string[];
}

/**
 * Opens a page with these module scripts in this order, and returns the headings that it showed, frame by
 * frame.
 */
function open(...scripts: readonly string[]): Promise<readonly string[]> {
  const tags = scripts.map((url) => `<script type="module" src="${url}"></script>`).join('');
  const frame = fixtureSync<HTMLIFrameElement>(html`<iframe title="A page"></iframe>`);
  // the message's source would not do: WebKit names another window there
  const page = crypto.randomUUID();
  frame.srcdoc = `<html lang="fr"><chekt-connect external-dealer-id="a"></chekt-connect>${tags}<script type="module">
    const seen = [];
    const look = () => {
      const heading = document.querySelector('chekt-connect').shadowRoot?.querySelector('label, [part~=authorization] .strong')?.textContent;
      if (heading && heading !== seen.at(-1)) seen.push(heading);
      heading?.startsWith('V') ? parent.postMessage({ page: '${page}', seen }, '*') : requestAnimationFrame(look);
    };
    look();
  </script>`;
  return new Promise((resolve) => {
    addEventListener('message', function listen({ data }: MessageEvent<Heard>) {
      if (data.page !== page) return;
      removeEventListener('message', listen);
      resolve(data.seen);
    });
  });
}

describe('a language file', () => {
  const heading = 'Vérification de la session…';

  it('that loads after the element shows its texts at once', async () => {
    expect(await open(element, french)).to.deep.equal([heading]);
  });

  it('that loads before the element waits for it, and no English is displayed', async () => {
    expect(await open(french, element)).to.deep.equal([heading]);
  });

  it('may be loaded twice', async () => {
    expect(await open(french, element, `${french}?again`)).to.deep.equal([heading]);
  });
});
