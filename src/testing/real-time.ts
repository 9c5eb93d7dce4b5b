import type { Clock } from '../core/environment.js';

// Taken when the module loads: a test runner that puts fake timers in their place later does not stop us.
const realSetTimeout = globalThis.setTimeout;
const realClearTimeout = globalThis.clearTimeout;
const realNow = Date.now.bind(Date);
const realMonotonicNow = performance.now.bind(performance);
// Node's alone, so the browser's types do not know it.
const realSetImmediate: ((callback: () => void) => unknown) | undefined = Reflect.get(
  globalThis,
  'setImmediate',
);
const RealMessageChannel = globalThis.MessageChannel;

/** Resolves after all microtasks and one real turn of the event loop; the runtime's own time, never the simulated one. */
export function realTurn(): Promise<void> {
  return new Promise((resolve) => {
    if (realSetImmediate) return void realSetImmediate(resolve);
    // In a browser: nested time-outs are slowed down to 4 ms, messages are not.
    const { port1, port2 } = new RealMessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}

/** Resolves after some milliseconds of real time. */
export function realPause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    realSetTimeout(resolve, ms);
  });
}

/** The runtime's own time, out of reach of a test runner's fake timers. */
export const realClock: Clock = {
  now: realNow,
  monotonicNow: realMonotonicNow,
  setTimer(callback, delayMs) {
    const timer = realSetTimeout(callback, delayMs);
    return () => realClearTimeout(timer);
  },
};
