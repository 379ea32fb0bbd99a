/** What the page has added to `Object.prototype`, and `for…in` therefore finds in every object. */
const additions = Object.entries(Object.getOwnPropertyDescriptors(Object.prototype)).filter(
  ([, { enumerable, configurable }]) => enumerable && configurable,
);

function show(enumerable: boolean): void {
  for (const [name, descriptor] of additions)
    Object.defineProperty(Object.prototype, name, { ...descriptor, enumerable });
}

/**
 * zod throws when the first schema is made, because it mistakes everything that `for…in` finds for its own properties. So this
 * module has to run before our first schema, and `showAdditions` after the last. That is so in the script-tag file only: the ES
 * modules make their schemas in a chunk that runs before this module.
 */
show(false);

export function showAdditions(): void {
  show(true);
}
