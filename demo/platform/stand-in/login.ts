import { Hono } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import type { PlatformEnv, Sessions } from '../index.js';
import { errorBody } from '../errors.js';
import { parseObject } from '../partner-api.js';
import { sameOriginOnly } from '../same-origin.js';

const SIGNED_OUT = 'demo_signed_out';

/**
 * NOT to be copied: in the place of a platform's own login. Whoever comes is signed in to the sample account at once,
 * so that a tester meets the element and not a second login form. Yours calls `sessions.start` after a real login.
 */
export function standInLogin(at: {
  origin: string;
  basePath: string;
  account: string;
  sandboxOrigin: string;
  sessions: Sessions;
}) {
  const { origin, basePath, account, sandboxOrigin, sessions } = at;
  const app = new Hono<PlatformEnv>().basePath(basePath);
  app.use('/demo-session', sameOriginOnly(origin));

  app.get('*', async (c, next) => {
    if (!sessions.read(c) && !getCookie(c, SIGNED_OUT)) sessions.start(c, account);
    await next();
  });

  app.get('/demo-session', (c) => {
    c.header('Cache-Control', 'no-store');
    return c.json({ sandboxOrigin, externalDealerId: sessions.read(c)?.externalDealerId ?? null });
  });

  app.post('/demo-session', async (c) => {
    const id = parseObject(await c.req.text())?.externalDealerId;
    if (typeof id !== 'string' || !/^[\w.-]{1,64}$/.test(id)) {
      return c.json(
        errorBody('invalid_request', 'externalDealerId is 1 to 64 letters, digits, ".", "_" or "-".'),
        400,
      );
    }
    deleteCookie(c, SIGNED_OUT, { path: basePath });
    sessions.start(c, id);
    return c.json({ externalDealerId: id });
  });

  app.delete('/demo-session', (c) => {
    sessions.end(c);
    setCookie(c, SIGNED_OUT, '1', { path: basePath, httpOnly: true, sameSite: 'Lax' });
    return c.body(null, 204);
  });

  return app;
}
