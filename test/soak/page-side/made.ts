/** Things of one kind that were made, as far as they were not collected. */
export class Made<Thing extends object> {
  #refs: WeakRef<Thing>[] = [];

  /** Notes one. */
  add(thing: Thing): void {
    this.#refs.push(new WeakRef(thing));
  }

  /** How many there are still of those for which this holds; the others are forgotten. */
  count(isOpen: (thing: Thing) => boolean): number {
    this.#refs = this.#refs.filter((ref) => {
      const thing = ref.deref();
      return thing !== undefined && isOpen(thing);
    });
    return this.#refs.length;
  }

  /** Those that were not collected. */
  all(): Thing[] {
    return this.#refs.flatMap((ref) => ref.deref() ?? []);
  }
}
