import { testScenarios } from './scenario-tests.js';

testScenarios('Signing in with CHeKT');
