import { html } from 'hono/html';
import type { Account } from '../sample-data/accounts.js';
import { accounts, SAMPLE_PASSWORD } from '../sample-data/accounts.js';
import { dealerById } from '../sample-data/dealers.js';

type View = ReturnType<typeof html>;

interface SignIn {
  readonly uid: string;
  readonly clientName: string;
  readonly email: string;
  readonly problem?: string;
}

export function signInPage({ uid, clientName, email, problem }: SignIn): View {
  return layout(
    'Sign in',
    html`<h1>Sign in with CHeKT</h1>
      <p>to continue to <strong>${clientName}</strong></p>
      ${problem ? html`<p class="problem" role="alert" id="problem">${problem}</p>` : ''}
      <form method="post" action="/sign-in/${uid}/login">
        <label for="email">E-mail</label>
        <input
          id="email"
          name="email"
          type="email"
          autocomplete="username"
          required
          value="${email}"
          ${problem ? html`aria-describedby="problem" aria-invalid="true"` : ''}
        />
        <label for="password">Password</label>
        <input id="password" name="password" type="password" autocomplete="current-password" required />
        <button class="primary">Sign in</button>
      </form>
      <section aria-labelledby="samples">
        <h2 id="samples">Sample accounts</h2>
        <p>Select one to sign in, or use the form with the password <code>${SAMPLE_PASSWORD}</code>.</p>
        <form method="post" action="/sign-in/${uid}/login">
          <ul class="accounts">
            ${accounts.map(accountButton)}
          </ul>
        </form>
      </section>
      ${cancelForm(uid, `Cancel and go back to ${clientName}`)}`,
  );
}

function accountButton(account: Account): View {
  const role = account.role === 'dealer-admin' ? 'Dealer admin' : 'Technician, not a dealer admin';
  return html`<li>
    <button name="sample" value="${account.email}">
      <strong>${account.name}</strong>
      <span>${role} of ${dealerById(account.dealerId)?.companyName}</span>
      <span>${account.email}</span>
    </button>
  </li>`;
}

interface Consent {
  readonly uid: string;
  readonly clientName: string;
  readonly account: Account;
  readonly permissions: readonly string[];
  readonly switchUrl: string;
}

export function consentPage({ uid, clientName, account, permissions, switchUrl }: Consent): View {
  return layout(
    `Allow ${clientName}`,
    html`<h1>Allow ${clientName}?</h1>
      <p>
        Signed in as <strong>${account.name}</strong>, ${account.email}<br />
        ${dealerById(account.dealerId)?.companyName}<br />
        <a href="${switchUrl}">Use another account</a>
      </p>
      <h2 id="asks">While you are signed in, ${clientName} asks to</h2>
      <ul aria-labelledby="asks">
        ${permissions.map((permission) => html`<li>${permission}</li>`)}
      </ul>
      <p>This alone does not connect your company. ${clientName} asks you about that in the next step.</p>
      <form method="post" action="/sign-in/${uid}/consent">
        <button class="primary">Allow</button>
      </form>
      ${cancelForm(uid, "Don't allow")}`,
  );
}

export function errorPage(detail: string): View {
  return layout(
    'Sign-in stopped',
    html`<h1>This sign-in cannot go on</h1>
      <p>
        It may have expired, or it was begun in another window. Go back to the page you came from and start
        again.
      </p>
      <p class="detail">For developers: ${detail}</p>`,
  );
}

function cancelForm(uid: string, label: string): View {
  return html`<form method="post" action="/sign-in/${uid}/cancel"><button>${label}</button></form>`;
}

function layout(title: string, content: View): View {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title} – CHeKT sandbox</title>
        <link rel="stylesheet" href="/sign-in.css" />
      </head>
      <body>
        <header>CHeKT <span>sandbox</span></header>
        <main>${content}</main>
        <footer>A stand-in for tests. It is not CHeKT and keeps nothing when it stops.</footer>
      </body>
    </html>`;
}
