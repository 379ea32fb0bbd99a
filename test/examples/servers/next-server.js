/** As much of Next.js as a route handler sees: a standard request, and one function for each method. Stands in `next/` when it runs. */
import { createAdaptorServer } from '@hono/node-server';

// where the example is, once this file stands beside it
const example = (file) => import(new URL(file, import.meta.url).href);
const { logIn } = await example('../login.js');
const route = await example('./app/chekt/[...path]/route.js');

const fetch = (request) => {
  const { pathname } = new URL(request.url);
  if (pathname === '/login')
    return new Response(null, { status: 302, headers: { Location: '/', 'Set-Cookie': logIn() } });
  const handler = pathname.startsWith('/chekt/') ? route[request.method] : undefined;
  const params = Promise.resolve({ path: pathname.split('/').slice(2) });
  return handler ? handler(request, { params }) : new Response(null, { status: 404 });
};
createAdaptorServer({ fetch }).listen(Number(process.env.PORT));
