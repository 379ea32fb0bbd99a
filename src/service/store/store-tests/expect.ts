/** Plain assertions, so that the tests run in any framework. */
export function equal(actual: unknown, expected: unknown, what = 'value'): void {
  const [found, wanted] = [stable(actual), stable(expected)];
  if (found !== wanted) throw new Error(`${what}: expected ${wanted}, got ${found}`);
}

export function ok(condition: boolean, what: string): void {
  if (!condition) throw new Error(`expected: ${what}`);
}

/** Serializes independently of the order of keys. An undefined property counts as absent, as in JSON. */
function stable(value: unknown): string {
  return JSON.stringify(value ?? null, (_, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
