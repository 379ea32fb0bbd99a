import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { catalogue } from './catalogue.js';
import { connected, failed, refusal, success, type Row } from './row.js';
import type { Scene } from './scene.js';
import { words } from './words.js';

/** What is typed, and what is sent. */
const names: readonly (readonly [string, string, string])[] = [
  ['spaces around', '   Acme  Security\t ', 'Acme Security'],
  ['30,000 letters', 'x'.repeat(30_000), 'x'.repeat(30_000)],
  [
    'HTML',
    '<img src=x onerror=alert(1)><script>1</script>',
    '<img src=x onerror=alert(1)><script>1</script>',
  ],
  ['quotes and backslashes', `"'\\\\"}],{`, `"'\\\\"}],{`],
  ['bidi overrides', 'Acme \u202eytiruceS\u202c\u2066x\u2069', 'Acme ytiruceSx'],
  ['right to left, by nature', 'שלום אבטחה', 'שלום אבטחה'],
  ['combining marks', 'Z̴̢̛a̶͠l̷̨g̶̛o', 'Z̴̢̛a̶͠l̷̨g̶̛o'],
  ['emoji of several parts', '👩‍🚒🏳️‍🌈🇰🇷', '👩‍🚒🏳️‍🌈🇰🇷'],
  ['Hangul', '주식회사 에이크미', '주식회사 에이크미'],
  ['__proto__', '__proto__', '__proto__'],
  ['constructor', 'constructor', 'constructor'],
  ['NUL and other controls', 'Ac\u0000me\u0007 \u001bSecurity\u009f', 'Acme Security'],
  ['half of a surrogate pair', 'Acme \ud83d', 'Acme'],
  ['placeholders of our texts', '{platform} $& $1 {company}', '{platform} $& $1 {company}'],
  ['a percent sign', '100%zz', '100%zz'],
];

/** Names without a visible character: the field shows an error, and nothing is sent. */
const empty: readonly (readonly [string, string])[] = [
  ['nothing', ''],
  ['only spaces', '   \t\u00a0\u3000'],
  ['only controls', '\u0000\u0007\u202e'],
];

const sent =
  (name: string): Row['also'] =>
  async ({ puts }) => {
    for (const { body } of await puts()) expect(JSON.parse(body).company_name).to.equal(name);
  };

const field = async ({ element, type, part }: Scene) => {
  await element.ready;
  await type('Acme Security');
  part('form-control-input')!.focus();
  await new Promise(requestAnimationFrame); // a person sees it first
};

const held = { ...success, hold: true };

/**
 * Holds Enter down. Each repeated keydown that is not prevented clicks the button, as browsers do in a form.
 */
function holdEnter({ part }: Scene, times: number, isHeldAlready = false): void {
  for (let time = 0; time < times; time += 1) {
    const down = new KeyboardEvent('keydown', {
      key: 'Enter',
      repeat: isHeldAlready || time > 0,
      bubbles: true,
      composed: true,
      cancelable: true,
    });
    const focused = part('form-control-input') ?? part('authorize-button')!;
    if (focused.dispatchEvent(down)) part('connect-button')!.click();
  }
}

/** A composition as with a Korean keyboard: the Enter that ends it does not submit. */
function compose(input: HTMLElement): void {
  const options = { bubbles: true, composed: true, cancelable: true };
  input.dispatchEvent(new CompositionEvent('compositionstart', options));
  input.dispatchEvent(new CompositionEvent('compositionupdate', { ...options, data: '에' }));
  const enter = new KeyboardEvent('keydown', { ...options, key: 'Enter', keyCode: 229, isComposing: true });
  input.dispatchEvent(enter);
  input.dispatchEvent(new CompositionEvent('compositionend', { ...options, data: '에이크미' }));
}

/** All links in the element, which a person could follow with any mouse button or key. */
const links = ({ element }: Scene) => [
  ...element.shadowRoot!.querySelectorAll<HTMLElement>('a, [role=link]'),
];

catalogue('person', [
  ...(['disabled', 'connecting'] as const).map((why): Row => ({
    name: `a middle click on the sign-in link while it is ${why}: the link leads nowhere`,
    answers: [{ ...success, hold: true }],
    speed: 2,
    host: () => ({ authorizeUrl: '/sign-in' }),
    act: async (scene) => {
      await field(scene);
      expect(links(scene).filter((link) => link.matches(':any-link'))).to.have.length(1);
      if (why === 'disabled') scene.element.disabled = true;
      else await scene.press('connect-button');
      await scene.element.updateComplete;
      const [link] = links(scene);
      expect(link!.matches(':any-link'), 'a link that leads somewhere').to.equal(false);
      expect([link!.getAttribute('role'), link!.ariaDisabled]).to.deep.equal(['link', 'true']);
      expect(link!.innerText).to.equal(words('switchAccount'));
      link!.focus();
      expect(scene.element.shadowRoot!.activeElement, 'still found with the keyboard').to.equal(link);
      scene.element.disabled = false;
      await scene.element.updateComplete;
      if (why === 'disabled') await scene.press('connect-button');
      await scene.wire.waitForRequests(1);
      await scene.wire.release();
    },
    ends: connected,
    also: ({ names: heard }) => expect(heard()).not.to.include('chekt-authorize'),
  })),
  ...names.flatMap(([name, typed, wanted]): Row[] => [
    { name: `types ${name}`, typed, ends: connected, also: sent(wanted) },
    {
      name: `types ${name}, and it fails`,
      typed,
      answers: [refusal(403, 'refused')],
      ends: failed('forbidden', 'not-applied'),
      also: sent(wanted),
    },
  ]),
  ...empty.map(([name, typed]): Row => ({
    name: `types ${name}: an error at the field, nothing is sent`,
    typed,
    ends: { event: 'none', state: 'authorized' },
    also: async ({ part, element, until }) => {
      await until('the message', () => part('form-control-error')!.innerText !== '');
      expect(part('form-control-error')!.innerText).to.equal(words('companyNameMissing'));
      expect(part('form-control-input')!.getAttribute('aria-invalid')).to.equal('true');
      const error = await element.connect().catch((caught: unknown) => caught);
      expect(error).to.include({ code: 'invalid-request', field: 'company_name', outcome: 'not-applied' });
    },
  })),
  {
    name: 'double click',
    answers: [held],
    speed: 2,
    act: async (scene) => {
      await field(scene);
      const button = scene.part('connect-button')!;
      button.click();
      button.click();
      button.dispatchEvent(new MouseEvent('dblclick', { bubbles: true, composed: true, detail: 2 }));
      await scene.wire.waitForRequests(1);
      scene.part('connect-button')!.click();
      await scene.wire.release();
    },
    ends: connected,
  },
  {
    name: 'Enter',
    act: async (scene) => {
      await field(scene);
      await sendKeys({ press: 'Enter' });
    },
    ends: connected,
  },
  {
    name: 'Enter three times while it connects',
    answers: [held],
    speed: 2,
    act: async (scene) => {
      await field(scene);
      for (let time = 0; time < 3; time += 1) await sendKeys({ press: 'Enter' });
      await scene.wire.waitForRequests(1);
      await scene.wire.release();
    },
    ends: connected,
  },
  {
    name: 'Enter held down',
    answers: [held],
    speed: 2,
    act: async (scene) => {
      await field(scene);
      holdEnter(scene, 5);
      await scene.wire.waitForRequests(1);
      holdEnter(scene, 5);
      await scene.wire.release();
    },
    ends: connected,
  },
  {
    name: 'Enter held down while CHeKT refuses: one attempt, not one for each repeated key',
    answers: [refusal(403, 'refused')],
    act: async (scene) => {
      await field(scene);
      holdEnter(scene, 2);
      await scene.until('the end', () => scene.endings().length > 0);
      await scene.element.updateComplete;
      holdEnter(scene, 5, true);
    },
    typed: 'Acme Security',
    ends: failed('forbidden', 'not-applied'),
  },
  {
    name: 'an Enter that ends the composition of Hangul',
    act: async (scene) => {
      await field(scene);
      compose(scene.part('form-control-input')!);
      expect(scene.element.state).to.equal('authorized');
    },
    ends: { event: 'none', state: 'authorized' },
    typed: 'Acme Security',
  },
]);
