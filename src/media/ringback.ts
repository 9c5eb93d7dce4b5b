import type { MediaEnvironment, Tone } from '../core/environment.js';

/** What a caller in North America hears while the phone rings (ITU-T E.180 supplement 2). */
export const RINGBACK_TONE: Tone = {
  frequenciesHz: [440, 480],
  onMs: 2000,
  offMs: 4000,
  level: 0.08,
};

/** The tone a caller hears while the callee's phone rings. */
export interface Ringback {
  /** Starts, if it does not play yet. */
  start(): void;
  /** Stops. Idempotent. */
  stop(): void;
}

/** Makes the local ringback. It must be silent as soon as the far side sends sound of its own. */
export function createRingback(media: MediaEnvironment, enabled: boolean): Ringback {
  let stopTone: (() => void) | undefined;
  return {
    start() {
      if (enabled) stopTone ??= media.playTone(RINGBACK_TONE);
    },
    stop() {
      stopTone?.();
      stopTone = undefined;
    },
  };
}
