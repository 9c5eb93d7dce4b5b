import type { Clock } from '../core/environment.js';
import { bounded } from '../core/wait.js';

/**
 * Whether something happens within this time.
 * @throws DialerError `state/aborted` when the signal aborts first.
 */
export async function inTime(
  promise: Promise<unknown>,
  timeoutMs: number,
  clock: Clock,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    await bounded({ clock, signal, timeoutMs }, () => promise);
    return true;
  } catch (error) {
    if (signal.aborted) throw error;
    return false;
  }
}
