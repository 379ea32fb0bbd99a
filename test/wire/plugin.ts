import { Server } from 'node:http';
import type { TestRunnerConfig } from '@web/test-runner';
import { control } from './control.js';
import { pagePrefix, WireServer } from './server.js';

type Plugin = NonNullable<TestRunnerConfig['plugins']>[number];
type Middleware = NonNullable<TestRunnerConfig['middleware']>[number];

/** Runs the wire server beside the test runner, and hands on what the page sends to `/__wire/…`. */
export function wire(): { plugin: Plugin; middleware: Middleware } {
  const server = new WireServer();
  return {
    plugin: {
      name: 'wire',
      serverStart({ server: pageServer }) {
        // As on the wire's own ports: browsers repeat a request by themselves if it fails on a connection used before.
        if (pageServer instanceof Server) pageServer.maxRequestsPerSocket = 1;
        return server.start();
      },
      serverStop: () => server.stop(),
    },
    async middleware(context, next) {
      if (!context.path.startsWith(`${pagePrefix}/`)) return next();
      // The wire writes, and breaks, the connection itself.
      context.respond = false;
      context.status = 200;
      const inside = context.path.slice(pagePrefix.length);
      if (inside.startsWith('/control')) await control(server, context.req, context.res);
      else await server.handle(context.req, context.res, pagePrefix);
    },
  };
}
