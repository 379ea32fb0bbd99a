import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { Provider } from 'oidc-provider';
import { accountByEmail } from '../sample-data/accounts.js';
import { describeSandbox } from '../description.js';
import { revokeGrant } from '../oauth/authorization-server.js';
import { clients, platformClient } from '../sample-data/clients.js';
import {
  badInput,
  bindingInput,
  faultsInput,
  portalInput,
  readBody,
  revokeInput,
  subjectOf,
  switchesInput,
  tokenInput,
} from './control-input.js';
import type { PlatformOrigins } from '../partner-api/cors.js';
import { dealerById } from '../sample-data/dealers.js';
import { streamLog } from './log-stream.js';
import { disconnectInPortal } from './portal.js';
import { personClaims } from '../oauth/issued-claims.js';
import { onlyLoopback, onlyPlatformPages } from './loopback.js';
import type { NodeEnv } from '../partner-api/partner-api.js';
import { switchList } from '../switches.js';
import { USER_SCOPE } from '../oauth/scopes.js';
import type { IssuedTokens } from '../oauth/issued-tokens.js';
import type { Run } from '../store/run.js';
import type { Runs } from '../store/runs.js';
import type { AccessTokens } from '../oauth/access-tokens.js';

interface Parts {
  readonly runs: Runs;
  readonly tokens: AccessTokens;
  readonly issued: IssuedTokens;
  readonly provider: Provider;
  readonly origins: PlatformOrigins;
  /** The sandbox's origin. */
  readonly origin: string;
}

type RunEnv = NodeEnv & { Variables: { run: Run } };

/** The control interface, with which testers and tests set up a run and inspect it. */
export function createControlApi({ runs, tokens, issued, provider, origins, origin }: Parts): Hono<RunEnv> {
  const control = new Hono<RunEnv>();
  control.use(onlyLoopback, ...onlyPlatformPages(origins));
  control.get('/sandbox/switches', (c) => c.json(switchList));
  control.use('/sandbox/runs/:run/*', async (c, next) => {
    const run = runs.get(c.req.param('run'));
    if (!run) throw badInput('A run is named by 1 to 40 lower-case letters, digits and hyphens.');
    c.set('run', run);
    await next();
  });
  const api = control.basePath('/sandbox/runs/:run');

  api.post('/reset', (c) => {
    c.var.run.reset();
    return c.json(describe(c.var.run));
  });

  api.get('/platform', (c) => c.json(describeSandbox(origin, c.var.run.id)));

  api.get('/switches', (c) => c.json(c.var.run.switches));
  api.put('/switches', async (c) => {
    const { run } = c.var;
    run.switches = { ...run.switches, ...(await readBody(c, switchesInput)) };
    return c.json(run.switches);
  });

  api.get('/faults', (c) => c.json({ faults: c.var.run.faults.list() }));
  api.put('/faults', async (c) => {
    const { faults } = await readBody(c, faultsInput);
    c.var.run.faults.set(faults);
    return c.json({ faults });
  });

  api.get('/bindings', (c) => c.json(bindings(c.var.run)));
  api.put('/bindings', async (c) => {
    const seeded = await readBody(c, bindingInput);
    c.var.run.bindings.record({ ...seeded, connectedAt: new Date().toISOString(), connectedBy: 'sandbox' });
    return c.json(bindings(c.var.run));
  });
  api.delete('/bindings/:externalDealerId', (c) => {
    const removed = c.var.run.bindings.removeExternalId(c.req.param('externalDealerId'));
    if (!removed) throw new HTTPException(404, { message: 'No dealer is bound to this external dealer id.' });
    return c.json(bindings(c.var.run));
  });

  api.post('/portal/disconnect', async (c) => {
    const { account: email } = await readBody(c, portalInput);
    disconnectInPortal(c.var.run, email);
    return c.json(bindings(c.var.run));
  });

  api.get('/log', (c) => c.json(c.var.run.log.list()));
  api.get('/audit', (c) => c.json(c.var.run.audit.list()));
  api.get('/events', (c) => streamLog(c, c.var.run.log));

  api.post('/tokens', async (c) => {
    const { kind, account: email, expiresIn, opaque, scope: wanted } = await readBody(c, tokenInput);
    const account = kind === 'user' ? accountByEmail(email ?? '') : undefined;
    const client = account ? platformClient : clients.find((candidate) => candidate.kind === kind);
    if (!client) throw badInput('There is no client of this kind.');
    const scope = wanted ?? (account ? USER_SCOPE : (client.machineScope ?? ''));
    const subject = account?.subject ?? client.id;
    const order = { subject, clientId: client.id, scope, run: c.var.run.id, opaque, expiresIn };
    return c.json({
      access_token: await tokens.mint(order),
      token_type: 'Bearer',
      expires_in: expiresIn,
      scope,
      ...(account && personClaims(account)),
    });
  });
  api.post('/revoke', async (c) => {
    const { account } = await readBody(c, revokeInput);
    const grants = issued.revokeSubject(subjectOf(account), c.var.run.id);
    await Promise.all(grants.map((grantId) => revokeGrant(provider, grantId)));
    return c.json({ revoked: account });
  });

  control.notFound((c) => c.json({ message: 'The sandbox has no such control.' }, 404));
  control.onError((error, c) => {
    if (error instanceof HTTPException) return c.json({ message: error.message }, error.status);
    console.error(error);
    return c.json({ message: 'The sandbox has a bug. See its console.' }, 500);
  });
  return control;
}

function describe(run: Run) {
  return { run: run.id, switches: run.switches, faults: run.faults.list(), bindings: bindings(run) };
}

function bindings(run: Run) {
  return run.bindings
    .list()
    .map((binding) => ({ ...binding, companyName: dealerById(binding.dealerId)?.companyName }));
}
