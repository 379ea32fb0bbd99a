import { spawn, type ChildProcess } from 'node:child_process';

export interface Child {
  readonly process: ChildProcess;
  readonly port: number;
}

/** Starts a process that says on its first line where it listens. */
export async function startChild(file: string, env: NodeJS.ProcessEnv): Promise<Child> {
  const child = spawn(process.execPath, ['--import', 'tsx', file], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const line = await new Promise<string>((resolve, reject) => {
    child.stdout?.once('data', (data: Buffer) => resolve(data.toString()));
    child.once('exit', () => reject(new Error('The process ended before it listened.')));
  });
  return { process: child, port: (JSON.parse(line) as { port: number }).port };
}

export function isAlive({ process: { exitCode, signalCode } }: Child): boolean {
  return exitCode === null && signalCode === null;
}

/** `kill -9`; resolves when it is dead. */
export async function kill(child: Child): Promise<void> {
  if (!isAlive(child)) return;
  const ended = new Promise((resolve) => child.process.once('exit', resolve));
  child.process.kill('SIGKILL');
  await ended;
}
