import type { RouteId } from '../core/ids.js';
import { type Bounds, bounded, sleep } from '../core/wait.js';
import { asDialerError } from '../errors/as-dialer-error.js';
import { DialerError, isDialerError } from '../errors/dialer-error.js';

/** Pause before the one repetition of a failed request, milliseconds. */
const REPEAT_AFTER_MS = 500;

/** What {@link askServer} needs. */
export interface AskServerOptions extends Pick<Bounds, 'clock' | 'signal'> {
  /** Longest wait for one request, milliseconds. */
  readonly timeoutMs: number;
  /** For errors. */
  readonly route?: RouteId | undefined;
}

/**
 * Asks one of the application's hooks, and once more after 500 ms when that fails.
 * @throws DialerError as the hook threw it; `auth/token-unavailable` for anything else and for silence.
 */
export async function askServer<Answer>(
  { clock, signal, timeoutMs, route }: AskServerOptions,
  ask: (signal: AbortSignal) => Answer | Promise<Answer>,
): Promise<Answer> {
  const detail = `nothing after ${timeoutMs} ms`;
  const onTimeout = () => new DialerError('auth/token-unavailable', { route, detail });
  const once = () =>
    bounded({ clock, signal, timeoutMs, onTimeout }, async (inner) => {
      try {
        return await ask(inner);
      } catch (thrown) {
        throw asDialerError(thrown, 'auth/token-unavailable');
      }
    });
  try {
    return await once();
  } catch (error) {
    // A refusal by the application and a wrong type would only come back the same, and a busy server says when.
    const mayRepeat = isDialerError(error, 'auth/token-unavailable');
    if (!mayRepeat || (error.retryAfterMs ?? 0) > REPEAT_AFTER_MS) throw error;
    await sleep(clock, REPEAT_AFTER_MS, signal);
    return once();
  }
}
