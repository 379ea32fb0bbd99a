/** Two people who can sign in with CHeKT, each the admin of one dealer. */
export const people = {
  dana: {
    name: 'Dana Reyes',
    email: 'dana@acme.example',
    sub: 'user|dana',
    company: 'Acme Security Systems, Inc.',
    dealerId: 12345,
  },
  mira: {
    name: 'Mira Lindqvist',
    email: 'mira@harbor.example',
    sub: 'user|mira',
    company: 'Harbor Alarm Company',
    dealerId: 23456,
  },
} as const;
export type PersonId = keyof typeof people;

/** Two accounts of the platform. */
export const accounts = [
  { id: 'adc-67890', name: 'Riverside Branch' },
  { id: 'adc-13579', name: 'Lakeside Branch' },
] as const;
export type AccountIndex = 0 | 1;
export type TabIndex = 0 | 1;

/** A change of the one session that both tabs share, as they share cookies. */
export type SessionChange =
  | { readonly op: 'sign-in'; readonly person: PersonId }
  | { readonly op: 'sign-out' }
  | { readonly op: 'log-in'; readonly account: AccountIndex }
  | { readonly op: 'log-out' }
  /** CHeKT accepts none of the tokens that were issued so far. */
  | { readonly op: 'revoke' };

/** What happens to the next PUT, whichever tab sends it; `then` happens in the same turn of the server. */
export interface PutFault {
  readonly answer: 'as usual' | 'lost' | 401 | 409 | 429 | 500 | 503;
  /** Whether it was carried out before its answer went wrong. */
  readonly carriedOut: boolean;
  readonly then?: SessionChange;
}

/** What happens to the next question to the source. */
export interface QuestionFault {
  readonly answer: 'as usual' | 'lost' | 503;
  readonly then?: SessionChange;
}

/** Where a request of a tab is held until `release`: on its way to the server, or its answer on the way back. */
export interface Hold {
  readonly kind: 'put' | 'question' | 'session';
  readonly at: 'there' | 'back';
}

/** A step of the servers, without any tab. */
export type ServerStep =
  | { readonly do: 'change'; readonly change: SessionChange }
  | { readonly do: 'fail put'; readonly fault: PutFault }
  | { readonly do: 'fail question'; readonly fault: QuestionFault }
  /** From now on a refreshed sign-in is described by its `sign_in_id` alone. */
  | { readonly do: 'say less' };

/** A press of a button, if it is there. */
export interface PressStep {
  readonly do: 'press';
  readonly tab: TabIndex;
  readonly button: 'connect' | 'disconnect';
}

/** A step of a person, the browser or the host page, or the passing of time. */
export type PageStep =
  | PressStep
  | { readonly do: 'type'; readonly tab: TabIndex; readonly name: string }
  | { readonly do: 'show'; readonly tab: TabIndex; readonly by: 'hidden' | 'visible' | 'focus' | 'pageshow' }
  | { readonly do: 'source'; readonly tab: TabIndex; readonly source: Source }
  | { readonly do: 'account'; readonly tab: TabIndex; readonly account: AccountIndex }
  | { readonly do: 'reload' | 'reset' | 'hold attempt'; readonly tab: TabIndex }
  | { readonly do: 'hold'; readonly tab: TabIndex; readonly hold: Hold }
  /** Settles what `hold` has delayed. `refuse` rejects the promise of `waitUntil`, which ends the attempt as vetoed. */
  | { readonly do: 'release' | 'refuse' }
  | { readonly do: 'wait'; readonly seconds: number };

export type Step = ServerStep | PageStep;

export function isServerStep(step: Step): step is ServerStep {
  return ['change', 'fail put', 'fail question', 'say less'].includes(step.do);
}

export type Source = 'token-url' | 'getAccessToken';

/** What a platform says about the person. One that says neither name nor e-mail shows nothing to consent to. */
export type Says = 'everything' | 'person' | 'name' | 'email' | 'name and company';

export interface WorldOptions {
  readonly mode: 'browser' | 'service' | 'service-url';
  readonly signInIds: boolean;
  readonly says: Says;
  /** Whether tokens are JWTs with `sub`. */
  readonly sub: boolean;
  /** Seconds. */
  readonly lifetime: number;
  /** A question for another account than the session's is refused, or answered with the session's `external_dealer_id`. */
  readonly otherAccount: 'refused' | 'told';
  /** Whether CHeKT connects a dealer or an account that is already connected to another, or answers 409: it does not say which. */
  readonly rebinds: boolean;
  readonly signedIn: PersonId | 'nobody';
  readonly accountNames: boolean;
  readonly companyName: string;
}

export interface Schedule {
  readonly world: WorldOptions;
  readonly steps: readonly Step[];
}

/** What CHeKT carried out. */
export interface Effect {
  readonly kind: 'bound' | 'gone';
  readonly account: string;
  readonly dealerId: number;
  /** Whose authorization it was; on disconnect it is the platform's own. */
  readonly person?: PersonId;
  /** The name that was sent; on disconnect the one under which CHeKT knows the dealer. */
  readonly company: string;
  /** The attempt of the page, as its requests name it. */
  readonly attempt: string;
}

/** Who used an idempotency key. */
export interface KeyUse {
  readonly key: string;
  readonly by: string;
}

export interface Outcome {
  readonly effects: readonly Effect[];
  readonly keys: readonly KeyUse[];
}

/** What the platform's server writes into a page. */
export interface PageData {
  readonly account: AccountIndex;
  readonly binding: { dealerId: number; externalDealerId: string; companyName: string } | null;
}
