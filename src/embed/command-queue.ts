import type { EverdialGlobal, EverdialQueue, EverdialTask } from './global.js';

/**
 * Takes over the queue which the page laid out before the script arrived. What waits in it runs in the next microtask,
 * when `window.Everdial` is filled, in order; what is pushed later runs at once. The page's own array is kept, so that a
 * reference to it stays good. A task that throws is reported like an uncaught error and stops no other.
 */
export function openQueue(library: () => EverdialGlobal, laidOut: unknown): EverdialQueue {
  const queue: unknown[] = Array.isArray(laidOut) ? laidOut : [];
  const run = (task: unknown): void => {
    try {
      (task as EverdialTask)(library());
    } catch (error) {
      reportError(error);
    }
  };
  const waiting = queue.splice(0);
  queue.push = (...tasks) => {
    // What was laid out first runs first.
    if (waiting.length > 0) waiting.push(...tasks);
    else for (const task of tasks) run(task);
    return 0;
  };
  queueMicrotask(() => {
    while (waiting.length > 0) {
      run(waiting[0]);
      waiting.shift();
    }
  });
  return queue;
}
