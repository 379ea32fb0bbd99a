import { randomUUID } from 'node:crypto';
import { Hono } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { createMiddleware } from 'hono/factory';
import type { PlatformIdentity } from '../../src/service/index.js';

/** Who is signed in to the platform; null if nobody is. */
export type LoginEnv = { Variables: { login: Login | null } };
export type Login = PlatformIdentity & { readonly sessionId: string };

const SESSION = 'northwind_session';
const SIGNED_OUT = 'northwind_signed_out';

interface LoginOptions {
  /** Path of the session cookies; a path for each run keeps the sessions of the runs apart. */
  readonly path: string;
  /** External dealer id of the account that a new visitor is signed in to. */
  readonly account: string;
  readonly onLogout: (sessionId: string) => Promise<void>;
}

/**
 * Stands in for a platform's own login. It signs every new visitor in to the sample account at once, so that a tester sees the
 * element and not a second login form.
 */
export function standInLogin({ path, account, onLogout }: LoginOptions) {
  const logins = new Map<string, Login>();
  const cookie = { path, httpOnly: true, sameSite: 'Lax' } as const;
  const begin = (externalDealerId: string): Login => {
    const login = {
      externalDealerId,
      accountName: externalDealerId,
      sessionId: randomUUID(),
      actor: { id: 'sam', name: 'Sam Doe' },
    };
    logins.set(login.sessionId, login);
    return login;
  };

  const middleware = createMiddleware<LoginEnv>(async (c, next) => {
    const known = logins.get(getCookie(c, SESSION) ?? '');
    const isNew = !known && c.req.method === 'GET' && getCookie(c, SIGNED_OUT) === undefined;
    const login = known ?? (isNew ? begin(account) : null);
    c.set('login', login);
    await next();
    if (isNew && login) setCookie(c, SESSION, login.sessionId, cookie);
  });

  const routes = new Hono<LoginEnv>();
  routes.post('/demo-session', async (c) => {
    const { externalDealerId } = await c.req.json<{ externalDealerId: unknown }>();
    if (typeof externalDealerId !== 'string' || !/^[\w.-]{1,64}$/.test(externalDealerId)) {
      return c.json({ message: 'externalDealerId must be 1 to 64 letters, digits, ".", "_" or "-".' }, 400);
    }
    await end(c.var.login);
    deleteCookie(c, SIGNED_OUT, cookie);
    setCookie(c, SESSION, begin(externalDealerId).sessionId, cookie);
    return c.json({ externalDealerId });
  });
  routes.delete('/demo-session', async (c) => {
    await end(c.var.login);
    deleteCookie(c, SESSION, cookie);
    setCookie(c, SIGNED_OUT, '1', cookie);
    return c.body(null, 204);
  });

  async function end(login: Login | null): Promise<void> {
    if (!login) return;
    logins.delete(login.sessionId);
    await onLogout(login.sessionId);
  }

  return { middleware, routes };
}
