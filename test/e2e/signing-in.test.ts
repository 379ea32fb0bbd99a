import { testScenarios } from './scenario-tests.js';
import { signingIn } from './steps/signing-in.js';

testScenarios('Signing in with CHeKT', signingIn);
