import type { Clock } from '../core/environment.js';
import { realPause, realTurn } from './real-time.js';

/** Time that stands still until it is moved. */
export interface SimulatedClock extends Clock {
  /**
   * Moves time on and lets every timer and promise in between run. Rejects with what a timer throws.
   * @param ms - Milliseconds; 0 lets run what is due now.
   */
  advance(ms: number): Promise<void>;
  /**
   * Moves time on until the promise settles, and gives what it gives: `await clock.until(call.when('answered'))`.
   * Rejects after an hour.
   */
  until<Result>(promise: Promise<Result>): Promise<Result>;
  /** Timers that wait: 0 after `dialer.close()`. */
  readonly pendingTimers: number;
}

interface Timer {
  readonly dueMs: number;
  readonly callback: () => void;
}

const HOUR_MS = 3_600_000;
/** Real turns after each timer: promise chains that pass through the event loop (streams, `fetch`) get that far. */
const TURNS = 3;
/** Timers that may run without time moving; more are a loop that would never end. */
const MAX_TIMERS_AT_ONCE = 10_000;
/** Real milliseconds to wait for a promise that no timer is going to settle. */
const PATIENCE_MS = 1_000;
const START_EPOCH_MS = Date.UTC(2026, 0, 1);

/** Makes a clock that stands at 1 January 2026, 0:00 UTC. */
export function createSimulatedClock(): SimulatedClock {
  // Kept in the order in which they were set, so that of two timers for one moment the older one runs first.
  const timers = new Set<Timer>();
  let nowMs = 0;

  const earliest = (untilMs: number): Timer | undefined => {
    let first: Timer | undefined;
    for (const timer of timers) {
      if (timer.dueMs <= untilMs && (first === undefined || timer.dueMs < first.dueMs)) {
        first = timer;
      }
    }
    return first;
  };
  const drain = async () => {
    for (let turn = 0; turn < TURNS; turn += 1) await realTurn();
  };
  const fire = async (timer: Timer) => {
    timers.delete(timer);
    nowMs = Math.max(nowMs, timer.dueMs);
    timer.callback();
    await drain();
  };
  const advanceTo = async (targetMs: number, isOver: () => boolean) => {
    let atOnce = 0;
    let lastMs = nowMs;
    await drain();
    for (let timer = earliest(targetMs); timer && !isOver(); timer = earliest(targetMs)) {
      await fire(timer);
      atOnce = nowMs === lastMs ? atOnce + 1 : 0;
      lastMs = nowMs;
      if (atOnce > MAX_TIMERS_AT_ONCE) throw new Error('Timers without delay set each other');
    }
  };

  return {
    now: () => START_EPOCH_MS + nowMs,
    monotonicNow: () => nowMs,
    setTimer(callback, delayMs) {
      // NaN becomes 0, as the platform has it.
      const timer: Timer = { dueMs: nowMs + Math.max(0, delayMs || 0), callback };
      timers.add(timer);
      return () => {
        timers.delete(timer);
      };
    },
    async advance(ms) {
      const targetMs = nowMs + Math.max(0, ms);
      await advanceTo(targetMs, () => false);
      nowMs = Math.max(nowMs, targetMs);
    },
    async until(promise) {
      const deadlineMs = nowMs + HOUR_MS;
      let settled = false;
      const settle = () => {
        settled = true;
      };
      promise.then(settle, settle);
      for (let waitedMs = 0; !settled; ) {
        await advanceTo(deadlineMs, () => settled);
        if (settled) break;
        if (timers.size > 0 || waitedMs >= PATIENCE_MS) {
          nowMs = deadlineMs;
          throw new Error('The promise did not settle within an hour of simulated time');
        }
        // No timer waits: what settles it now can only be real, such as a file being loaded.
        await realPause(1);
        waitedMs += 1;
      }
      return promise;
    },
    get pendingTimers() {
      return timers.size;
    },
  };
}
