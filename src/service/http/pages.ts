import type { Context } from 'hono';
import { html as markup } from 'hono/html';
import type { ContentfulStatusCode } from 'hono/utils/http-status';

const POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

export interface Page {
  readonly status: number;
  readonly title: string;
  readonly text: string;
  /** Where the page's link leads (a path on our own origin) and its label. */
  readonly href: string;
  readonly action: string;
  /** Whether the page follows the link by itself. */
  readonly isRefresh?: boolean;
}

/**
 * A page for a person who navigates here: a text and a link. It has no script or style, so any content
 * security policy allows it.
 */
export async function page(
  c: Context,
  { status, title, text, href, action, isRefresh }: Page,
): Promise<Response> {
  c.header('Content-Security-Policy', POLICY);
  const refresh = isRefresh ? markup`<meta http-equiv="refresh" content="0; url=${href}" />` : '';
  const document = await markup`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        ${refresh}
        <title>${title}</title>
      </head>
      <body>
        <main>
          <h1>${title}</h1>
          <p>${text}</p>
          <p><a href="${href}">${action}</a></p>
        </main>
      </body>
    </html> `;
  return c.html(document, status as ContentfulStatusCode);
}
