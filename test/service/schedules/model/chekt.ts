import type { Caller } from './issuer.js';

export const API = 'http://127.0.0.1:9/api';

/** CHeKT's open questions, as far as they change what a schedule does. */
export interface Switches {
  /** Whether CHeKT repeats the answer to a key. If it forgets keys, it carries the request out again. */
  readonly keys: 'remembered' | 'forgotten';
  readonly unboundDealer: 'not-connected' | 'forbidden';
  readonly sameId: 'ok' | 'conflict';
  readonly otherId: 'replace' | 'conflict';
  readonly idTaken: 'replace' | 'conflict';
}

export interface Arrival {
  readonly key: string;
  readonly kind: 'connect' | 'disconnect';
  readonly caller: Caller;
  readonly account: string | null;
  readonly traceId: string | null;
  readonly dealerId: number;
  readonly status: number;
  /** Whether this request changed something or confirmed it. */
  readonly isApplied: boolean;
  /** The account that a disconnect has taken the dealer from. */
  readonly endedAccount: string | undefined;
}

interface Said {
  readonly status: number;
  readonly body: string;
}

interface Remembered extends Said {
  readonly request: string;
  readonly at: number;
}

const DAY = 24 * 60 * 60_000;

/** CHeKT's Partner API in memory. Each call is carried out synchronously. */
export class Chekt {
  readonly switches: Switches;
  /** Account by dealer. */
  readonly bindings = new Map<number, string>();
  /** The key whose connect made each binding. */
  readonly madeBy = new Map<number, string>();
  readonly arrivals: Arrival[] = [];
  readonly #keys = new Map<string, Remembered>();

  constructor(switches: Switches) {
    this.switches = switches;
  }

  /** A dealer ends it in CHeKT's own portal. */
  disconnectInPortal(dealerId: number): void {
    this.bindings.delete(dealerId);
  }

  answer(method: string, path: string, caller: Caller | undefined, headers: Headers, body: string): Response {
    const { status, body: text } = this.#said(method, path, caller, headers, body);
    return new Response(text, { status, headers: { 'Content-Type': 'application/json' } });
  }

  #said(method: string, path: string, caller: Caller | undefined, headers: Headers, body: string): Said {
    const key = headers.get('Idempotency-Key');
    if (!caller) return error(401, 'invalid_api_key');
    const [, dealer = ''] = /\/dealers\/(\d+)/.exec(path) ?? [];
    if (method === 'GET') return this.#read(Number(dealer));
    if (key === null) return error(400, 'idempotency_key_required');
    const isConnect = path.endsWith('/connect');
    const bound = this.bindings.get(Number(dealer));
    const request = JSON.stringify([path, isConnect ? caller.person?.sub : 'platform', body]);
    const known = this.#keys.get(key);
    const isKnown = known !== undefined && Date.now() - known.at < DAY && this.switches.keys === 'remembered';
    const said = isKnown
      ? known.request === request
        ? known
        : error(409, 'idempotency_conflict')
      : isConnect
        ? this.#connect(caller, key, body)
        : this.#disconnect(Number(dealer));
    if (!isKnown && said.status < 300) this.#keys.set(key, { ...said, request, at: Date.now() });
    const account = isConnect
      ? (JSON.parse(body) as { external_dealer_id: string }).external_dealer_id
      : null;
    this.arrivals.push({
      ...{ key, kind: isConnect ? 'connect' : 'disconnect', caller, account, status: said.status },
      traceId: headers.get('x-partner-trace-id'),
      dealerId: isConnect ? (caller.person?.dealerId ?? 0) : Number(dealer),
      isApplied: said.status < 300,
      endedAccount: isConnect || this.bindings.has(Number(dealer)) ? undefined : bound,
    });
    return said;
  }

  #connect({ person }: Caller, key: string, body: string): Said {
    if (!person) return error(403, 'user_token_required');
    const { external_dealer_id: account } = JSON.parse(body) as { external_dealer_id: string };
    const own = this.bindings.get(person.dealerId);
    const { sameId, otherId, idTaken } = this.switches;
    if (own === account && sameId === 'conflict') return error(409, 'dealer_already_connected');
    if (own !== undefined && own !== account && otherId === 'conflict') {
      return error(409, 'dealer_already_connected');
    }
    const other = [...this.bindings].find(([dealer, id]) => id === account && dealer !== person.dealerId);
    if (other && idTaken === 'conflict') return error(409, 'external_dealer_id_taken');
    if (other) this.bindings.delete(other[0]);
    this.bindings.set(person.dealerId, account);
    if (own !== account) this.madeBy.set(person.dealerId, key);
    return { status: 200, body: dealerOnWire(person.dealerId, account) };
  }

  #disconnect(dealerId: number): Said {
    if (!this.bindings.delete(dealerId)) return this.#unbound();
    return { status: 200, body: '{}' };
  }

  #read(dealerId: number): Said {
    const account = this.bindings.get(dealerId);
    return account === undefined ? this.#unbound() : { status: 200, body: dealerOnWire(dealerId, account) };
  }

  #unbound(): Said {
    return this.switches.unboundDealer === 'forbidden'
      ? error(403, 'permission_denied')
      : error(404, 'dealer_not_connected');
  }
}

export function error(status: number, code: string): Said {
  return { status, body: JSON.stringify({ error: { code, message: `Refused: ${code}.` } }) };
}

function dealerOnWire(dealerId: number, account: string): string {
  return JSON.stringify({
    dealer_id: dealerId,
    external_dealer_id: account,
    company_name: `Company ${dealerId}`,
  });
}
