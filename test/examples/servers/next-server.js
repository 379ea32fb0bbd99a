/** As much of Next.js as a route handler sees: a standard request, and one function for each method. Stands in `next/` when it runs. */
import { createAdaptorServer } from '@hono/node-server';
import { logIn } from '../login.js';
import * as route from './app/chekt/[...path]/route.js';

const fetch = (request) => {
  const { pathname } = new URL(request.url);
  if (pathname === '/login')
    return new Response(null, { status: 302, headers: { Location: '/', 'Set-Cookie': logIn() } });
  const handler = pathname.startsWith('/chekt/') ? route[request.method] : undefined;
  const params = Promise.resolve({ path: pathname.split('/').slice(2) });
  return handler ? handler(request, { params }) : new Response(null, { status: 404 });
};
createAdaptorServer({ fetch }).listen(Number(process.env.PORT));
