import { Background } from './background.js';
import { Callers } from './caller.js';
import { Aftermath } from './due/aftermath.js';
import { BindingChecks } from './due/binding-checks.js';
import { Outbox } from './due/outbox.js';
import { Reconciliation } from './due/reconcile.js';
import { Reports } from './due/reports.js';
import { Revocations } from './due/revocations.js';
import { DueWork } from './due/run-due.js';
import { OwnCookie } from './http/own-cookie.js';
import { Limits } from './limits.js';
import { DealerSignIn } from './oauth/dealer-sign-in.js';
import { Grants } from './oauth/grants.js';
import { OAuthClient } from './oauth/oauth-client.js';
import { PlatformClient } from './oauth/platform-client.js';
import { ConnectOperations } from './operations/connect.js';
import { DisconnectOperations } from './operations/disconnect.js';
import { Disconnecting } from './operations/disconnecting.js';
import { Journal } from './operations/journal.js';
import { Recovery } from './operations/recovery.js';
import type { Parts } from './parts.js';
import { createSealing } from './sealing.js';
import type { Settings } from './settings.js';
import { PartnerApi } from './upstream/partner-api.js';
import { PlatformCalls } from './upstream/platform-calls.js';
import { Standings } from './upstream/standing.js';

const DAY = 24 * 60 * 60_000;

export interface Composed extends Parts {
  readonly cookie: OwnCookie;
  readonly dealerOAuth: OAuthClient;
  readonly platformOAuth: OAuthClient;
  readonly platformClient: PlatformClient;
  readonly api: PartnerApi;
  readonly reconciliation: Reconciliation;
  readonly dueWork: DueWork;
}

/** Wires the service together. This is the only place that knows all of its parts. */
export function compose(settings: Settings): Composed {
  const { store, logger, clock, origin, basePath, notConnected } = settings;
  const common = { store, logger, clock };
  const environment = { apiOrigin: settings.partnerApi.baseUrl, clientId: settings.platformClient.clientId };

  const sealing = createSealing(settings.encryptionKeys);
  const cookie = new OwnCookie(settings);
  const dealerOAuth = new OAuthClient(settings.dealerSignIn, 'dealerSignIn', common);
  const platformOAuth = new OAuthClient(settings.platformClient, 'platformClient', common);
  const signIn = new DealerSignIn(dealerOAuth, `${origin}${basePath}/callback`, clock);
  const platformClient = new PlatformClient(platformOAuth, { store, sealing, clock });

  const api = new PartnerApi(settings.partnerApi.baseUrl);
  const limits = new Limits({
    store,
    clock,
    perMinute: settings.perMinute,
    environment: JSON.stringify(environment),
  });
  const calls = new PlatformCalls({ api, client: platformClient, limits, logger });
  const standings = new Standings({ ...common, calls, environment, notConnected });

  const grants = new Grants({ ...common, sealing, signIn });
  const { retentionDays } = settings;
  const journal = new Journal({ store, sealing, clock, remember: retentionDays.operations * DAY });
  const connects = new ConnectOperations({ ...common, journal, api, limits, standings, environment });
  const disconnects = new DisconnectOperations({ ...common, journal, calls, standings, environment });
  const checks = new BindingChecks({ ...common, standings, environment });
  const disconnecting = new Disconnecting({ ...common, journal, standings, checks, disconnects });

  const outbox = new Outbox({ ...common, hooks: settings.on ?? {} });
  const revocations = new Revocations({ ...common, grants, signIn });
  const recovery = new Recovery({ ...common, journal, connects, disconnects, disconnecting, grants });
  const reports = new Reports({ store, standings, environment, clock });
  const reconciliation = new Reconciliation({ ...common, checks, environment });
  const background = new Background(logger);
  const aftermath = new Aftermath({ outbox, revocations, standings, background });
  const dueWork = new DueWork({
    ...common,
    outbox,
    revocations,
    recovery,
    reports,
    reconciliation,
    retentionDays,
  });

  return {
    settings,
    store,
    sealing,
    environment,
    callers: new Callers(settings, cookie),
    cookie,
    dealerOAuth,
    platformOAuth,
    platformClient,
    api,
    signIn,
    grants,
    limits,
    standings,
    journal,
    connects,
    disconnecting,
    checks,
    recovery,
    reports,
    outbox,
    revocations,
    reconciliation,
    dueWork,
    aftermath,
    background,
  };
}
