/**
 * What a platform's page does with `<chekt-connect>`. Read it from top to bottom; the rest of this folder is
 * for testers.
 */
import type { Binding, ChektConnectElement, FormerBinding } from '../../src/index.js';

/**
 * The answer of `GET /chekt/session`: what the platform's service knows about the account that is signed in.
 */
export interface Session {
  readonly platformName: string;
  readonly platformScope: string;
  readonly apiBaseUrl: string;
  readonly externalDealerId: string;
  /** The account's name on the platform. */
  readonly accountName: string;
  readonly binding: Binding | null;
  /**
   * Whether the stored binding still exists. The service asks CHeKT, which does not notify it when a dealer
   * disconnects.
   */
  readonly bindingStatus: 'none' | 'connected' | 'lost' | 'unreachable' | 'unchecked';
  /**
   * The stored binding if CHeKT no longer confirms it: `lost`, or `unreachable` for a reason that CHeKT does
   * not give.
   */
  readonly formerBinding?: FormerBinding;
}

/**
 * `service`: the platform's service calls CHeKT and the page holds no token. `browser`: the element calls
 * CHeKT.
 */
export type Mode = 'service' | 'browser';

/** Returns null if nobody is signed in to the platform. */
export async function readSession(base: string): Promise<Session | null> {
  const answer = await fetch(`${base}/session`);
  if (answer.status === 401) return null;
  if (!answer.ok) throw new Error(`${base}/session answered ${answer.status}.`);
  return (await answer.json()) as Session;
}

/**
 * The element's attributes, which most pages have in their HTML. `base` is the path of the service's routes.
 */
export function attributesFor(session: Session, base: string, mode: Mode): Record<string, string> {
  return {
    'external-dealer-id': session.externalDealerId,
    'account-name': session.accountName,
    'platform-name': session.platformName,
    'platform-scope': session.platformScope,
    'api-base-url': mode === 'browser' ? session.apiBaseUrl : base,
    'token-url': mode === 'browser' ? `${base}/browser-token` : `${base}/token`,
    'authorize-url': `${base}/authorize`,
    'disconnect-base-url': base,
  };
}

/** The page's own messages. */
export interface Told {
  readonly stored: () => void;
  /** CHeKT has recorded the binding, but the platform could not store it. */
  readonly notStored: (retry: () => void) => void;
}

export function listen(element: ChektConnectElement, base: string, mode: Mode, told: Told): void {
  element.addEventListener('chekt-connected', ({ detail }) => {
    if (mode === 'browser') void report(detail.binding.dealerId);
    else told.stored(); // the service made the call and has stored what CHeKT confirmed
  });

  // The account may have been connected or disconnected meanwhile, in another tab or in CHeKT's portal.
  const look = async () => {
    if (document.hidden) return;
    const session = await readSession(base).catch(() => null);
    if (session?.binding) element.binding = session.binding;
    if (session?.formerBinding) {
      element.formerBinding = session.formerBinding;
      element.binding = null;
    }
  };
  document.addEventListener('visibilitychange', look);
  element.addEventListener('chekt-authorization-required', ({ detail }) => {
    if (detail.reason === 'rejected') void look();
  });

  // The service revoked the dealer's tokens once it had stored the binding, so the displayed authorization is
  // out of date.
  element.addEventListener('chekt-disconnected', () => {
    if (element.state === 'authorized') element.reset();
  });

  /**
   * Reports the binding. The service does not trust the page: it asks CHeKT with its own credentials and
   * stores the answer.
   */
  async function report(dealerId: number): Promise<void> {
    const answer = await fetch(`${base}/bindings`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ dealerId }),
    }).catch(() => null);
    if (answer?.ok) told.stored();
    else told.notStored(() => void report(dealerId));
  }
}
