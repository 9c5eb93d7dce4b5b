import type { MediaEnvironment } from '../core/environment.js';
import { ringbackTone } from './tones.js';

/** What a caller hears while the callee's phone rings. */
export interface Ringback {
  /** Starts, if it does not play yet. */
  start(): void;
  /** Stops. Idempotent. */
  stop(): void;
}

/**
 * Makes the local ringback. It must be silent as soon as the far side sends sound of its own.
 *
 * @param sound - the country's tone, nothing, or the address of a sound; if that can not be played, the tone is
 * @param country - whose tone: ISO 3166 code
 * @param sinkId - which speaker, read at each start; `undefined`: that of all other sound
 */
export function createRingback(
  media: MediaEnvironment,
  sound: boolean | string,
  country: string | undefined,
  sinkId: () => string | undefined,
): Ringback {
  let stopPlaying: (() => void) | undefined;
  const playTone = () => media.playTone(ringbackTone(country), sinkId());
  const playUrl = (url: string) => {
    let stopped = false;
    let stop: () => void = () => undefined;
    const use = (begun: () => () => void) => {
      if (!stopped) stop = begun();
    };
    media.playSound?.(url, true, sinkId()).then(
      (stopSound) => (stopped ? stopSound() : use(() => stopSound)),
      () => use(playTone),
    );
    return () => {
      stopped = true;
      stop();
    };
  };
  return {
    start() {
      if (sound === false) return;
      stopPlaying ??= typeof sound === 'string' && media.playSound ? playUrl(sound) : playTone();
    },
    stop() {
      stopPlaying?.();
      stopPlaying = undefined;
    },
  };
}
