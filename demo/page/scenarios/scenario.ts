import type * as z from 'zod';
import type { tokenInput } from '../../sandbox/control/control-input.js';
import type { faultSchema } from '../../sandbox/faults/faults.js';
import type { Switches } from '../../sandbox/switches.js';
import type { Mode } from '../embed.js';
import type { AttributeName } from '../settings.js';

/** A situation of the element: how it is set up, and what should happen. */
export interface Scenario {
  readonly id: string;
  readonly name: string;
  /** What the tester does. */
  readonly steps: string;
  /** What the timeline is filtered by at first, where most of it would be in the way. */
  readonly filter?: { readonly text: string; readonly side: 'page' | 'chekt' };
  /** What should be seen, as single items to tick off. */
  readonly expect: readonly string[];
  /** Set only if the situation exists in one mode only. */
  readonly mode?: Mode;
  /** How CHeKT behaves; see `demo/sandbox/switches.ts` and `demo/sandbox/faults/faults.ts`. */
  readonly switches?: Partial<Switches>;
  readonly faults?: readonly z.input<typeof faultSchema>[];
  /** What CHeKT has recorded without the platform knowing. */
  readonly recorded?: readonly { readonly dealerId: number; readonly externalDealerId: string }[];
  /** The dealer that the account is connected to, for CHeKT and the platform alike. */
  readonly connected?: number;
  /** CHeKT has taken the connection away since. */
  readonly disconnectedInChekt?: boolean;
  /** Who has already signed in with CHeKT. */
  readonly signIn?: z.input<typeof tokenInput>;
  /** The account whose sign-in CHeKT has since revoked. */
  readonly revoked?: string;
  /** Attributes that differ from the default; `null` removes one. */
  readonly attributes?: Partial<Record<AttributeName, string | null>>;
  /** What the page itself does; see `page-behavior.ts`. */
  readonly page?:
    | 'refuses'
    | 'asks-first'
    | 'is-offline'
    | 'service-down'
    | 'loses-session'
    | 'disconnected-meanwhile'
    | 'another-person'
    | 'another-account'
    | 'token-in-attribute';
}

export const dana = { account: 'dana@acme.example' } as const;
export const mira = { account: 'mira@harbor.example' } as const;
export const tom = { account: 'tom@acme.example' } as const;
