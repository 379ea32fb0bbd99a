import { describe } from 'node:test';
import { scenarioTests } from './scenario-tests.js';

describe('Connected', { concurrency: 3 }, scenarioTests('Connected'));
