import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { built, languages, manifest } from './built.js';
import { openSite } from './site.js';

const integrity = JSON.parse(built('integrity.json')) as Record<string, string>;
const element = '<chekt-connect external-dealer-id="adc-67890" token-url="/token"></chekt-connect>';
const tag = (file: string, attributes = '') => `<script src="/dist/${file}" ${attributes}></script>`;
const main = 'chekt-connect.js';

interface Connector {
  readonly ready: Promise<void>;
  connect(companyName: string): Promise<unknown>;
}

describe('a page with the script-tag file', () => {
  let site: Awaited<ReturnType<typeof openSite>>;
  before(async () => (site = await openSite()));
  after(() => site.close());

  const tags = {
    'in the head': `<head>${tag(main)}</head><body>${element}`,
    'async, in the head': `<head>${tag(main, 'async')}</head><body>${element}`,
    'deferred, in the head': `<head>${tag(main, 'defer')}</head><body>${element}`,
    'as a module': `<head>${tag(main, 'type="module"')}</head><body>${element}`,
    'at the end of the body': `<body>${element}${tag(main)}`,
    'with its integrity': `<head>${tag(main, `integrity="${integrity[main]}" crossorigin="anonymous" defer`)}</head><body>${element}`,
  };
  for (const [place, html] of Object.entries(tags))
    it(`shows the element under a strict policy, with the tag ${place}`, async () => {
      const { page, said } = await site.open(html);
      await page.getByText('Sign in with CHeKT').first().waitFor();
      const version = await page.evaluate(
        () => (customElements.get('chekt-connect') as { version?: string }).version,
      );
      assert.equal(version, manifest.version);
      assert.deepEqual(said, []);
      await page.close();
    });

  it('connects through the page’s service, and shows CHeKT’s answer', async () => {
    const dealer = {
      dealer_id: '12345',
      external_dealer_id: 'adc-67890',
      company_name: 'Acme Security Systems, Inc.',
    };
    site.files.set(
      '/service/token',
      JSON.stringify({ token_type: 'Bearer', expires_in: 3600, name: 'Dana Reyes' }),
    );
    const service = 'api-base-url="/service" token-url="/service/token"';
    const { page, said } = await site.open(
      `<head>${tag(main)}</head><body><chekt-connect external-dealer-id="adc-67890" ${service}></chekt-connect>`,
    );
    const connect = (name: string) =>
      page.evaluate(async (companyName) => {
        const connector = document.querySelector('chekt-connect') as unknown as Connector;
        await connector.ready;
        return connector.connect(companyName).catch((error: { code: string }) => error.code);
      }, name);

    await page.getByText('Dana Reyes').waitFor();
    site.files.set('/service/partner/v1/dealers/connect', JSON.stringify({ ...dealer, dealer_id: -1 }));
    assert.equal(await connect('Acme'), 'invalid-response');
    site.files.set('/service/partner/v1/dealers/connect', JSON.stringify({ ...dealer, extra: [1] }));
    assert.deepEqual(await connect('Acme Security'), {
      dealerId: 12345,
      externalDealerId: 'adc-67890',
      companyName: 'Acme Security Systems, Inc.',
    });
    await page.getByText('Acme Security Systems, Inc.').first().waitFor();
    assert.deepEqual(said, []);
    await page.close();
  });

  it('gets no new globals except the version markers of Lit and zod', async () => {
    const all = [main, ...languages.map((language) => `lang/${language}.js`)];
    const [without, loaded] = [
      await site.open(''),
      await site.open(`${all.map((file) => tag(file)).join('')}${element}`),
    ];
    await loaded.page.getByText('Sign in with CHeKT').first().waitFor();
    const names = () => [...Object.getOwnPropertyNames(window), ...Object.getOwnPropertyNames(Symbol)].sort();
    const known = await without.page.evaluate(names);
    const added = (await loaded.page.evaluate(names)).filter((name) => !known.includes(name));
    assert.deepEqual(added, [
      '__zod_globalConfig',
      'litElementVersions',
      'litHtmlVersions',
      'litPropertyMetadata',
      'metadata',
      'reactiveElementVersions',
    ]);
    await Promise.all([loaded.page.close(), without.page.close()]);
  });

  it('logs once that another version is registered, and leaves it alone', async () => {
    const { page, said } = await site.open(
      `<head><script src="/older.js"></script>${tag(main)}</head><body>${element}`,
    );
    assert.equal(said.length, 1);
    assert.ok(said[0]?.includes('0.9.0') && said[0].includes(manifest.version), said[0]);
    const version = await page.evaluate(
      () => (customElements.get('chekt-connect') as { version?: string }).version,
    );
    assert.equal(version, '0.9.0');
    await page.close();
  });

  for (const language of languages)
    it(`is in ${language} when the language file loads before or after the element, with any kind of tag`, async () => {
      const words = `lang/${language}.js`;
      const orders = [
        tag(words) + tag(main),
        tag(main) + tag(words),
        tag(main) + tag(words, 'type="module"'),
      ];
      const texts = await Promise.all(
        orders.map(async (scripts) => {
          const { page, said } = await site.open(
            `<head>${scripts}</head><body lang="${language}">${element}`,
          );
          const shown = page
            .locator('chekt-connect [part~="authorize-button"], chekt-connect button')
            .first();
          await page.waitForFunction(() =>
            document.querySelector('chekt-connect')?.matches(':state(unauthorized)'),
          );
          const text = await shown.textContent();
          assert.deepEqual(said, []);
          await page.close();
          return text;
        }),
      );
      assert.equal(new Set(texts).size, 1);
      assert.doesNotMatch(texts[0] ?? '', /Sign in/);
    });
});
