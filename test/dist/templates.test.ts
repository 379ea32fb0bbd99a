import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { build, type Plugin } from 'vite';
import { compileTemplate } from '../../libraries.config.js';
import { minifyTemplates } from '../../vite.config.js';

/** What the build makes of a source file that has this code. */
async function minified(code: string) {
  const source: Plugin = { name: 'source', enforce: 'pre', resolveId: (id) => id, load: () => code };
  const result = await build({
    configFile: false,
    logLevel: 'silent',
    plugins: [source, minifyTemplates()],
    build: {
      write: false,
      minify: false,
      lib: { entry: '/src/view.ts', formats: ['es'] },
      rolldownOptions: { external: 'lit' },
    },
  });
  assert.ok(Array.isArray(result) && result[0]);
  return result[0].output[0].code;
}

const shown = async (template: string) =>
  /`([^]*)`/.exec(await minified(`import { html } from 'lit';\nexport const x = html\`${template}\`;`))?.[1];

const sheet = async (css: string) =>
  /`([^]*)`/.exec(await minified(`import { css } from 'lit';\nexport const x = css\`${css}\`;`))?.[1];

describe('a template in the script-tag file', () => {
  it('has one space where the source has a run of white space', async () => {
    assert.equal(
      await shown('\n  <p\n    class="a"\n    ?hidden=${y}\n  >\n    one   two\n  </p>\n'),
      ' <p class="a" ?hidden=${y} > one two </p> ',
    );
  });

  it('keeps the space between words and inline elements, and adds none', async () => {
    assert.equal(
      await shown('<b>${a}</b>\n <i>${b}</i><u>c</u> ${d}${e}'),
      '<b>${a}</b> <i>${b}</i><u>c</u> ${d}${e}',
    );
  });

  it('keeps spaces that HTML does not collapse', async () => {
    assert.equal(await shown('10\u00a0\u00a0km'), '10\u00a0\u00a0km');
  });

  it('keeps what is escaped in the source', async () => {
    assert.equal(await shown('<p title="\\`\\${x}\\n"></p>'), '<p title="\\`\\${x}\\n"></p>');
  });

  it('minifies a template inside a template', async () => {
    assert.match(
      await minified('export const x = html`<p>  ${y ? html`<b>  </b>` : z}  </p>`'),
      /html`<p> \$\{.*html`<b> <\/b>`.*\} <\/p>`/,
    );
  });

  it('leaves other text alone', async () => {
    assert.match(await minified('export const x = `a   b`, y = text`c   d`;'), /`a {3}b`.*`c {3}d`/s);
  });
});

describe('a template that the build compiles', () => {
  const compiled = (strings: TemplateStringsArray, ...values: unknown[]) => {
    assert.equal(strings.length, values.length + 1);
    return compileTemplate(strings);
  };

  it('has the place of each value as Lit counts it: elements and comments, not texts', () => {
    assert.deepEqual(compiled`<p>a ${0} <b>b</b> ${0}</p><i class=${0}></i>`, {
      html: '<p>a <?> <b>b</b> <?></p><i></i>',
      parts: ['{type:2,index:1}', '{type:2,index:3}', "{type:1,index:4,name:'class',ctor:_$LH.H}"],
    });
  });

  it('has attributes, properties, flags and listeners by their own names', () => {
    assert.deepEqual(
      compiled`<input part="a" aria-label=${0} ?readonly=${0} .textContent=${0} @click=${0} required />`,
      {
        html: '<input part="a" required>',
        parts: [
          "{type:1,index:0,name:'aria-label',ctor:_$LH.H}",
          "{type:1,index:0,name:'readonly',ctor:_$LH.N}",
          "{type:1,index:0,name:'textContent',ctor:_$LH.B}",
          "{type:1,index:0,name:'click',ctor:_$LH.U}",
        ],
      },
    );
  });

  it('has a node after a value at its end, as Lit has', () => {
    assert.equal(compiled`${0} ${0}`.html, '<?> <?><?>');
    assert.equal(compiled`<p></p>${0} `.html, '<p></p><?> ');
  });

  it('keeps text as it is, and an attribute that looks empty in it', () => {
    assert.equal(compiled`<p>a="" &lt;b c=""&gt; \u00a0</p>`.html, '<p>a="" &lt;b c=""&gt; &nbsp;</p>');
  });

  it('refuses a value where no template here has one', () => {
    assert.throws(() => compiled`<p ${0}></p>`, /in no place that is known/);
    assert.throws(() => compiled`<p class="a ${0}"></p>`, /in no place that is known/);
    assert.throws(() => compiled`<textarea>${0}</textarea>`, /in no place that is known/);
    assert.throws(() => compiled`<p a=${0}1></p>`, /in no place/);
    assert.throws(() => compiled`<table><tr a=${0}></tr><p b=${0}></p></table>`, /in no place/);
  });
});

describe('a style sheet in the script-tag file', () => {
  it('has no comment and no white space of the source', async () => {
    assert.equal(await sheet('/* why */\n.a {\n  color: red;\n}\n'), '.a{color:red}');
  });

  it('keeps what only new browsers know', async () => {
    const css = ':host(:state(connected)) .a{&:hover{color:light-dark(#000,#fff)}}';
    assert.equal(await sheet(css), css);
  });

  it('keeps an escape as the browser is to read it', async () => {
    assert.match((await sheet('.a::before { content: "\\\\201C"; }')) ?? '', /content:"(“|\\\\201c)"/i);
  });

  it('refuses an expression, which could not be minified', async () => {
    await assert.rejects(minified('export const x = css`.a { color: ${y}; }`;'), /css`` with an expression/);
  });
});
