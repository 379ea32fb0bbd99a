import { testScenarios } from './scenario-tests.js';

testScenarios('Troubles on the way');
