import { describe } from 'node:test';
import { scenarioTests } from './scenario-tests.js';

describe('Connecting', { concurrency: 3 }, scenarioTests('Connecting'));
