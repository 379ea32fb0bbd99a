/** `npm run sandbox`: the sandbox alone, for a partner's own tests. See docs/sandbox.md. */
import { createSandbox } from './index.js';
import { settingsFrom } from './settings.js';
import { summary } from './summary.js';

async function main(): Promise<void> {
  const settings = settingsFrom(process.env);
  const sandbox = await createSandbox(settings).catch((error: unknown) => {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'EADDRINUSE') throw error;
    throw new Error(`Port ${settings.port} is in use. Set SANDBOX_PORT to a free port.`, {
      cause: error,
    });
  });
  console.log(summary(sandbox.describe(), settings.platformOrigins));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void sandbox.close().then(() => process.exit(0)));
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
