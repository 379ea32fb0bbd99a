const isTimeoutError = (reason: unknown) => reason instanceof DOMException && reason.name === 'TimeoutError';

/** Whether a signal was aborted because the time was over, and not because nobody waits any more. */
export function hasTimedOut({ aborted, reason }: AbortSignal): boolean {
  return aborted && isTimeoutError(reason);
}

/**
 * Runs something that has to end within `ms` and with `parent`. It leaves no timer and no listener behind.
 * Not `AbortSignal.timeout`, which a test's fake timers do not reach and nobody can clear.
 * @throws the reason of the signal as soon as it is aborted, also when `run` never settles; else what `run` throws
 */
export async function withTimeout<T>(
  ms: number,
  parent: AbortSignal | undefined,
  run: (signal: AbortSignal) => T | PromiseLike<T>,
): Promise<T> {
  const controller = new AbortController();
  const { signal } = controller;
  const timer = setTimeout(() => controller.abort(new DOMException('Timed out.', 'TimeoutError')), ms);
  const follow = () => controller.abort(parent!.reason);
  if (parent?.aborted) follow();
  else parent?.addEventListener('abort', follow);
  try {
    return await untilAborted(signal, () => run(signal));
  } finally {
    clearTimeout(timer);
    parent?.removeEventListener('abort', follow);
  }
}

/** What `run` promises, or the reason of the signal as soon as it is aborted. Does not run after that. */
export function untilAborted<T>(signal: AbortSignal, run: () => T | PromiseLike<T>): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason as Error);
    const abort = () => reject(signal.reason as Error);
    signal.addEventListener('abort', abort, { once: true });
    void (async () => run())()
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', abort));
  });
}

/** @param ms milliseconds @throws the reason of the signal when it is aborted first */
export function sleep(ms: number, signal: AbortSignal): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return untilAborted(
    signal,
    () => new Promise<void>((resolve) => (timer = setTimeout(resolve, ms))),
  ).finally(() => clearTimeout(timer));
}
