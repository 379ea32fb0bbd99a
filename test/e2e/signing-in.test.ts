import { describe } from 'node:test';
import { scenarioTests } from './scenario-tests.js';

describe('Signing in with CHeKT', { concurrency: 3 }, scenarioTests('Signing in with CHeKT'));
