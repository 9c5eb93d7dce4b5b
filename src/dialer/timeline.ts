import type { Clock } from '../core/environment.js';
import type { TimelineMark, TimelineMarkName } from './call.js';

/** The measured moments of one call. */
export class Timeline {
  /** When `dial()` was called, on the clock's `monotonicNow()`. */
  readonly startedAtMs: number;
  readonly #clock: Clock;
  readonly #marks: TimelineMark[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
    this.startedAtMs = clock.monotonicNow();
    this.mark('dial', 0);
  }

  /** Milliseconds since `dial()`. */
  get elapsedMs(): number {
    return this.#clock.monotonicNow() - this.startedAtMs;
  }

  /** Every moment so far, in order. */
  get marks(): readonly TimelineMark[] {
    return [...this.#marks];
  }

  /** Notes a moment, once for each attempt. */
  mark(name: TimelineMarkName, attempt: number): void {
    if (this.#marks.some((mark) => mark.name === name && mark.attempt === attempt)) return;
    this.#marks.push(Object.freeze({ name, attempt, atMs: this.elapsedMs }));
  }

  /** Milliseconds since something happened last; 0 when it never did. */
  sinceMs(name: TimelineMarkName): number {
    const times = this.#marks.filter((mark) => mark.name === name).map(({ atMs }) => atMs);
    return times.length === 0 ? 0 : this.elapsedMs - Math.max(...times);
  }
}
