import { testScenarios } from './scenario-tests.js';
import { troubles } from './steps/troubles.js';

testScenarios('Troubles on the way', troubles);
