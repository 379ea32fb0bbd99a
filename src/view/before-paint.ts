/** Resolves before the browser paints next; at once where nothing is painted: on a hidden page, and on a server. */
export function beforePaint(): Promise<unknown> {
  return globalThis.document?.hidden === false ? new Promise(requestAnimationFrame) : Promise.resolve();
}
