import { randomUUID } from 'node:crypto';
import type { Handler } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { sessionKey } from '../../../src/service/caller.js';
import type { DealerTokens } from '../../../src/service/oauth/dealer-sign-in.js';
import { createSealing, type EncryptionKey } from '../../../src/service/sealing.js';
import type { Store } from '../../../src/service/index.js';
import type { LoginEnv } from '../login.js';

interface Arrangement {
  /** URL of the sandbox's controls for this run. */
  readonly controls: string;
  readonly store: Store;
  readonly encryptionKeys: readonly EncryptionKey[];
}

const DAY = 24 * 60 * 60_000;

/**
 * Do NOT copy this: it writes a sign-in with CHeKT straight into the service's store, so that a scenario can begin after it. The
 * sandbox issues the token from the body of this request: whose token, how long it is valid, whether it is opaque.
 */
export function sampleSignIn({ controls, store, encryptionKeys }: Arrangement): Handler<LoginEnv> {
  const sealing = createSealing(encryptionKeys);
  return async (c) => {
    const { login } = c.var;
    if (!login) return c.json({ message: 'Nobody is signed in to the platform.' }, 401);
    const order = await c.req.text();
    const answer = await fetch(`${controls}/tokens`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: order,
    });
    if (!answer.ok) return c.body(await answer.text(), answer.status as ContentfulStatusCode);
    const { access_token, expires_in, scope, ...claims } = await answer.json();
    const now = Date.now();
    const tokens: DealerTokens = {
      accessToken: access_token,
      scope,
      expiresAt: now + expires_in * 1000,
      // An opaque token says nothing about the person.
      person: JSON.parse(order).opaque ? {} : personOf(claims),
    };
    const signInId = randomUUID();
    await store.startGrant({
      session: await sessionKey(login.sessionId),
      actor: login.actor.id,
      account: login.externalDealerId,
      signInId,
      sealed: await sealing.seal(tokens, `grant:${signInId}`),
      createdAt: now,
      expiresAt: now + DAY,
      idleAt: now + DAY,
    });
    return c.body(null, 204);
  };
}

function personOf({ sub, name, email, company_name, dealer_id }: Record<string, string | undefined>) {
  return {
    ...(sub !== undefined && { sub }),
    ...(name !== undefined && { name }),
    ...(email !== undefined && { email }),
    ...(company_name !== undefined && { companyName: company_name }),
    ...(dealer_id !== undefined && { dealerId: Number(dealer_id) }),
  };
}
