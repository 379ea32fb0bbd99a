import { readFile } from 'node:fs/promises';
import type { Context } from 'hono';
import { Hono } from 'hono';
import type { Provider } from 'oidc-provider';
import type { Account } from '../sample-data/accounts.js';
import { accountByEmail, accountBySubject, SAMPLE_PASSWORD } from '../sample-data/accounts.js';
import { clientById } from '../sample-data/clients.js';
import type { NodeEnv } from '../partner-api/partner-api.js';
import { describeScopes } from '../oauth/scopes.js';
import { pageHeaders } from './sign-in-headers.js';
import { consentPage, errorPage, signInPage } from './sign-in-views.js';

type Interaction = Awaited<ReturnType<Provider['interactionDetails']>>;

const styles = await readFile(new URL('./sign-in.css', import.meta.url), 'utf8');

/** The pages that a person sees between leaving the platform and returning to it. */
export function createSignInPages(provider: Provider): Hono<NodeEnv> {
  const pages = new Hono<NodeEnv>();
  const begun = (c: Context<NodeEnv>) => provider.interactionDetails(c.env.incoming, c.env.outgoing);
  const show = async (
    c: Context<NodeEnv>,
    view: ReturnType<typeof errorPage>,
    status: 200 | 400 | 422 = 200,
    back?: string,
  ) => c.body(String(await view), status, pageHeaders(back === undefined ? [] : [new URL(back).origin]));
  const finish = async (
    c: Context<NodeEnv>,
    result: Parameters<Provider['interactionResult']>[2],
    options?: Parameters<Provider['interactionResult']>[3],
  ) => c.redirect(await provider.interactionResult(c.env.incoming, c.env.outgoing, result, options), 303);

  pages.get('/sign-in.css', (c) => c.body(styles, 200, { 'Content-Type': 'text/css; charset=utf-8' }));

  pages.get('/favicon.ico', (c) => c.body(null, 204));

  pages.get('/sign-in/:uid', async (c) => {
    const interaction = await begun(c);
    const { uid, prompt, session } = interaction;
    const { clientName, redirectUri, loginHint } = asked(interaction);
    const account = accountBySubject(session?.accountId ?? '');
    if (prompt.name === 'login' || !account) {
      return show(c, signInPage({ uid, clientName, email: loginHint }), 200, redirectUri);
    }
    const permissions = describeScopes(missingScopes(interaction));
    const switchUrl = `/authorize?${new URLSearchParams({ ...textParams(interaction), prompt: 'login' })}`;
    return show(c, consentPage({ uid, clientName, account, permissions, switchUrl }), 200, redirectUri);
  });

  pages.post('/sign-in/:uid/login', async (c) => {
    const interaction = await begun(c);
    const { email, password, sample } = await c.req.parseBody();
    const chosen = accountByEmail(String(sample ?? email ?? ''));
    const account = sample !== undefined || password === SAMPLE_PASSWORD ? chosen : undefined;
    if (!account) {
      const { clientName, redirectUri } = asked(interaction);
      const problem = 'This e-mail and password do not belong together. Try again, or use a sample account.';
      const view = signInPage({ uid: interaction.uid, clientName, email: String(email ?? ''), problem });
      return show(c, view, 422, redirectUri);
    }
    await leaveOtherAccount(provider, interaction, account);
    return finish(c, { login: { accountId: account.subject } }, { mergeWithLastSubmission: false });
  });

  pages.post('/sign-in/:uid/consent', async (c) => {
    const interaction = await begun(c);
    const { session, params, prompt } = interaction;
    if (!session || prompt.name !== 'consent') {
      return show(c, errorPage('Nobody has signed in yet.'), 400);
    }
    const grant =
      (interaction.grantId === undefined ? undefined : await provider.Grant.find(interaction.grantId)) ??
      new provider.Grant({ accountId: session.accountId, clientId: String(params['client_id']) });
    const { missingOIDCScope, missingResourceScopes } = missing(interaction);
    if (missingOIDCScope) grant.addOIDCScope(missingOIDCScope.join(' '));
    for (const [resource, scopes] of Object.entries(missingResourceScopes ?? {})) {
      grant.addResourceScope(resource, scopes.join(' '));
    }
    return finish(c, { consent: { grantId: await grant.save() } });
  });

  pages.post('/sign-in/:uid/cancel', (c) =>
    finish(
      c,
      { error: 'access_denied', error_description: 'The person did not allow access.' },
      { mergeWithLastSubmission: false },
    ),
  );

  pages.onError((error, c) => show(c, errorPage(error.message), 400));
  return pages;
}

/** Ends the session here, because the library would do so with a page that submits itself by script. */
async function leaveOtherAccount(
  provider: Provider,
  interaction: Interaction,
  account: Account,
): Promise<void> {
  const session = interaction.session && (await provider.Session.findByUid(interaction.session.uid));
  if (!interaction.session || !session?.accountId || session.accountId === account.subject) return;
  session.accountId = account.subject;
  session.authorizations = {};
  await session.persist();
  interaction.session.accountId = account.subject;
  await interaction.persist();
}

function asked({ params }: Interaction) {
  const text = (name: string) => (typeof params[name] === 'string' ? params[name] : '');
  return {
    clientName: clientById(text('client_id'))?.name ?? text('client_id'),
    redirectUri: text('redirect_uri'),
    loginHint: text('login_hint'),
  };
}

function textParams({ params }: Interaction): Record<string, string> {
  const texts = Object.entries(params).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  return Object.fromEntries(texts);
}

interface Missing {
  readonly missingOIDCScope?: readonly string[];
  readonly missingResourceScopes?: Readonly<Record<string, readonly string[]>>;
}

function missing({ prompt }: Interaction): Missing {
  return prompt.details;
}

function missingScopes(interaction: Interaction): string[] {
  const { missingOIDCScope = [], missingResourceScopes = {} } = missing(interaction);
  return [...missingOIDCScope, ...Object.values(missingResourceScopes).flat()];
}
