import { startTestRunner } from '@web/test-runner';
import { browserConfig } from './config.js';

// Browsers and display are ended when this process exits, so it has to exit by itself.
process.once('SIGTERM', () => process.exit(1));

// Takes the options of Web Test Runner: --files, --watch, --debug.
await startTestRunner({ config: browserConfig(), readFileConfig: false, argv: process.argv.slice(2) });
