/** The floor of a click: a button that sends the same request and fires an event once it has read the answer. */
class BareFetch extends HTMLElement {
  readonly updateComplete = Promise.resolve(true);

  connectedCallback(): void {
    const button = document.createElement('button');
    button.part.add('connect-button');
    button.addEventListener('click', () => void this.#connect());
    this.attachShadow({ mode: 'open' }).append(button);
  }

  async #connect(): Promise<void> {
    const base = this.getAttribute('api-base-url')!;
    const answer = await fetch(`${base}/partner/v1/dealers/connect`, {
      method: 'PUT',
      headers: {
        Accept: 'application/json',
        'Content-Type': 'application/json',
        'Idempotency-Key': crypto.randomUUID(),
        'x-partner-trace-id': crypto.randomUUID(),
        ...(base.startsWith('/') ? { 'Chekt-Sign-In': 'sign-in-1' } : { Authorization: 'Bearer token-1' }),
      },
      body: JSON.stringify({ external_dealer_id: 'adc-67890', company_name: 'Acme Security' }),
    });
    const detail: unknown = await answer.json();
    this.dispatchEvent(new CustomEvent('chekt-connected', { detail }));
  }
}

customElements.define('bare-fetch', BareFetch);
