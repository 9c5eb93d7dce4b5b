import type { Clock } from '../../core/environment.js';

/** Waits for a promise, but no longer than this. Never rejects. */
export async function within(clock: Clock, ms: number, promise: Promise<unknown>): Promise<void> {
  let stopTimer: () => void = () => undefined;
  const timer = new Promise<void>((resolve) => {
    stopTimer = clock.setTimer(resolve, ms);
  });
  await Promise.race([promise.catch(() => undefined), timer]);
  stopTimer();
}
