import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { createSandbox, type SandboxOptions } from '../../demo/sandbox/index.js';

export const PAGE = 'http://localhost:5173';
export const DANA = 'dana@acme.example';
export const TOM = 'tom@acme.example';
export const MIRA = 'mira@harbor.example';

export interface Log {
  readonly id: number;
  readonly method: string;
  readonly path: string;
  readonly operation: string | null;
  readonly status: number | null;
  readonly traceId: string | null;
  readonly requestId: string;
  readonly idempotencyKey: string | null;
  readonly attempt: number | null;
  readonly replayed: boolean;
  readonly caller: string | null;
  readonly fault: string | null;
}

export interface Request {
  readonly token?: string | undefined;
  /** `null`: no key at all; none: a new one. */
  readonly key?: string | null;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
  readonly signal?: AbortSignal;
}

export async function startSandbox(options: Partial<SandboxOptions> = {}) {
  const sandbox = await createSandbox({ platformOrigins: [PAGE], ...options });
  return {
    ...sandbox,
    run: (id = `t-${randomUUID()}`.slice(0, 40)) => new Tester(sandbox.origin, id),
  };
}

/** One tester in a run of their own. */
export class Tester {
  readonly origin: string;
  readonly id: string;

  constructor(origin: string, id: string) {
    this.origin = origin;
    this.id = id;
  }

  /** A call of the Partner API; the path begins below `/partner/v1`. */
  call(method: string, path: string, { token, key, body, headers, signal }: Request = {}): Promise<Response> {
    return fetch(`${this.origin}/runs/${this.id}/partner/v1${path}`, {
      method,
      headers: {
        Accept: 'application/json',
        ...(token !== undefined && { Authorization: `Bearer ${token}` }),
        ...(method === 'PUT' && key !== null && { 'Idempotency-Key': key ?? randomUUID() }),
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
        ...headers,
      },
      redirect: 'manual',
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      ...(signal && { signal }),
    });
  }

  connect(token: string | undefined, externalId = 'adc-67890', request: Request = {}): Promise<Response> {
    const body = { external_dealer_id: externalId, company_name: 'Acme Security' };
    return this.call('PUT', '/dealers/connect', { token, body, ...request });
  }

  disconnect(token: string | undefined, dealerId: number | string = 12345, request: Request = {}) {
    return this.call('PUT', `/dealers/${dealerId}/disconnect`, { token, ...request });
  }

  async token(account: string, more: object = {}): Promise<string> {
    return (await this.control('POST', '/tokens', { account, ...more })).access_token;
  }

  async machineToken(kind: 'platform' | 'dealer-app' = 'platform', more: object = {}): Promise<string> {
    return (await this.control('POST', '/tokens', { kind, ...more })).access_token;
  }

  controlRequest(method: string, path: string, json?: unknown, headers: Record<string, string> = {}) {
    return fetch(`${this.origin}/sandbox/runs/${this.id}${path}`, {
      method,
      headers: { ...(json !== undefined && { 'Content-Type': 'application/json' }), ...headers },
      ...(json !== undefined && { body: JSON.stringify(json) }),
    });
  }

  async control(method: string, path: string, json?: unknown) {
    const response = await this.controlRequest(method, path, json);
    const text = await response.text();
    assert.equal(response.status, 200, `${method} ${path}: ${text}`);
    return JSON.parse(text);
  }

  switch(switches: object): Promise<unknown> {
    return this.control('PUT', '/switches', switches);
  }

  fault(...faults: object[]): Promise<unknown> {
    return this.control('PUT', '/faults', { faults });
  }

  bindings(): Promise<{ dealerId: number; externalDealerId: string }[]> {
    return this.control('GET', '/bindings');
  }

  log(): Promise<Log[]> {
    return this.control('GET', '/log');
  }
}

/** What the error envelope says, after checking that it is one. */
export async function refused(response: Response, status: number, code: string) {
  const { error, ...rest } = await response.json();
  assert.deepEqual(rest, {});
  assert.equal(response.status, status, error.message);
  assert.equal(error.code, code);
  assert.match(error.request_id, /^req_[0-9a-f]{20}$/);
  assert.equal(typeof error.message, 'string');
  return error as { code: string; message: string; request_id: string; field?: string };
}

/** Waits for something that the sandbox does by itself. */
export async function until(check: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 5000;
  while (!(await check())) {
    assert.ok(Date.now() < deadline, `still not so: ${check}`);
    await setImmediate();
  }
}
