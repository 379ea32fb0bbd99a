// A page with an opaque origin only exchanges messages: it is told what to embed, connects, and reports the result.
addEventListener('message', async ({ data, source }) => {
  const { token, properties, key } = data;
  const element = document.createElement('chekt-connect');
  const events = [];
  for (const name of ['connected', 'error']) {
    element.addEventListener(`chekt-${name}`, ({ type, detail }) => {
      events.push(type);
      source.postMessage(
        { events, code: detail.error?.code, message: detail.error?.message, origin: self.origin, seen },
        '*',
      );
    });
  }
  Object.assign(element, properties, token && { getAccessToken: async () => token });
  document.body.append(element);
  await element.ready;
  if (element.state !== 'authorized') return;
  await element.updateComplete;
  const field = element.shadowRoot.querySelector('input');
  field.value = 'Acme Security';
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
  await element.updateComplete;
  const button = element.shadowRoot.querySelector('[part~=connect-button]');
  if (key === 'click') button.click();
  else button.form.requestSubmit(button);
});
parent.postMessage('listening', '*');
