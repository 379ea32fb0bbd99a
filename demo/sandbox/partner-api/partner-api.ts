import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Context } from 'hono';
import { Hono } from 'hono';
import type { Answer } from '../exchange/answers.js';
import { refusal } from '../exchange/answers.js';
import type { PlatformOrigins } from './cors.js';
import { apiCors, preflightCors } from './cors.js';
import { Exchange } from '../exchange/exchange.js';
import type { Operation } from '../faults/faults.js';
import { answerCall } from './partner-call.js';
import { connect } from './operations/connect.js';
import type { Perform } from './operations/call.js';
import { disconnect } from './operations/disconnect.js';
import { getDealer, listSites } from './operations/read.js';
import type { Runs } from '../store/runs.js';
import type { AccessTokens } from '../oauth/access-tokens.js';

export type NodeEnv = { Bindings: HttpBindings };

interface Route {
  readonly operation: Operation;
  readonly method: 'GET' | 'PUT';
  readonly path: string;
  readonly perform: Perform;
}

// Connect comes first: its path would otherwise be taken for a dealer's.
const routes: readonly Route[] = [
  { operation: 'connect', method: 'PUT', path: '/dealers/connect', perform: connect },
  { operation: 'disconnect', method: 'PUT', path: '/dealers/:dealerId/disconnect', perform: disconnect },
  { operation: 'sites', method: 'GET', path: '/dealers/:dealerId/sites', perform: listSites },
  { operation: 'dealer', method: 'GET', path: '/dealers/:dealerId', perform: getDealer },
];

const noEndpoint = { status: 404, code: 'not_found', message: 'There is no such endpoint.' };

/** CHeKT's Partner API, at the root for the run `default` and below the path of each other run. */
export function createPartnerApi(runs: Runs, tokens: AccessTokens, origins: PlatformOrigins): Hono<NodeEnv> {
  const api = new Hono<NodeEnv>();

  for (const { operation, method, path, perform } of routes) {
    api.on('OPTIONS', path, (c) => preflight(c, operation));
    api.on(method, path, async (c) => {
      const run = runs.get(c.req.param('run'));
      if (!run) return c.notFound();
      const exchange = Exchange.begin(run, operation, c.env.incoming, c.env.outgoing);
      const cors = apiCors(c.req.header('origin'), run.switches.cors, origins);
      const dealerId = c.req.param('dealerId') ?? '';
      await exchange.answer(async () => {
        const answer = await answerCall({ exchange, tokens, perform, dealerId, body: await c.req.text() });
        return withHeaders(answer, cors);
      });
      return RESPONSE_ALREADY_SENT;
    });
  }

  function preflight(c: Context<NodeEnv>, operation: Operation): Response {
    const run = runs.get(c.req.param('run'));
    if (!run) return c.body(null, 404);
    const struck = run.faults.take(operation, 'preflight');
    const cors = apiCors(c.req.header('origin'), struck ? 'off' : run.switches.cors, origins);
    new Exchange(run, operation, c.env.incoming, c.env.outgoing, struck).log(204);
    return c.body(null, 204, preflightCors(cors));
  }

  api.all('*', async (c) => {
    const run = runs.get(c.req.param('run'));
    if (!run) return c.notFound();
    const exchange = new Exchange(run, null, c.env.incoming, c.env.outgoing, undefined);
    const cors = apiCors(c.req.header('origin'), run.switches.cors, origins);
    await exchange.answer(async () => withHeaders(refusal(noEndpoint, exchange.requestId), cors));
    return RESPONSE_ALREADY_SENT;
  });

  return new Hono<NodeEnv>().route('/partner/v1', api).route('/runs/:run/partner/v1', api);
}

function withHeaders(answer: Answer, headers: Record<string, string>): Answer {
  return { ...answer, headers: { ...answer.headers, ...headers } };
}
