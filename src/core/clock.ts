import type { Clock } from './environment.js';

/** Browsers fire a timer at once that is set for longer: 24.8 days. */
const LONGEST_MS = 2 ** 31 - 1;

/** The browser's own time. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonicNow: () => performance.now(),
  setTimer(callback, delayMs) {
    const timer = setTimeout(callback, Math.min(delayMs, LONGEST_MS));
    return () => clearTimeout(timer);
  },
};
