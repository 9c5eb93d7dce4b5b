import { systemClock } from '../core/clock.js';
import type { Clock } from '../core/environment.js';
import type { Unsubscribe } from '../core/subscribable.js';
import type { Dialer } from '../dialer/dialer.js';
import { onceSeen } from './once-seen.js';
import { savesData } from './saves-data.js';

/** Options of {@link warmUpOnIntent}. */
export interface IntentOptions {
  /**
   * Open the microphone as soon as the button is pressed down, where it is allowed already. It is closed again when the
   * press ends elsewhere or becomes a scroll, and after 10 s without a call.
   * @defaultValue true
   */
  readonly microphone?: boolean | undefined;
  /**
   * Whether 2 s in view are a sign, too. For a button that floats over every page they say nothing.
   * @defaultValue true
   */
  readonly visible?: boolean | undefined;
  /** Stops it when it aborts. */
  readonly signal?: AbortSignal | undefined;
  /**
   * The source of time.
   * @defaultValue the browser's
   */
  readonly clock?: Clock | undefined;
  /**
   * Whether only a press is sign enough.
   * @defaultValue Save-Data, and mobile networks, as far as the browser tells
   */
  readonly savesData?: (() => boolean) | undefined;
}

/** The pointer, a finger or the focus is there. */
const NEAR = ['pointerenter', 'focusin'] as const;

/**
 * Prepares for a call when somebody shows interest in a button: pointer, focus, finger, or 2 s in view. Costs the page
 * nothing until then. Where every byte counts, only a press is sign enough. Idle connections close after 60 s; the next
 * sign opens them again. Switched off by `new Dialer({ warmUp: false })`.
 * @returns The function that stops it.
 * @example
 * warmUpOnIntent(dialer, button);
 * button.onclick = () => dialer.dial('+14155550123');
 */
export function warmUpOnIntent(
  dialer: Pick<Dialer, 'warmUp'>,
  button: Element,
  options: IntentOptions = {},
): Unsubscribe {
  const { microphone = true, visible = true, clock = systemClock, signal: outer } = options;
  const isSaving = options.savesData ?? savesData;
  const stop = new AbortController();
  const { signal } = stop;
  if (outer?.aborted) stop.abort();
  outer?.addEventListener('abort', () => stop.abort(), { signal });
  let press: AbortController | undefined;

  const onSign = (): void => {
    if (!isSaving()) void dialer.warmUp();
  };
  const onPress = (): void => {
    press?.abort();
    press = new AbortController();
    void dialer.warmUp({ microphone, signal: press.signal });
  };
  const leave = (): void => press?.abort();
  for (const type of NEAR) button.addEventListener(type, onSign, { signal });
  button.addEventListener('touchstart', () => void dialer.warmUp(), { signal, passive: true });
  button.addEventListener('pointerdown', onPress, { signal });
  button.addEventListener('pointercancel', leave, { signal });
  button.ownerDocument.addEventListener(
    'pointerup',
    (event) => {
      if (!event.composedPath().includes(button)) leave();
    },
    { signal },
  );
  signal.addEventListener('abort', leave);
  if (visible) onceSeen(button, onSign, clock, signal);
  return () => stop.abort();
}
