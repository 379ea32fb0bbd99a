import { expect } from '@open-wc/testing';
import { part } from './acting.js';
import { embed } from './fixture.js';

// shoelace-style/shoelace #480: WebKit moves the caret to the end when a value is written, even if it is the same
describe('typing in the middle of the company name', () => {
  it('leaves the caret where it is, and writes the value only when it differs', async () => {
    const { element } = embed({ getAccessToken: async () => 'secret-token-1', companyName: 'Acme Systems' });
    await element.ready;
    await element.updateComplete;
    const field = part<HTMLInputElement>(element, 'form-control-input')!;
    let writes = 0;
    const { get, set } = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')!;
    Object.defineProperty(field, 'value', {
      configurable: true,
      get: () => get!.call(field) as string,
      set: (value: string) => {
        writes++;
        set!.call(field, value);
      },
    });
    field.focus();
    field.setSelectionRange(4, 4);
    for (const letter of '-One') {
      document.execCommand('insertText', false, letter);
      await element.updateComplete;
    }
    expect(field.value).to.equal('Acme-One Systems');
    expect([field.selectionStart, field.selectionEnd]).to.deep.equal([8, 8]);
    expect(writes).to.equal(0);
    await element.connect().catch(() => {});
  });

  it('hides typing from the page, but not Escape, Tab, function keys and shortcuts', async () => {
    const { element } = embed({ getAccessToken: async () => 'secret-token-1' });
    await element.ready;
    await element.updateComplete;
    const field = part<HTMLInputElement>(element, 'form-control-input')!;
    const heard: string[] = [];
    const listening = new AbortController();
    for (const type of ['keydown', 'keyup', 'paste'])
      addEventListener(type, (event) => heard.push((event as KeyboardEvent).key ?? type), listening);
    const press = (type: string, init: KeyboardEventInit) =>
      field.dispatchEvent(new KeyboardEvent(type, { bubbles: true, composed: true, ...init }));
    for (const type of ['keydown', 'keyup']) {
      for (const key of ['/', 'a', ' ', 'ArrowLeft', 'Backspace']) press(type, { key });
      press(type, { key: '@', ctrlKey: true, altKey: true, modifierAltGraph: true });
      press(type, { key: 'Escape', isComposing: true });
      // bluesky-social/social-app PR #4186, dip/cmdk #206: in Safari the composition has ended by then
      press(type, { key: 'Escape', keyCode: 229 });
    }
    field.dispatchEvent(new Event('paste', { bubbles: true, composed: true }));
    expect(heard).to.deep.equal([]);
    for (const init of [{ key: 'Escape' }, { key: 'Tab' }, { key: 'F1' }, { key: 'k', ctrlKey: true }])
      press('keydown', init);
    expect(heard).to.deep.equal(['Escape', 'Tab', 'F1', 'k']);
    listening.abort();
  });
});
