/** A list that forgets its oldest entries. */
export class Recent<Item> {
  readonly #most: number;
  readonly #items: Item[] = [];

  /** @param most - How many it keeps. */
  constructor(most: number) {
    this.#most = most;
  }

  /** What is kept, oldest first. */
  get items(): readonly Item[] {
    return this.#items;
  }

  /** Adds the newest. */
  add(item: Item): void {
    if (this.#items.push(item) > this.#most) this.#items.shift();
  }
}
