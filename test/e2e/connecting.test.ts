import { testScenarios } from './scenario-tests.js';

testScenarios('Connecting');
