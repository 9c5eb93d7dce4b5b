import type { LevelMeter, MediaEnvironment } from '../core/environment.js';
import { connectNobody } from './connect-nobody.js';
import { createLevelMeter } from './level-meter.js';
import { createSharedAudio } from './shared-audio.js';
import { playSound } from './sound-player.js';
import { createTonePlayer } from './tone-player.js';

/** What is needed only when something sounds or is measured: fetched with the first call, or ahead of it. */
export interface BrowserSound
  extends Required<Pick<MediaEnvironment, 'playTone' | 'playSound' | 'unlock' | 'warmUp'>> {
  /** The shared AudioContext, kept running until the signal aborts. */
  audioContext(until: AbortSignal): AudioContext | undefined;
  /** A stream without a sound, until the signal aborts. */
  silence(until: AbortSignal): MediaStream | undefined;
  /** Measures how loud a track is. */
  measureLevel(track: MediaStreamTrack): LevelMeter;
  /** Closes the AudioContext. */
  close(): void;
}

/** Makes a {@link BrowserSound}. */
export function createBrowserSound(): BrowserSound {
  const shared = createSharedAudio();
  let connected: Promise<void> | undefined;
  const audioContext = (until: AbortSignal) => {
    const context = shared.context();
    const release = shared.hold();
    if (until.aborted) release();
    until.addEventListener('abort', release, { once: true });
    return context;
  };
  return {
    playTone: createTonePlayer(shared),
    playSound,
    audioContext,
    silence(until) {
      if (until.aborted) return undefined;
      const stream = audioContext(until)?.createMediaStreamDestination().stream;
      const stop = () => {
        for (const track of stream?.getTracks() ?? []) track.stop();
      };
      until.addEventListener('abort', stop, { once: true });
      return stream;
    },
    measureLevel: (track) => createLevelMeter(shared, track),
    unlock: () => shared.unlock(),
    warmUp({ sound }) {
      if (sound) shared.prepare();
      connected ??= connectNobody();
      return connected;
    },
    close: () => shared.close(),
  };
}
