import { DialerError } from '../errors/dialer-error.js';
import type { Clock } from './environment.js';
import type { WaitOptions } from './subscribable.js';

/** Bounds of {@link bounded}. */
export interface Bounds {
  /** The source of time. */
  readonly clock: Clock;
  /** Longest time in milliseconds; `undefined`: no limit of ours. */
  readonly timeoutMs?: number | undefined;
  /** Aborts from outside; rejects with `state/aborted`. */
  readonly signal?: AbortSignal | undefined;
  /** What to reject with when the time is over; `state/timeout` if unset. */
  readonly onTimeout?: (() => DialerError) | undefined;
}

/**
 * Runs a task that gets a signal, and waits for it no longer than the bounds allow: at the deadline, or when the outer
 * signal aborts, the task's signal aborts and the promise rejects at once, whether the task reacts or not.
 */
export function bounded<Result>(
  { clock, timeoutMs, signal, onTimeout }: Bounds,
  task: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const inner = new AbortController();
  return new Promise<Result>((resolve, reject) => {
    let stopTimer: () => void = () => undefined;
    const settle = () => {
      stopTimer();
      signal?.removeEventListener('abort', onAbort);
    };
    const give = (error: DialerError) => {
      settle();
      inner.abort(error);
      reject(error);
    };
    const onAbort = () => give(abortedError(signal));
    if (signal?.aborted) return onAbort();
    signal?.addEventListener('abort', onAbort, { once: true });
    if (timeoutMs !== undefined) {
      stopTimer = clock.setTimer(
        () => give(onTimeout ? onTimeout() : new DialerError('state/timeout')),
        timeoutMs,
      );
    }
    // The wrapper catches what the task throws synchronously, and begins none that was given up in this very turn.
    Promise.resolve()
      .then(() => {
        inner.signal.throwIfAborted();
        return task(inner.signal);
      })
      .then(
        (result) => {
          settle();
          resolve(result);
        },
        (error) => {
          settle();
          reject(error);
        },
      );
  });
}

/** Waits for a promise as {@link WaitOptions} ask. */
export function waitFor<Result>(
  promise: Promise<Result>,
  clock: Clock,
  { signal, timeoutMs }: WaitOptions = {},
): Promise<Result> {
  // Whoever gives up before it begins never looks at the promise.
  promise.catch(() => undefined);
  return bounded({ clock, timeoutMs, signal }, () => promise);
}

/** Resolves after some time. Rejects with `state/aborted` when the signal aborts first. */
export function sleep(clock: Clock, ms: number, signal?: AbortSignal): Promise<void> {
  let stop: () => void = () => undefined;
  return bounded(
    { clock, signal },
    (inner) =>
      new Promise<void>((resolve) => {
        stop = clock.setTimer(resolve, ms);
        inner.addEventListener('abort', () => stop(), { once: true });
      }),
  );
}

/** The error for a signal that has aborted; the signal's reason is its `cause`. */
export function abortedError(signal: AbortSignal | undefined): DialerError {
  return new DialerError('state/aborted', { cause: signal?.reason });
}
