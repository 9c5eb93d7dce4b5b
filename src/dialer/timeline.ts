import type { Clock } from '../core/environment.js';
import type { TimelineMark, TimelineMarkName } from './call.js';

/** Milliseconds by mark; see {@link DialerSettings.budgets}. */
export type TimelineBudgets = Readonly<Partial<Record<TimelineMarkName, number>>>;

/** What people accept before they wonder: three seconds from the click to the ringing, and the first word heard. */
const BUDGETS: TimelineBudgets = {
  microphone: 1_000,
  token: 1_000,
  'sdk-loaded': 1_500,
  'signalling-open': 2_000,
  sent: 2_500,
  ringing: 3_000,
  'first-packet': 500,
};

/** The measured moments of one call. */
export class Timeline {
  /** When `dial()` was called, on the clock's `monotonicNow()`. */
  readonly startedAtMs: number;
  readonly #clock: Clock;
  readonly #budgets: TimelineBudgets;
  readonly #marks: TimelineMark[] = [];
  #onMark: ((mark: TimelineMark) => void) | undefined;

  constructor(clock: Clock, budgets?: TimelineBudgets) {
    this.#clock = clock;
    this.#budgets = { ...BUDGETS, ...budgets };
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
    const spentMs = name === 'first-packet' ? this.sinceMs('answered') : this.elapsedMs;
    const overBudget = spentMs > (this.#budgets[name] ?? Infinity);
    const mark = Object.freeze({ name, attempt, atMs: this.elapsedMs, overBudget });
    this.#marks.push(mark);
    this.#onMark?.(mark);
  }

  /** Hands out every moment, those before this too. */
  follow(onMark: (mark: TimelineMark) => void): void {
    this.#onMark = onMark;
    this.#marks.forEach(onMark);
  }

  /** Milliseconds since something happened last; 0 when it never did. */
  sinceMs(name: TimelineMarkName): number {
    const times = this.#marks.filter((mark) => mark.name === name).map(({ atMs }) => atMs);
    return times.length === 0 ? 0 : this.elapsedMs - Math.max(...times);
  }
}
