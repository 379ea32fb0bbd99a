/** One process of a platform, for tests that kill it: the service over PostgreSQL, configured by its environment. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createChektService } from '../../../src/service/index.js';
import { toNodeHandler } from '../../../src/service/node.js';
import { postgresStore } from '../../../src/service/store/postgres.js';
import { sampleOptions } from '../world.js';
import { describeSandbox } from '../../../demo/sandbox/description.js';
import { connect } from './postgres.js';

export interface ProcessSettings {
  readonly databaseUrl: string;
  readonly sandboxOrigin: string;
  readonly run: string;
  /** Of the proxy in front. */
  readonly origin: string;
  readonly encryptionKey: string;
}

const settings = JSON.parse(process.env['PLATFORM_SETTINGS'] ?? '') as ProcessSettings;
const { databaseUrl, sandboxOrigin, run, origin, encryptionKey } = settings;
const sandbox = { describe: (name = 'default') => describeSandbox(sandboxOrigin, name) };
const store = postgresStore(connect(databaseUrl, 4));
const chekt = createChektService({
  ...sampleOptions(sandbox, { run, origin, log: [], store }),
  encryptionKeys: [{ id: 'k1', key: encryptionKey }],
});
const handle = toNodeHandler(chekt);
const server = createServer((request, response) => {
  if (request.url === '/run-due') void chekt.runDue().then(() => response.end('done'));
  else void handle(request, response, () => void response.end('<title>a page</title>'));
});
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${JSON.stringify({ port: (server.address() as AddressInfo).port })}\n`);
});
