import { testScenarios } from './scenario-tests.js';
import { connecting } from './steps/connecting.js';

testScenarios('Connecting', connecting);
