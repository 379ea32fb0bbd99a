/**
 * What a platform's page does with `<chekt-connect>`, to read from top to bottom. The rest of this folder is for testers.
 */
import type { Binding, ChektConnectElement, FormerBinding } from '../../src/index.js';

/** What the platform's backend says about the account that is signed in: `GET /chekt/session`. */
export interface Session {
  readonly platformName: string;
  readonly platformScope: string;
  readonly externalDealerId: string;
  /** What the account is called on the platform. */
  readonly accountName: string;
  readonly binding: Binding | null;
  /** Whether the stored binding is still there: nobody tells the platform when a dealer disconnects in CHeKT. */
  readonly bindingStatus: 'none' | 'connected' | 'lost' | 'unreachable' | 'unchecked';
  /** The stored one where CHeKT no longer confirms it: gone for certain, or out of reach for a reason CHeKT keeps. */
  readonly formerBinding: FormerBinding | null;
}

/** `service`: the platform's backend calls CHeKT and the page holds no token. `browser`: the element calls CHeKT. */
export type Mode = 'service' | 'browser';

/** Null: nobody is signed in to the platform. */
export async function readSession(base: string): Promise<Session | null> {
  const answer = await fetch(`${base}/session`);
  if (answer.status === 401) return null;
  if (!answer.ok) throw new Error(`${base}/session answered ${answer.status}.`);
  return (await answer.json()) as Session;
}

/** Where the platform's routes are, and CHeKT for the page itself. */
export interface Addresses {
  readonly base: string;
  readonly apiBaseUrl: string;
}

/** The attributes of the element; most pages have them in their HTML. In service mode one says it all. */
export function attributesFor(session: Session, addresses: Addresses, mode: Mode): Record<string, string> {
  return mode === 'service' ? { 'service-url': addresses.base } : everyAttribute(session, addresses, mode);
}

/** What `service-url` stands for, said one by one: browser mode, and hosts with another idea of one of them. */
export function everyAttribute(
  session: Session,
  { base, apiBaseUrl }: Addresses,
  mode: Mode,
): Record<string, string> {
  return {
    'external-dealer-id': session.externalDealerId,
    'account-name': session.accountName,
    'platform-name': session.platformName,
    'platform-scope': session.platformScope,
    'api-base-url': mode === 'browser' ? apiBaseUrl : base,
    'token-url': mode === 'browser' ? `${base}/browser-token` : `${base}/token`,
    'authorize-url': `${base}/authorize`,
    'disconnect-base-url': base,
  };
}

/** What the page says in the platform's own name. */
export interface Told {
  readonly stored: () => void;
  /** CHeKT has recorded the connection and the platform could not store it. */
  readonly notStored: (retry: () => void) => void;
}

export function listen(
  element: ChektConnectElement,
  { base, mode, looks }: { readonly base: string; readonly mode: Mode; readonly looks: boolean },
  told: Told,
): void {
  element.addEventListener('chekt-connected', ({ detail }) => {
    if (mode === 'browser') void report(detail.binding.dealerId);
    else told.stored(); // the backend made the call, and has kept what CHeKT confirmed
  });

  // Another tab, or CHeKT's portal, may have connected or disconnected this account meanwhile. With `service-url` alone the
  // element looks itself.
  const look = async () => {
    if (document.hidden || !looks) return;
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

  // The backend gave the dealer's authorization back when it had the connection: what is shown of it is out of date.
  element.addEventListener('chekt-disconnected', () => {
    if (element.state === 'authorized') element.reset();
  });

  /** The backend does not believe the page: it asks CHeKT with its own credentials, and stores what CHeKT says. */
  async function report(dealerId: number): Promise<void> {
    const answer = await fetch(`${base}/bindings`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ dealerId }),
    }).catch(() => null);
    // 202: noted, and asked again later
    if (answer?.status === 200) told.stored();
    else told.notStored(() => void report(dealerId));
  }
}
