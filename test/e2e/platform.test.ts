import { describe } from 'node:test';
import { scenarioTests } from './scenario-tests.js';

describe(
  'The platform’s side',
  { concurrency: 3 },
  scenarioTests('The platform’s side', {
    misconfigured: /Set external-dealer-id or service-url\./,
    'unsafe-url': /api-base-url must be/,
    'token-attribute': /access-token was removed/,
  }),
);
