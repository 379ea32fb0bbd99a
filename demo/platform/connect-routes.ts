import { Hono, type Context } from 'hono';
import { toBinding, type Binding } from './bindings.js';
import { endSignIn, usableTokens } from './dealer-tokens.js';
import { platformSessionEnded, UpstreamError } from './errors.js';
import type { DealerTokens } from './oauth-client.js';
import { parseDealerId, parseObject, type Answer } from './partner-api.js';
import type { Platform } from './platform.js';
import { notThisAccount, once, passedOn, refusal, relay, signInChanged, signInRequired } from './relay.js';
import type { PlatformEnv, Session } from './sessions.js';

/** Connect, in both modes. The path of the first is CHeKT's own: the element needs to know only another base URL. */
export function connectRoutes({
  options,
  sessions,
  oauth,
  api,
  calls,
  bindings,
}: Platform): Hono<PlatformEnv> {
  const app = new Hono<PlatformEnv>();
  if (options.modes.includes('service')) app.put('/partner/v1/dealers/connect', relayed);
  if (options.modes.includes('browser')) app.post('/bindings', reported);

  /** Service mode: the platform connects, with the dealer's token that the page never sees. */
  async function relayed(c: Context<PlatformEnv>) {
    const session = sessions.read(c);
    if (!session) return c.json(platformSessionEnded, 401);
    const body = parseObject(await c.req.text());
    if (!body) return relay(c, refusal(400, 'invalid_request', 'The body is not a JSON object.'));
    if (body.external_dealer_id !== session.externalDealerId) return relay(c, notThisAccount);
    const signIn = c.req.header('Chekt-Sign-In');
    if (!signIn) return relay(c, signInRequired);
    const companyName = body.company_name;
    const key = c.req.header('Idempotency-Key');
    // one key belongs to one sign-in: what one person has begun, nobody else can repeat
    const sent = [signIn, companyName];
    return relay(c, await once(session, key, sent, () => connect(session, signIn, companyName, passedOn(c))));
  }

  async function connect(
    session: Session,
    signIn: string,
    companyName: unknown,
    headers: Record<string, string>,
  ): Promise<Answer> {
    if (session.tokens && session.tokens.signIn !== signIn) return signInChanged;
    const tokens = await usableTokens(session, oauth);
    if (!tokens) return refusal(401, 'invalid_api_key', 'The dealer has to sign in with CHeKT.');
    if (tokens.signIn !== signIn) return signInChanged; // while the token was renewed
    const answer = await api.call('PUT', '/partner/v1/dealers/connect', {
      token: tokens.accessToken,
      headers,
      // Made anew, not passed on: the account is the session's, and whether the name will do is for CHeKT to say.
      json: { external_dealer_id: session.externalDealerId, company_name: companyName },
    });
    if (answer.status < 200 || answer.status > 299) return answer;
    // A 2xx to the page means "verified and stored". Short of that it is a 502, and a repeat settles it.
    const dealerId = parseDealerId(parseObject(answer.body)?.dealer_id);
    if (!dealerId || !(await keep(session, dealerId, tokens))) {
      throw new UpstreamError('CHeKT accepted the connect but does not confirm it.');
    }
    return answer;
  }

  /** Browser mode: the page says that it has connected a dealer. Only CHeKT's word makes that true. */
  async function reported(c: Context<PlatformEnv>) {
    const session = sessions.read(c);
    if (!session) return c.json(platformSessionEnded, 401);
    const dealerId = parseDealerId(parseObject(await c.req.text())?.dealerId);
    if (!dealerId)
      return relay(c, refusal(400, 'invalid_request', 'dealerId is not a dealer id.', 'dealerId'));
    const known = bindings.get(session.externalDealerId);
    // who was never handed a token for this account cannot have connected anything; told again, it is known already
    const may = [...session.handedOut.values()].some(
      (named) => (parseDealerId(named) ?? dealerId) === dealerId,
    );
    if (!may && known?.dealerId !== dealerId) return relay(c, notThisAccount);
    const since = known?.dealerId === dealerId ? known : undefined; // told again
    const binding = await keep(session, dealerId, session.tokens, since);
    return binding ? c.json({ binding }) : relay(c, notThisAccount);
  }

  /** Stores what CHeKT confirms; then `tokens` have done their work, and our own credentials take over. */
  async function keep(session: Session, dealerId: number, tokens: DealerTokens | null, since?: Binding) {
    const { externalDealerId } = session;
    const standing = await calls.standing(dealerId, externalDealerId);
    if (standing.of !== 'account') return null;
    const now = { connectedAt: new Date().toISOString(), connectedBy: tokens?.claims.name };
    const binding = toBinding({ dealerId, externalDealerId }, standing.dealer, since ?? now);
    bindings.save(binding);
    endSignIn(session, tokens, oauth);
    return binding;
  }

  return app;
}
