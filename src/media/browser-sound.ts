import type { LevelMeter, MediaEnvironment } from '../core/environment.js';
import { createLevelMeter } from './level-meter.js';
import { createSharedAudio } from './shared-audio.js';
import { playSound } from './sound-player.js';
import { createTonePlayer } from './tone-player.js';

/** What is needed only when something sounds or is measured: fetched with the first call. */
export interface BrowserSound
  extends Required<Pick<MediaEnvironment, 'playTone' | 'playSound' | 'unlock'>> {
  /** The shared AudioContext, kept running until the signal aborts. */
  audioContext(until: AbortSignal): AudioContext | undefined;
  /** Measures how loud a track is. */
  measureLevel(track: MediaStreamTrack): LevelMeter;
  /** Closes the AudioContext. */
  close(): void;
}

/** Makes a {@link BrowserSound}. */
export function createBrowserSound(): BrowserSound {
  const shared = createSharedAudio();
  return {
    playTone: createTonePlayer(shared),
    playSound,
    audioContext(until) {
      const context = shared.context();
      const release = shared.hold();
      if (until.aborted) release();
      until.addEventListener('abort', release, { once: true });
      return context;
    },
    measureLevel: (track) => createLevelMeter(shared, track),
    unlock: () => shared.unlock(),
    close: () => shared.close(),
  };
}
