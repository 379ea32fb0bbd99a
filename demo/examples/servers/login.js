/** In the place of your own login: whoever opens /login is Sam of Acme. */
import { randomUUID } from 'node:crypto';

const user = { id: 'u1', name: 'Sam Doe', account: { id: 'adc-67890', name: 'Acme' } };

/** The `Set-Cookie` of a new session. */
export const logIn = () => `sid=${randomUUID()}; Path=/; HttpOnly; SameSite=Lax`;

/** Whose session a `Cookie` is of; null: nobody is signed in. */
export function sessionOf(cookie) {
  const [, id] = /(?:^|; )sid=([\w-]+)/.exec(cookie ?? '') ?? [];
  return id ? { id, user } : null;
}

/** Who asks, and for which of your accounts, as the service wants to know it. */
export function identityOf(session) {
  if (!session) return null;
  const { account, ...actor } = session.user;
  return { externalDealerId: account.id, accountName: account.name, sessionId: session.id, actor };
}
