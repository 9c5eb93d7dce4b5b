import type { Clock } from '../../index.js';

/** For so long a new action ignores presses. */
const GUARD_MS = 600;

/**
 * Knows which actions have only just come. A press on one was meant for what stood there before: the second half of a double
 * click must do nothing.
 */
export class NewActions {
  readonly #clock: Clock;
  /** Since when each action that is shown counts, monotonic milliseconds. */
  #countsFrom: ReadonlyMap<string, number> = new Map();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** These are shown now. The first ones follow nothing, so they count at once. */
  shown(acts: readonly string[]): void {
    const before = this.#countsFrom;
    const from = before.size === 0 ? 0 : this.#clock.monotonicNow() + GUARD_MS;
    this.#countsFrom = new Map(acts.map((act) => [act, before.get(act) ?? from]));
  }

  /** Whether a press on it must do nothing. */
  ignores(act: string): boolean {
    return this.#clock.monotonicNow() < (this.#countsFrom.get(act) ?? 0);
  }
}
