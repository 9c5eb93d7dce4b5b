import { callerOf, tally } from './owner.js';
import type { OwnedCount } from './soak-page-types.js';

/** Replaces the functions that set timers; gives the function that counts those that are neither over nor cleared. */
export function countTimers(): () => OwnedCount[] {
  const live = new Map<number, { readonly owner: string; readonly what: string }>();
  const { setTimeout, setInterval, clearTimeout, clearInterval } = globalThis.window;
  const note = (id: number, what: string): number => {
    live.set(id, { owner: callerOf(new Error().stack), what });
    return id;
  };
  const later = (handler: TimerHandler, delay?: number, ...args: unknown[]): number => {
    const id = setTimeout(() => {
      live.delete(id);
      if (typeof handler === 'function') handler(...args);
    }, delay);
    return note(id, `timeout ${Math.round(delay ?? 0)} ms`);
  };
  const repeat = (handler: TimerHandler, delay?: number, ...args: unknown[]): number =>
    note(setInterval(handler, delay, ...args), `interval ${Math.round(delay ?? 0)} ms`);
  const clear = (id: number | undefined): void => {
    if (id === undefined) return;
    // One list of ids serves both kinds.
    live.delete(id);
    clearTimeout(id);
    clearInterval(id);
  };
  Object.assign(globalThis, {
    setTimeout: later,
    setInterval: repeat,
    clearTimeout: clear,
    clearInterval: clear,
  });
  return () => tally(live.values());
}
