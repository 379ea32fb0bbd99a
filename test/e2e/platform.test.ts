import { testScenarios } from './scenario-tests.js';

testScenarios('The platform’s side', {
  misconfigured: /external-dealer-id or service-url is missing/,
  'unsafe-url': /api-base-url must be/,
  'token-attribute': /access-token was removed/,
});
