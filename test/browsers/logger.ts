import type { Logger } from '@web/test-runner';

/** Writes plain lines: the runner's own logger moves the cursor even if there is no terminal. */
export const plainLogger: Logger = {
  log: write,
  debug: () => undefined,
  warn: write,
  error: write,
  group: () => undefined,
  groupEnd: () => undefined,
  logSyntaxError({ filePath, message, line, column }) {
    write(`✗ ${filePath}:${line}:${column} ${message}`);
  },
};

function write(...parts: unknown[]): void {
  const text = parts.map((part) => (part instanceof Error ? (part.stack ?? part.message) : String(part)));
  process.stdout.write(`${text.join(' ')}\n`);
}
