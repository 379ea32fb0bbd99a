import assert from 'node:assert/strict';

interface Cookie {
  readonly host: string;
  readonly path: string;
  readonly value: string;
  readonly attributes: string;
}

/** As much of a browser as a sign-in needs: cookies by host and path (not by port), redirects, forms. */
export class Browser {
  readonly cookies = new Map<string, Cookie>();

  async fetch(url: string | URL, init: RequestInit = {}): Promise<Response> {
    const target = new URL(url);
    const headers = new Headers(init.headers);
    const cookie = this.#cookiesFor(target);
    if (cookie) headers.set('Cookie', cookie);
    const response = await fetch(target, { ...init, headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) this.#keep(target, line);
    return response;
  }

  /** Follows redirects to the first answer that is none; `until` stops before a URL is opened. */
  async navigate(url: string, { until, ...init }: RequestInit & { until?: (url: URL) => boolean } = {}) {
    let at = new URL(url);
    let response = await this.fetch(at, init);
    for (let hops = 0; response.status >= 300 && response.status < 400; hops++) {
      assert.ok(hops < 20, `too many redirects, the last to ${at.href}`);
      await response.body?.cancel();
      at = new URL(response.headers.get('Location') ?? '', at);
      if (until?.(at)) return { url: at, response: undefined, html: '' };
      response = await this.fetch(at, { headers: { Accept: 'text/html' } });
    }
    return { url: at, response, html: await response.text() };
  }

  cookie(name: string): Cookie | undefined {
    return [...this.cookies].find(([key]) => key.startsWith(`${name};`))?.[1];
  }

  #keep(url: URL, line: string): void {
    const [pair = '', ...attributes] = line.split(/;\s*/);
    const [name, value] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)];
    const path = attributes.find((attribute) => /^path=/i.test(attribute))?.slice(5) ?? '/';
    const key = `${name};${url.hostname};${path}`;
    this.cookies.delete(key);
    const ended = attributes.some(
      (attribute) => /^max-age=0$/i.test(attribute) || /^expires=.*1970/i.test(attribute),
    );
    if (!ended) this.cookies.set(key, { host: url.hostname, path, value, attributes: attributes.join('; ') });
  }

  #cookiesFor(url: URL): string {
    const matches = [...this.cookies].filter(
      ([, { host, path }]) =>
        host === url.hostname && `${url.pathname}/`.startsWith(path.endsWith('/') ? path : `${path}/`),
    );
    return matches.map(([key, { value }]) => `${key.slice(0, key.indexOf(';'))}=${value}`).join('; ');
  }
}
