import {
  type AccountIndex,
  accounts,
  type KeyUse,
  type Outcome,
  type PageData,
  people,
  type PersonId,
  type PutFault,
  type QuestionFault,
  type SessionChange,
  type WorldOptions,
} from '../schedule.js';
import { Chekt, companyOf } from './chekt.js';
import { describeSignIn } from './describe.js';
import { refusal, type Reply } from './reply.js';

/** One completed sign-in with CHeKT. */
export interface SignIn {
  readonly id: string;
  readonly person: PersonId;
  /** CHeKT has revoked the token that the service holds. */
  isRevoked: boolean;
}

interface Token {
  readonly signIn: SignIn;
  isRevoked: boolean;
}

export interface Put {
  readonly connect?: { readonly account: string; readonly company: string };
  readonly disconnect?: { readonly dealerId: number; readonly account: string | null };
  readonly key: string;
  readonly attempt: string;
  readonly signInId: string | undefined;
  readonly token: string | undefined;
}

const noSession = refusal(401, 'login_required');
const notThisAccount = refusal(403, 'other_account');

/** The platform with its one session, and CHeKT behind it, during one schedule. */
export class World {
  readonly id: string;
  readonly #options: WorldOptions;
  readonly #chekt: Chekt;
  readonly #keys: KeyUse[] = [];
  #account: AccountIndex | undefined = 0;
  /** The sign-in with CHeKT of each account: it belongs to the account for which it was made. */
  readonly #signIns: [SignIn?, SignIn?] = [];
  readonly #tokens = new Map<string, Token>();
  readonly #putFaults: PutFault[] = [];
  readonly #questionFaults: QuestionFault[] = [];
  /** The sign-in that was described to each tab in full. */
  readonly #told = new Map<string, SignIn>();
  #saysLess = false;
  #count = 0;

  constructor(id: string, options: WorldOptions) {
    this.id = id;
    this.#options = options;
    this.#chekt = new Chekt(options.rebinds);
    if (options.signedIn !== 'nobody') this.change({ op: 'sign-in', person: options.signedIn });
  }

  get outcome(): Outcome {
    return { effects: this.#chekt.effects, keys: this.#keys };
  }

  failPut(fault: PutFault): void {
    this.#putFaults.push(fault);
  }

  failQuestion(fault: QuestionFault): void {
    this.#questionFaults.push(fault);
  }

  sayLess(): void {
    this.#saysLess = true;
  }

  change(change: SessionChange): void {
    const account = this.#account;
    switch (change.op) {
      case 'sign-in':
        if (account === undefined) return;
        this.#signIns[account] = { id: `sign-in-${++this.#count}`, person: change.person, isRevoked: false };
        return;
      case 'sign-out':
        if (account !== undefined) this.#signIns[account] = undefined;
        return;
      case 'log-in':
        this.#account = change.account;
        return;
      case 'log-out':
        this.#account = undefined;
        return;
      case 'revoke':
        for (const token of this.#tokens.values()) token.isRevoked = true;
        for (const signIn of this.#signIns) if (signIn) signIn.isRevoked = true;
    }
  }

  /** The data of a page that is loaded now; if nobody is logged in, that of the first account. */
  page(): PageData {
    const account = this.#account ?? 0;
    const { id } = accounts[account];
    const dealerId = this.#chekt.dealerOf(id);
    const binding = dealerId && { dealerId, externalDealerId: id, companyName: companyOf(dealerId) };
    return { account, binding: binding || null };
  }

  /** `GET …/session`. */
  session(): Reply {
    if (this.#account === undefined) return noSession;
    const { account, binding } = this.page();
    const { id, name } = accounts[account];
    return {
      status: 200,
      body: {
        platformName: 'Northwind Cloud',
        platformScope: 'read:sites',
        externalDealerId: id,
        accountName: this.#options.accountNames ? name : undefined,
        binding,
        formerBinding: null,
        bindingStatus: binding ? 'connected' : 'none',
      },
    };
  }

  /** `GET …/token`. @param asked the account of the question; null if the element does not say it */
  question(asked: string | null, reason: string | null, tab: string): Reply {
    const fault = this.#questionFaults.shift();
    const reply = fault && fault.answer !== 'as usual' ? undefined : this.#answer(asked, reason, tab);
    if (fault?.then) this.change(fault.then);
    return reply ?? { ...refusal(503, 'unavailable'), isLost: fault?.answer === 'lost' };
  }

  #answer(asked: string | null, reason: string | null, tab: string): Reply {
    const { mode, otherAccount, signInIds } = this.#options;
    if (this.#account === undefined) return noSession;
    const { id } = accounts[this.#account];
    if (asked !== null && asked !== id && otherAccount === 'refused') {
      return { status: 403, body: { error: 'other_account' } };
    }
    const signIn = this.#signIns[this.#account];
    if (!signIn) return { status: 204 };
    if (reason === 'rejected') signIn.isRevoked = false;
    const isRefresh = reason !== 'initial' && this.#told.get(tab) === signIn;
    const says = this.#saysLess && signInIds && isRefresh ? 'nothing' : this.#options.says;
    if (says !== 'nothing') this.#told.set(tab, signIn);
    const token = mode === 'browser' ? this.#issue(signIn) : undefined;
    return {
      status: 200,
      body: describeSignIn({ signIn, says, token, account: id, options: this.#options }),
    };
  }

  #issue(signIn: SignIn): string {
    const { sub } = this.#options;
    const serial = `${this.id}-${++this.#count}`;
    const payload = Buffer.from(JSON.stringify({ sub: people[signIn.person].sub })).toString('base64url');
    const token = sub ? `eyJhbGciOiJub25lIn0.${payload}.${serial}` : `opaque-token.${serial}`;
    this.#tokens.set(token, { signIn, isRevoked: false });
    return token;
  }

  put(put: Put): Reply {
    const fault = this.#putFaults.shift() ?? { answer: 'as usual', carriedOut: true };
    const isDone = fault.answer === 'as usual' || fault.carriedOut;
    const reply = isDone ? this.#carryOut(put) : refusal(503, 'unavailable');
    if (!isDone) this.#use(put);
    if (fault.then) this.change(fault.then);
    switch (fault.answer) {
      case 'as usual':
        return reply;
      case 'lost':
        return { ...reply, isLost: true };
      case 401:
        return refusal(401, 'invalid_api_key');
      case 409:
        return refusal(409, 'idempotency_conflict');
      case 429:
        return { ...refusal(429, 'rate_limited'), headers: { 'Retry-After': '0' } };
      default:
        return refusal(fault.answer, 'unavailable');
    }
  }

  /** Records who used the key: the token's person, or the sign-in that the service would act for. */
  #use({ connect, key, signInId, token }: Put): void {
    if (!connect) return;
    const { mode, signInIds } = this.#options;
    const signIn = token ? this.#tokens.get(token)?.signIn : this.#signIns[this.#account ?? 0];
    const by = mode !== 'browser' && signInIds ? signInId : signIn?.person;
    if (by) this.#keys.push({ key, by });
  }

  #carryOut(put: Put): Reply {
    this.#use(put);
    const { connect, disconnect, key, attempt } = put;
    const { mode, signInIds } = this.#options;
    if (connect && mode === 'browser') {
      const token = this.#tokens.get(put.token ?? '');
      if (!token || token.isRevoked) return refusal(401, 'invalid_api_key');
      return this.#chekt.connect({ ...connect, person: token.signIn.person, key, attempt });
    }
    if (this.#account === undefined) return noSession;
    const { id } = accounts[this.#account];
    if (disconnect) {
      // without the query, the relay goes by its session
      if ((disconnect.account ?? id) !== id) return notThisAccount;
      return this.#chekt.disconnect({ dealerId: disconnect.dealerId, account: id, key, attempt });
    }
    if (!connect || connect.account !== id) return notThisAccount;
    const signIn = this.#signIns[this.#account];
    if (!signIn) return refusal(401, 'invalid_api_key');
    if (signInIds && put.signInId === undefined) return refusal(400, 'sign_in_required');
    if (signInIds && put.signInId !== signIn.id) return refusal(409, 'sign_in_changed');
    if (signIn.isRevoked) return refusal(401, 'invalid_api_key');
    return this.#chekt.connect({ ...connect, person: signIn.person, key, attempt });
  }
}
