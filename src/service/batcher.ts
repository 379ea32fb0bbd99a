/** Makes one call of the calls that come in the same turn, such as those of many records that are handled side by side. */
export class Batcher<Item, Answer> {
  readonly #call: (items: readonly Item[]) => Promise<Answer>;
  #items: Item[] = [];
  #answer: Promise<Answer> | undefined;

  constructor(call: (items: readonly Item[]) => Promise<Answer>) {
    this.#call = call;
  }

  /** @returns the answer to the call, which is the same for all of its items */
  add(item: Item): Promise<Answer> {
    this.#items.push(item);
    this.#answer ??= Promise.resolve().then(() => {
      const items = this.#items;
      this.#items = [];
      this.#answer = undefined;
      return this.#call(items);
    });
    return this.#answer;
  }
}
