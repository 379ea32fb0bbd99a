import type { IncomingMessage, ServerResponse } from 'node:http';

export interface ReceivedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export const dealer = {
  dealer_id: 12345,
  external_dealer_id: 'adc-67890',
  company_name: 'Acme Security Systems, Inc.',
};

const SIGN_IN = { token_type: 'Bearer', expires_in: 3600, name: 'Dana Reyes', sign_in_id: 'sign-in-1' };

/** A partner's service: sign-in by a cookie, connect, disconnect, and the account with its binding. */
export class ServiceStub {
  readonly requests: ReceivedRequest[] = [];
  #isConnected = false;

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = '';
    for await (const part of request) body += String(part);
    const { method = '', url = '', headers } = request;
    this.requests.push({ method, path: url, headers, body });
    const { pathname, searchParams } = new URL(url, 'http://host');
    const isSignedIn = /signed_in=1/.test(headers.cookie ?? '');
    const json = (value: unknown, status = 200) =>
      response
        .writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' })
        .end(JSON.stringify(value));
    switch (`${method} ${pathname}`) {
      case 'GET /chekt/authorize':
        // like many sign-in pages, this one refuses to be shown in a frame
        return void response
          .writeHead(303, {
            Location: searchParams.get('return_to') ?? '/',
            'Set-Cookie': 'signed_in=1; Path=/',
            'X-Frame-Options': 'DENY',
          })
          .end();
      case 'GET /chekt/token':
        return void (isSignedIn ? json(SIGN_IN) : response.writeHead(204).end());
      case 'GET /chekt/session':
        return void json({
          externalDealerId: 'adc-67890',
          accountName: 'Acme (adc-67890)',
          binding: this.#isConnected
            ? { dealerId: 12345, externalDealerId: 'adc-67890', companyName: dealer.company_name }
            : null,
        });
      case 'PUT /chekt/partner/v1/dealers/connect':
        this.#isConnected = true;
        return void json(dealer);
      case 'PUT /chekt/partner/v1/dealers/12345/disconnect':
        this.#isConnected = false;
        return void response.writeHead(204).end();
      default:
        response.writeHead(404).end();
    }
  }
}
