/**
 * The page that the person came from, as a path on our own origin. Another origin would make this an open
 * redirect, and a page below `basePath` could start the next sign-in in a loop.
 */
export function returnPath(
  page: string | undefined,
  { origin, basePath }: { origin: string; basePath: string },
): string {
  if (page === undefined || !URL.canParse(page, origin)) return '/';
  const url = new URL(page, origin);
  // A blob: URL and a URL with a user name also have our origin.
  if (!url.href.startsWith(`${origin}/`) || url.pathname.startsWith('//')) return '/';
  if (`${url.pathname}/`.startsWith(`${basePath}/`)) return '/';
  return url.pathname + url.search + url.hash;
}
