/** Whether a signal was aborted by a timeout, by its reason. Not for an error of the host, for which `instanceof` may throw. */
export function isTimeout(reason: unknown): boolean {
  return reason instanceof DOMException && reason.name === 'TimeoutError';
}

/**
 * Runs something that has to end within `ms` and before `parent` is aborted. Leaves no timer and no listener behind.
 * Not `AbortSignal.timeout`, which fake timers do not reach and which cannot be cleared.
 * @throws the reason of the signal as soon as it is aborted, even if `run` never settles; else what `run` throws
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

/** Settles as `run` does, or rejects with the reason of the signal as soon as it is aborted. Does not start after that. */
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

/** @param ms milliseconds @throws the reason of the signal if it is aborted first */
export function sleep(ms: number, signal: AbortSignal): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return untilAborted(
    signal,
    () => new Promise<void>((resolve) => (timer = setTimeout(resolve, ms))),
  ).finally(() => clearTimeout(timer));
}
