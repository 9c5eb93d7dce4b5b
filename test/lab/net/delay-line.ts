import { labNow } from '../clock.js';

/** One direction of a slow line: runs what is pushed after the delay of that moment, always in order. */
export class DelayLine {
  readonly #delayMs: () => number;
  readonly #queue: { readonly dueMs: number; readonly run: () => void }[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param delayMs - read at each push */
  constructor(delayMs: () => number) {
    this.#delayMs = delayMs;
  }

  /** Runs `run` after the delay; at once when there is none and nothing is under way. */
  push(run: () => void): void {
    const delayMs = this.#delayMs();
    if (delayMs <= 0 && this.#queue.length === 0) {
      run();
      return;
    }
    this.#queue.push({ dueMs: Math.max(labNow() + delayMs, this.#queue.at(-1)?.dueMs ?? 0), run });
    this.#schedule();
  }

  /** Loses what is under way. */
  clear(): void {
    this.#queue.length = 0;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #schedule(): void {
    const next = this.#queue[0];
    if (next === undefined || this.#timer !== undefined) return;
    this.#timer = setTimeout(
      () => {
        this.#timer = undefined;
        // Timers may come a millisecond early.
        while ((this.#queue[0]?.dueMs ?? Number.POSITIVE_INFINITY) <= labNow() + 1) {
          this.#queue.shift()?.run();
        }
        this.#schedule();
      },
      Math.max(1, next.dueMs - labNow()),
    );
  }
}
