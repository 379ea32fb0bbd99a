import type { Context } from 'hono';
import { html as markup } from 'hono/html';
import type { ContentfulStatusCode } from 'hono/utils/http-status';

const POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

export interface Page {
  readonly status: number;
  readonly title: string;
  readonly text: string;
  /** The way on: a path of our own, and what its link says. */
  readonly href: string;
  readonly action: string;
  /** Goes there by itself. */
  readonly isRefresh?: boolean;
}

/** For a person who navigates: words and a way on. Without a script or a style, so that any policy allows it. */
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
