import { type ChildProcess, spawn } from 'node:child_process';

export interface Ended {
  readonly ok: boolean;
  /** The exit code, or the signal that ended it. */
  readonly status: string;
  /** The program's output, if it was not shown at once. */
  readonly output: string;
  readonly seconds: number;
}

interface Options {
  readonly env?: NodeJS.ProcessEnv;
  /** Holds the output back until the program has ended, for programs that run in parallel. */
  readonly quiet?: boolean;
  readonly minutes?: number;
}

const running = new Set<ChildProcess>();

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    for (const child of running) signalGroup(child, 'SIGTERM');
    process.exit(1);
  });
}

/** Runs a program until it ends. When its time is up, it is ended with all its children. */
export function run(program: string, args: readonly string[], options: Options = {}): Promise<Ended> {
  const started = Date.now();
  const child = spawn(program, args, {
    stdio: ['ignore', options.quiet ? 'pipe' : 'inherit', options.quiet ? 'pipe' : 'inherit'],
    env: { ...process.env, ...options.env },
    detached: true,
  });
  running.add(child);
  let output = '';
  child.stdout?.on('data', (part: Buffer) => (output += part.toString()));
  child.stderr?.on('data', (part: Buffer) => (output += part.toString()));
  const minutes = options.minutes ?? 5;
  const timer = setTimeout(() => {
    const remark = `Ended after ${minutes} minutes: ${program} ${args.slice(0, 4).join(' ')}\n`;
    if (options.quiet) output += remark;
    else process.stdout.write(remark);
    end(child);
  }, minutes * 60_000);
  return new Promise((resolve) => {
    const finish = (status: string) => {
      clearTimeout(timer);
      running.delete(child);
      resolve({ ok: status === '0', status, output, seconds: (Date.now() - started) / 1000 });
    };
    child.once('error', (error) => {
      output += `${error.message}\n`;
      finish('not started');
    });
    child.once('close', (code, signal) => finish(String(code ?? signal)));
  });
}

/** Sends SIGTERM first, so that the program can end the browsers it started, then SIGKILL. */
function end(child: ChildProcess): void {
  signalGroup(child, 'SIGTERM');
  const timer = setTimeout(() => signalGroup(child, 'SIGKILL'), 5_000);
  child.once('close', () => clearTimeout(timer));
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // The group has ended already.
  }
}
