import type { ErrorOut, KoaContextWithOIDC } from 'oidc-provider';
import { errorPage } from './sign-in-views.js';

/** The headers of a page of the sandbox: no script at all, and forms go here or back to the platform. */
export function pageHeaders(formTargets: readonly string[] = []): Record<string, string> {
  const policy = [
    "default-src 'none'",
    "style-src 'self'",
    // A browser holds form-action against the redirects that follow a form too.
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

/** The authorization server's own errors, for a person. */
export async function sendErrorPage(ctx: KoaContextWithOIDC, out: ErrorOut): Promise<void> {
  ctx.set(pageHeaders());
  ctx.body = String(await errorPage(`${out.error}: ${out.error_description ?? 'no description'}`));
}
