/** What the page has added to `Object.prototype`, and `for…in` therefore finds in every object. */
const additions = Object.entries(Object.getOwnPropertyDescriptors(Object.prototype)).filter(
  ([, { enumerable, configurable }]) => enumerable && configurable,
);

function show(enumerable: boolean): void {
  for (const [name, descriptor] of additions)
    Object.defineProperty(Object.prototype, name, { ...descriptor, enumerable });
}

/**
 * While it loads, zod mistakes everything that `for…in` finds for its own properties, and throws. So this module has to run
 * before zod, as it does in the script-tag file, and `showAdditions` after it.
 */
show(false);

export function showAdditions(): void {
  show(true);
}
