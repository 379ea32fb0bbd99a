/** A host that has the token at hand has answered after fewer. */
const TURNS = 40;

let turns: Promise<void> | undefined;

/** Resolves after some turns of the microtask queue, which are over before anything else happens: one wait for all elements. */
export function someTurns(): Promise<void> {
  return (turns ??= wait());
}

async function wait(): Promise<void> {
  for (let turn = 0; turn < TURNS; turn += 1) await null;
  turns = undefined;
}

/** What first renders wait for, as long as it has not come. */
export let nextTask: Promise<void> | undefined;

/**
 * Leaves the first render of the elements that are in the page already to the task after this one, where a browser has such tasks:
 * often it lays a page out in the very task that ran the last script, and on a slow phone a person would feel all of it
 * together. It comes before the next frame at the latest, so that no frame shows an element empty.
 */
export function renderInNextTask(): void {
  // pages have things of their own by this name
  if (typeof globalThis.scheduler?.postTask !== 'function') return;
  const { promise, resolve } = Promise.withResolvers<void>();
  nextTask = promise;
  const render = () => {
    cancelAnimationFrame(frame);
    nextTask = undefined;
    resolve();
  };
  const frame = requestAnimationFrame(render);
  void scheduler.postTask(render, { priority: 'user-blocking' });
}
