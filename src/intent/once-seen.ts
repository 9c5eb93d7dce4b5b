import type { Clock } from '../core/environment.js';

/** Whoever only scrolls by does not stay so long, milliseconds. */
const SEEN_MS = 2_000;

/** Calls back once, when at least half of an element has been in view for 2 s without a break. */
export function onceSeen(
  element: Element,
  onSeen: () => void,
  clock: Clock,
  signal: AbortSignal,
): void {
  // Old browsers, and everything that is not one.
  if (typeof IntersectionObserver === 'undefined' || signal.aborted) return;
  let stopTimer: () => void = () => undefined;
  const stop = () => {
    stopTimer();
    observer.disconnect();
  };
  const observer = new IntersectionObserver(
    (entries) => {
      stopTimer();
      if (!entries.at(-1)?.isIntersecting) return;
      stopTimer = clock.setTimer(() => {
        stop();
        onSeen();
      }, SEEN_MS);
    },
    { threshold: 0.5 },
  );
  observer.observe(element);
  signal.addEventListener('abort', stop);
}
