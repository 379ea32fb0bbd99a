/** What the page has put on `Object.prototype` so that `for…in` finds it in every object. */
const additions = Object.entries(Object.getOwnPropertyDescriptors(Object.prototype)).filter(
  ([, { enumerable, configurable }]) => enumerable && configurable,
);

function show(enumerable: boolean): void {
  for (const [name, descriptor] of additions)
    Object.defineProperty(Object.prototype, name, { ...descriptor, enumerable });
}

/**
 * zod takes whatever `for…in` finds for its own while it loads, and throws. This module has to run before it, as it does in the
 * script-tag file, and `showAdditions` after it.
 */
show(false);

export function showAdditions(): void {
  show(true);
}
