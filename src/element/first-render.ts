/**
 * While the page loads, the first render waits until the script's own task has ended, because on a slow phone that task is the
 * longest one. Nothing else (questions, events, methods) waits. See docs/decisions/first-render.md.
 */
export function endOfScriptTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
