import type { Page } from './records.js';

/** Makes a page from up to `limit + 1` rows; the extra row only shows that there are more. */
export function pageOf<Item>(
  rows: readonly Item[],
  limit: number,
  cursor: (item: Item) => string,
): Page<Item> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, next: rows.length > limit && last !== undefined ? cursor(last) : null };
}
