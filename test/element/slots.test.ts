import { expect } from '@open-wc/testing';
import { embed } from './fixture.js';

/** Adds a platform's own search form inside the slot. */
async function withSearch(slot: 'header' | 'footer') {
  const { element, names } = embed({
    companyName: 'Acme Security',
    getAccessToken: async () => ({ access_token: 'token-1' }),
  });
  element.innerHTML = `<form slot="${slot}"><input value="cameras"><button>Search</button></form>`;
  await element.ready;
  await element.updateComplete;
  const [form, field] = [element.querySelector('form')!, element.querySelector('input')!];
  const own = element.shadowRoot!.querySelector('input')!;
  return { element, names, form, field, own };
}

describe('slotted content of the page', () => {
  for (const slot of ['header', 'footer'] as const) {
    it(`is not mistaken for the company name: ${slot}`, async () => {
      const { element, field, own } = await withSearch(slot);
      field.value = 'doorbells';
      field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
      await element.updateComplete;
      expect(own.value).to.equal('Acme Security');
    });

    it(`does not connect, and keeps its own submit: ${slot}`, async () => {
      const { element, names, form } = await withSearch(slot);
      let prevented: boolean | undefined;
      // keeps the test page from navigating, after all listeners inside have run
      const stop = (event: Event) => {
        prevented = event.defaultPrevented;
        event.preventDefault();
      };
      addEventListener('submit', stop, { once: true });
      form.requestSubmit();
      expect(prevented).to.equal(false);
      expect(element.state).to.equal('authorized');
      expect(names()).to.not.include('chekt-before-connect');
    });

    it(`keeps its own key handling: ${slot}`, async () => {
      const { field } = await withSearch(slot);
      const held = new KeyboardEvent('keydown', {
        key: 'Enter',
        repeat: true,
        bubbles: true,
        composed: true,
        cancelable: true,
      });
      field.dispatchEvent(held);
      expect(held.defaultPrevented).to.equal(false);
    });
  }
});

describe('a key that is held down', () => {
  it('counts as one press, on every control inside', async () => {
    const { element } = await withSearch('footer');
    for (const control of element.shadowRoot!.querySelectorAll('input, button, a')) {
      const press = (repeat: boolean, key = 'Enter') => {
        const event = new KeyboardEvent('keydown', { key, repeat, bubbles: true, cancelable: true });
        control.dispatchEvent(event);
        return event.defaultPrevented;
      };
      expect([press(false), press(true), press(true, 'a')]).to.deep.equal([false, true, false]);
    }
  });
});
