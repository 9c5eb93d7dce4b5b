import type { Unsubscribe } from '../index.js';

/** A page that is never idle gets its slices all the same, after as many milliseconds. */
const LONGEST_WAIT_MS = 1_000;

/** Nodes that are read in a slice, however much time there seems to be. */
const MOST_STEPS = 500;

/** Where the browser tells of no idle time (Safari): slices of so many milliseconds, with pauses between. */
const SLICE_MS = 4;
const PAUSE_MS = 50;

/**
 * Runs `work` when the browser has nothing else to do. `hasTime` tells before each step whether one more fits. Returns
 * the function that calls it off.
 */
export function whenIdle(work: (hasTime: () => boolean) => void): Unsubscribe {
  let steps = 0;
  const limit = (left: () => number) => () => {
    steps += 1;
    return steps <= MOST_STEPS && left() > 1;
  };
  if (typeof requestIdleCallback === 'function') {
    const id = requestIdleCallback(
      (deadline) => {
        const end = performance.now() + SLICE_MS;
        // A slice that was forced has no time at all, and would never come to an end.
        const left = () =>
          deadline.didTimeout ? end - performance.now() : deadline.timeRemaining();
        work(limit(left));
      },
      { timeout: LONGEST_WAIT_MS },
    );
    return () => cancelIdleCallback(id);
  }
  const id = setTimeout(() => {
    const end = performance.now() + SLICE_MS;
    work(limit(() => end - performance.now()));
  }, PAUSE_MS);
  return () => clearTimeout(id);
}
