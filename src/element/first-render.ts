/**
 * While the page loads, the first render waits for the end of the script's own task, because that task is the longest one of
 * a slow phone. Everything else (questions, events, methods) does not wait.
 */
export async function endOfScriptTask(): Promise<void> {
  if (document.readyState !== 'complete') await new Promise((resolve) => setTimeout(resolve));
}
