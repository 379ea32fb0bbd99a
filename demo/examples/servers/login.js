/** In the place of your own login: whoever opens /login is Sam of Acme. It is the same for every example, and is not counted. */
import { randomUUID } from 'node:crypto';

const sessions = new Map();

/** The `Set-Cookie` of a new session. */
export function logIn() {
  const id = randomUUID();
  const user = { id: 'u1', name: 'Sam Doe', account: { id: 'adc-67890', name: 'Acme, Springfield' } };
  sessions.set(id, { id, user });
  return `sid=${id}; Path=/; HttpOnly; SameSite=Lax`;
}

/** @param {string | null | undefined} cookie the request's header */
export function sessionOf(cookie) {
  return sessions.get(/(?:^|; )sid=([\w-]+)/.exec(cookie ?? '')?.[1]) ?? null;
}

/** Who that is, as the service wants to know it; null: nobody. */
export function identityOf(session) {
  if (!session) return null;
  const { id, name, account } = session.user;
  return {
    externalDealerId: account.id,
    accountName: account.name,
    sessionId: session.id,
    actor: { id, name },
  };
}
