import type { ErrorOut, KoaContextWithOIDC } from 'oidc-provider';
import { errorPage } from './sign-in-views.js';

/**
 * The headers of the sandbox's pages: no scripts are allowed, and forms may go only here or back to the
 * platform.
 */
export function pageHeaders(formTargets: readonly string[] = []): Record<string, string> {
  const policy = [
    "default-src 'none'",
    "style-src 'self'",
    // Browsers apply form-action to the redirects after a form, too.
    `form-action ${["'self'", ...formTargets].join(' ')}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ];
  return {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': policy.join('; '),
    'Cache-Control': 'no-store',
    'Referrer-Policy': 'same-origin',
    'X-Content-Type-Options': 'nosniff',
  };
}

/** Shows the authorization server's own errors to a person. */
export async function sendErrorPage(ctx: KoaContextWithOIDC, out: ErrorOut): Promise<void> {
  ctx.set(pageHeaders());
  ctx.body = String(await errorPage(`${out.error}: ${out.error_description ?? 'no description'}`));
}
