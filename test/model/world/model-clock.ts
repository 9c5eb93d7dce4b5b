import type { Clock } from '../../../src/core/environment.js';
import type { Chance } from './chance.js';

interface Timer {
  readonly dueMs: number;
  readonly lane: string;
  readonly what: string;
  readonly callback: () => void;
}

/** Where the page's own timers run, those of the Dialer. */
const PAGE = 'page';
const START_EPOCH_MS = Date.UTC(2026, 0, 1);
/** More steps without time moving are a loop. */
const MOST_AT_ONCE = 2_000;

/** After all microtasks. Nothing here is real, so one turn settles whatever can settle. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/**
 * One simulated time for the page and the networks behind it. What is due in the same millisecond comes in any order, as
 * chance has it, except that each lane (one direction of one connection, the page's own timers) keeps its order.
 */
export class ModelClock {
  /** For the Dialer. */
  readonly page: Clock;
  readonly #chance: Chance;
  readonly #timers: Timer[] = [];
  #nowMs = 0;
  #high = 0x9e3779b9;
  #low = 0x85ebca6b;

  constructor(chance: Chance) {
    this.#chance = chance;
    this.page = {
      now: () => START_EPOCH_MS + this.#nowMs,
      monotonicNow: () => this.#nowMs,
      setTimer: (callback, delayMs) => this.after(delayMs, PAGE, 'timer', callback),
    };
  }

  /** Milliseconds since the beginning. */
  get nowMs(): number {
    return this.#nowMs;
  }

  /** Timers of the page that wait. */
  get pageTimers(): number {
    return this.#timers.filter(({ lane }) => lane === PAGE).length;
  }

  /** A number that stands for the order in which everything has happened so far; the times do not count. */
  get schedule(): number {
    return (this.#high >>> 0) * 2 ** 21 + ((this.#low >>> 0) & (2 ** 21 - 1));
  }

  /** Notes that something happened, for {@link ModelClock.schedule}. */
  note(what: string): void {
    for (let index = 0; index < what.length; index += 1) {
      const code = what.charCodeAt(index);
      this.#high = Math.imul(this.#high ^ code, 0x01000193);
      this.#low = Math.imul(this.#low ^ code, 0x85ebca77) ^ (this.#low >>> 13);
    }
  }

  /** Calls back later. Returns the function that prevents it. */
  after(delayMs: number, lane: string, what: string, callback: () => void): () => void {
    const dueMs = this.#nowMs + Math.max(0, Math.ceil(delayMs || 0));
    const timer: Timer = { dueMs, lane, what, callback };
    this.#timers.push(timer);
    return () => {
      const index = this.#timers.indexOf(timer);
      if (index >= 0) this.#timers.splice(index, 1);
    };
  }

  /** Lets time pass, and all that is due meanwhile happen. Stops early when this becomes true. */
  async advance(ms: number, enough: () => boolean = () => false): Promise<void> {
    const targetMs = this.#nowMs + ms;
    let atOnce = 0;
    await turn();
    while (!enough()) {
      const timer = this.#take(targetMs);
      if (!timer) {
        this.#nowMs = targetMs;
        return;
      }
      atOnce = timer.dueMs > this.#nowMs ? 0 : atOnce + 1;
      if (atOnce > MOST_AT_ONCE) throw new Error('Timers without delay set each other');
      this.#nowMs = Math.max(this.#nowMs, timer.dueMs);
      this.note(`${timer.lane} ${timer.what};`);
      timer.callback();
      await turn();
    }
  }

  #take(untilMs: number): Timer | undefined {
    let dueMs = untilMs;
    for (const timer of this.#timers) dueMs = Math.min(dueMs, timer.dueMs);
    const lanes = new Set<string>();
    const heads: number[] = [];
    for (const [index, timer] of this.#timers.entries()) {
      if (timer.dueMs > dueMs || lanes.has(timer.lane)) continue;
      lanes.add(timer.lane);
      heads.push(index);
    }
    const index = heads.length > 1 ? heads[this.#chance.between(0, heads.length - 1)] : heads[0];
    return index === undefined ? undefined : this.#timers.splice(index, 1)[0];
  }
}
