import type { Binding, ChektConnectElement, ChektConnectErrorCode, ConnectState } from '../../src/index.js';
import { fullDealer } from '../support/dealer.js';
import type { Answer, WireOptions } from '../wire/wire.js';
import type { Scene } from './scene.js';

/** How a fault has to end: the last terminal event, its error, and the element's state. */
export interface Ending {
  readonly event: 'chekt-connected' | 'chekt-disconnected' | 'chekt-error' | 'none';
  readonly state: ConnectState;
  /** Several codes only if the engines read the same bytes differently. */
  readonly code?: ChektConnectErrorCode | readonly ChektConnectErrorCode[];
  readonly apiCode?: string;
  readonly outcome?: 'not-applied' | 'unknown';
  readonly status?: number;
  readonly retryAfter?: number;
}

export type HostProperties = Partial<
  Pick<
    ChektConnectElement,
    | 'externalDealerId'
    | 'platformName'
    | 'platformScope'
    | 'companyName'
    | 'apiBaseUrl'
    | 'tokenUrl'
    | 'authorizeUrl'
    | 'disconnectBaseUrl'
    | 'timeout'
    | 'disabled'
    | 'getAccessToken'
    | 'fetch'
    | 'messages'
    | 'binding'
  >
>;

/** What a host can use to build its properties. */
export interface Given {
  readonly wire: Scene['wire'];
  /** A canary token by its number, which must appear only in the one header. */
  readonly token: (number: number) => string;
  /** The reasons for which the source of authorization was asked, in order. */
  readonly asks: string[];
}

/** One fault of the catalogue. */
export interface Row {
  readonly name: string;
  /** The default is connect, in browser mode. Disconnect goes through the relay, from a binding that the host gave. */
  readonly operation?: 'connect' | 'disconnect';
  /** The server's answers in order, the last one repeated. The default is a success. */
  readonly answers?: readonly Answer[];
  readonly wire?: WireOptions;
  /** How many times faster than real time the page's clock runs; the default is `speedOf` the row. */
  readonly speed?: number;
  /** The host's properties, added to the usual ones. */
  readonly host?: (given: Given) => HostProperties;
  /** What the host or the person does; the default is to type a name and press the button. */
  readonly act?: (scene: Scene) => unknown;
  /** The name that the person types. */
  readonly typed?: string;
  readonly ends: Ending;
  /** How many PUTs arrive at the server, at least and at most; the default is 1 where there is an attempt. */
  readonly requests?: number | readonly [number, number];
  /** Requests as the element counts them, if not all of them arrive. */
  readonly tries?: number;
  /** The number of different idempotency keys, one per operation. */
  readonly keys?: number;
  /** The number of terminal events, if not one. */
  readonly endings?: number;
  /** The reasons with which the source is asked; by default, once with `initial`. */
  readonly asks?: readonly string[];
  /** The browser leaves the connection of an aborted request open: Chromium does for a preflight. */
  readonly leavesOpen?: boolean;
  /** The number of console messages, which only mistakes of the host may cause. Default: one for `configuration`. */
  readonly told?: number;
  /** Errors that the host's own listeners throw; the element causes none. */
  readonly uncaught?: number;
  /** Further assertions at the end. */
  readonly also?: (scene: Scene) => unknown;
}

export const connected: Ending = { event: 'chekt-connected', state: 'connected' };
export const disconnected: Ending = { event: 'chekt-disconnected', state: 'authorized' };

/** The attempt failed, and the form is shown again. */
export function failed(
  code: NonNullable<Ending['code']>,
  outcome: 'not-applied' | 'unknown',
  more: Partial<Ending> = {},
): Ending {
  return { event: 'chekt-error', state: 'authorized', code, outcome, ...more };
}

/** The host could not say whether the dealer has authorized. */
export function unavailable(code: ChektConnectErrorCode, more: Partial<Ending> = {}): Ending {
  return { event: 'chekt-error', state: 'unavailable', code, outcome: 'not-applied', ...more };
}

export const dealer = fullDealer;

/** An answer by which CHeKT records the binding. */
export const success: Answer = { status: 200, json: dealer };

export const binding: Binding = {
  dealerId: 12345,
  externalDealerId: 'adc-67890',
  companyName: 'Acme Security Systems, Inc.',
};

/** An answer in CHeKT's envelope. */
export function refusal(status: number, code: string, more: Record<string, unknown> = {}): Answer {
  return {
    status,
    json: { error: { code, message: 'For the log of CHeKT.', request_id: 'req_1', ...more } },
  };
}
