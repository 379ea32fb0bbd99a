import { testScenarios } from './scenario-tests.js';
import { connected } from './steps/connected.js';

testScenarios('Connected', connected);
