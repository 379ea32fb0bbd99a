import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';

const running = new Set<ChildProcess>();

process.once('exit', () => {
  for (const child of running) stop(child);
});

/** Starts a helper program that ends with this process at the latest. */
export function start(
  program: string,
  args: readonly string[],
  options: { readonly env?: NodeJS.ProcessEnv; readonly extraPipe?: boolean } = {},
): ChildProcess {
  const child = spawn(program, args, {
    stdio: options.extraPipe ? ['ignore', 'ignore', 'ignore', 'pipe'] : 'ignore',
    env: { ...process.env, ...options.env },
  });
  running.add(child);
  child.once('exit', () => running.delete(child));
  child.once('error', () => running.delete(child));
  return child;
}

export function stop(child: ChildProcess): void {
  running.delete(child);
  child.kill('SIGTERM');
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => {
        if (address === null || typeof address === 'string')
          reject(new Error('The system assigned no port.'));
        else resolve(address.port);
      });
    });
  });
}
