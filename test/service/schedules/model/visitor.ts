import type { ChektService } from '../../../../src/service/index.js';
import { BASE, ORIGIN } from '../platform.js';
import type { DealerAdmin, Issuer } from './issuer.js';

/** A person of the platform with a login of their own, who connects one account: in process, without a server. */
export class Visitor {
  readonly account: string;
  readonly login: Record<string, string>;
  readonly #service: Pick<ChektService, 'fetch'>;

  /** @param index makes the login one of its own */
  constructor(service: Pick<ChektService, 'fetch'>, index: number, account = `adc-${index}`) {
    this.#service = service;
    this.account = account;
    this.login = { 'X-Login': `u${index}/session-${index}`, Origin: ORIGIN };
  }

  send(method: string, path: string, headers = {}, body?: string): Promise<Response> {
    const init = { method, headers: { ...this.login, ...headers }, ...(body === undefined ? {} : { body }) };
    return this.#service.fetch(new Request(BASE + path, init));
  }

  /** As far as the issuer's sign-in page. */
  async authorize(): Promise<URL> {
    const begun = await this.send('GET', `/authorize?reason=missing&external_dealer_id=${this.account}`);
    return new URL(begun.headers.get('Location') ?? '');
  }

  /** Signs in with CHeKT. @returns the headers with which the page connects, under a key of its own */
  async signIn(issuer: Issuer, admin: DealerAdmin): Promise<Record<string, string>> {
    const back = issuer.authorize(await this.authorize(), admin);
    await this.send('GET', `/callback${back.search}`);
    const token = await this.send('GET', `/token?reason=initial&external_dealer_id=${this.account}`);
    const { sign_in_id: signInId } = (await token.json()) as { sign_in_id: string };
    const key = crypto.randomUUID();
    return {
      ...{ 'Idempotency-Key': key, 'x-partner-trace-id': key },
      ...{ 'Chekt-Sign-In': signInId, 'Content-Type': 'application/json' },
    };
  }

  /** @param headers of `signIn`; the same ones repeat the operation */
  connect(headers: Record<string, string>): Promise<Response> {
    return this.send('PUT', '/partner/v1/dealers/connect', headers, this.body);
  }

  get body(): string {
    return JSON.stringify({ external_dealer_id: this.account, company_name: 'Acme Security' });
  }
}
