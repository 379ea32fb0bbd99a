import { startTestRunner } from '@web/test-runner';
import { browserConfig } from './config.js';

// Takes the options of Web Test Runner: --files, --watch, --debug.
await startTestRunner({ config: browserConfig(), readFileConfig: false, argv: process.argv.slice(2) });
