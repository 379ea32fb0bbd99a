/**
 * The page that the person came from, as a path of our own origin. Anything else would make this an open redirect, and a
 * page below `basePath` a sign-in that begins itself again.
 */
export function returnPath(
  page: string | undefined,
  { origin, basePath }: { origin: string; basePath: string },
): string {
  if (page === undefined || !URL.canParse(page, origin)) return '/';
  const url = new URL(page, origin);
  // A blob: URL and one with a user name have our origin, too.
  if (!url.href.startsWith(`${origin}/`) || url.pathname.startsWith('//')) return '/';
  if (`${url.pathname}/`.startsWith(`${basePath}/`)) return '/';
  return url.pathname + url.search + url.hash;
}
