import { describe } from 'node:test';
import { scenarioTests } from './scenario-tests.js';

describe('Troubles on the way', { concurrency: 3 }, scenarioTests('Troubles on the way'));
