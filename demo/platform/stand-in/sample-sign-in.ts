import { randomUUID } from 'node:crypto';
import { Hono } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { PlatformEnv, Sessions } from '../index.js';
import { platformSessionEnded } from '../errors.js';
import { parseObject } from '../partner-api.js';
import { sameOriginOnly } from '../same-origin.js';

/**
 * NOT to be copied: puts a sign-in with CHeKT into the session without a person, so that a scenario can begin after
 * it. The sandbox makes the token; what it takes (whose, how long, opaque) is the body of this request.
 */
export function sampleSignIn(at: {
  origin: string;
  basePath: string;
  sandboxOrigin: string;
  run: string;
  sessions: Sessions;
}): Hono<PlatformEnv> {
  const app = new Hono<PlatformEnv>().basePath(at.basePath);
  app.post('/demo-sign-in', sameOriginOnly(at.origin), async (c) => {
    const session = at.sessions.read(c);
    if (!session) return c.json(platformSessionEnded, 401);
    const order = await c.req.text();
    const answer = await fetch(`${at.sandboxOrigin}/sandbox/runs/${at.run}/tokens`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: order,
    });
    if (!answer.ok) return c.body(await answer.text(), answer.status as ContentfulStatusCode);
    const { access_token, expires_in, scope, ...claims } = await answer.json();
    session.tokens = {
      signIn: randomUUID(),
      accessToken: access_token,
      refreshToken: undefined,
      scope,
      expiresAt: Date.now() + expires_in * 1000,
      claims: parseObject(order)?.opaque ? {} : claims, // then nobody says who it was
    };
    return c.body(null, 204);
  });
  return app;
}
