import type * as z from 'zod';
import type { tokenInput } from '../../sandbox/control/control-input.js';
import type { faultSchema } from '../../sandbox/faults/faults.js';
import type { Switches } from '../../sandbox/switches.js';
import type { Mode } from '../embed.js';
import type { AttributeName } from '../settings.js';

/** A situation of the element: what is arranged before, and what should happen then. */
export interface Scenario {
  readonly id: string;
  readonly name: string;
  /** What the tester does. */
  readonly steps: string;
  /** What should be seen then, each by itself, so that it can be ticked off. */
  readonly expect: readonly string[];
  /** Only where the situation exists in one mode alone. */
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
  /** Who has signed in with CHeKT before. */
  readonly signIn?: z.input<typeof tokenInput>;
  /** Whose sign-in CHeKT has ended since. */
  readonly revoked?: string;
  /** Attributes that differ; `null`: left out. */
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
