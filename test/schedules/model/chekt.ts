import { type Effect, people, type PersonId } from '../schedule.js';
import { refusal, type Reply } from './reply.js';

export interface ConnectCall {
  readonly person: PersonId;
  readonly account: string;
  readonly company: string;
  readonly key: string;
  readonly attempt: string;
}

export interface DisconnectCall {
  readonly dealerId: number;
  readonly account: string;
  readonly key: string;
  readonly attempt: string;
}

/** A model of CHeKT: which dealer is connected to which account, and the answer to each idempotency key. */
export class Chekt {
  readonly effects: Effect[] = [];
  readonly #rebinds: boolean;
  #bindings: { readonly account: string; readonly dealerId: number }[] = [];
  readonly #answered = new Map<string, { readonly payload: string; readonly reply: Reply }>();

  constructor(rebinds: boolean) {
    this.#rebinds = rebinds;
  }

  /** The dealer that this account was connected to last. */
  dealerOf(account: string): number | undefined {
    return this.#bindings.findLast((binding) => binding.account === account)?.dealerId;
  }

  connect({ person, account, company, key, attempt }: ConnectCall): Reply {
    return this.#once(key, `${account} ${company}`, () => {
      const { dealerId, company: company_name } = people[person];
      const isOther = (binding: { account: string; dealerId: number }) =>
        (binding.account === account) !== (binding.dealerId === dealerId);
      if (!this.#rebinds && this.#bindings.some(isOther)) return refusal(409, 'already_connected');
      this.#remove(account, dealerId);
      this.#bindings.push({ account, dealerId });
      this.effects.push({ kind: 'bound', account, dealerId, person, company, attempt });
      return { status: 200, body: { dealer_id: dealerId, external_dealer_id: account, company_name } };
    });
  }

  disconnect({ dealerId, account, key, attempt }: DisconnectCall): Reply {
    return this.#once(key, `${account} ${dealerId}`, () => {
      if (!this.#remove(account, dealerId)) return refusal(404, 'dealer_not_connected');
      this.effects.push({ kind: 'gone', account, dealerId, company: companyOf(dealerId), attempt });
      return { status: 204 };
    });
  }

  #remove(account: string, dealerId: number): boolean {
    const before = this.#bindings.length;
    this.#bindings = this.#bindings.filter(
      (binding) => binding.account !== account || binding.dealerId !== dealerId,
    );
    return this.#bindings.length < before;
  }

  /** The answer to a key is kept per app, not per person (CHeKT's page on idempotency). */
  #once(key: string, payload: string, run: () => Reply): Reply {
    const known = this.#answered.get(key);
    if (known) return known.payload === payload ? known.reply : refusal(409, 'idempotency_conflict');
    const reply = run();
    this.#answered.set(key, { payload, reply });
    return reply;
  }
}

export function companyOf(dealerId: number): string {
  return Object.values(people).find((person) => person.dealerId === dealerId)?.company ?? '';
}
