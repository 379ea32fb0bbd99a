import { testScenarios } from './scenario-tests.js';

testScenarios('Connected');
