import { startTestRunner } from '@web/test-runner';
import { builtFileConfig, sourceConfig } from './config.js';

// Exit handlers end the browsers and the display; without this, SIGTERM would skip them.
process.once('SIGTERM', () => process.exit(1));

// The test runner would end without printing the error.
process.on('uncaughtException', (error) => process.stdout.write(`${error.stack ?? String(error)}\n`));

const [first, ...others] = process.argv.slice(2);
if (first === '--built-file') {
  // the others are parts of file names
  await startTestRunner({ config: builtFileConfig(others), readFileConfig: false, argv: [] });
} else {
  // Takes the options of Web Test Runner: --files, --watch, --debug.
  await startTestRunner({ config: sourceConfig(), readFileConfig: false, argv: process.argv.slice(2) });
}
