import { testScenarios } from './scenario-tests.js';
import { platform } from './steps/platform.js';

testScenarios('The platform’s side', platform, {
  misconfigured: /external-dealer-id is missing/,
  'unsafe-url': /api-base-url must be/,
  'token-attribute': /access-token was removed/,
});
