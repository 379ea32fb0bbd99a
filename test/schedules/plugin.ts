import type { TestRunnerConfig } from '@web/test-runner';
import { ModelServer } from './model/server.js';
import type { Settings } from './settings.js';

type Plugin = NonNullable<TestRunnerConfig['plugins']>[number];
type Middleware = NonNullable<TestRunnerConfig['middleware']>[number];

const prefix = '/__schedules';

/** Runs the model in the test runner's process: requests to `/__schedules/…` go to the page's platform. */
export function scheduleModel(settings: () => Settings): {
  plugin: Plugin;
  middleware: Middleware;
} {
  const server = new ModelServer();
  return {
    plugin: {
      name: 'schedules',
      serverStart: () => server.start(),
      serverStop: () => server.stop(),
    },
    async middleware(context, next) {
      if (!context.path.startsWith(`${prefix}/`)) return next();
      const { req, res } = context;
      if (context.path === `${prefix}/settings`) {
        context.body = settings();
        return;
      }
      context.respond = false;
      context.status = 200;
      if (context.path === `${prefix}/tab`) {
        res.setHeader('Content-Type', 'text/html');
        res.end('<!doctype html><html lang="en"><title>A tab</title><body></body></html>');
        return;
      }
      await server.answerPage(req, res, prefix).catch(() => res.destroy()); // the page has gone away
    },
  };
}
