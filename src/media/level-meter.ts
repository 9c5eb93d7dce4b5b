import type { LevelMeter } from '../core/environment.js';
import type { SharedAudio } from './shared-audio.js';

/** Samples looked at: 21 ms at 48 kHz, some periods of the lowest voice. */
const WINDOW = 1024;

/**
 * Measures a track, only when it is read and without playing it. The level is linear: the root mean square, scaled so that
 * a sine of full amplitude is 1. Where the track can not be measured it stays 0.
 */
export function createLevelMeter(shared: SharedAudio, track: MediaStreamTrack): LevelMeter {
  const samples = new Float32Array(WINDOW);
  const release = shared.hold();
  let tap = listen(shared, track);
  let stopped = false;
  return {
    get level() {
      if (stopped || !tap) return 0;
      if (tap.analyser.context.state === 'closed') tap = listen(shared, track);
      tap?.analyser.getFloatTimeDomainData(samples);
      const squares = tap ? samples.reduce((sum, sample) => sum + sample * sample, 0) : 0;
      return Math.min(1, Math.sqrt((2 * squares) / WINDOW));
    },
    stop() {
      stopped = true;
      tap?.source.disconnect();
      tap = undefined;
      release();
    },
  };
}

function listen(shared: SharedAudio, track: MediaStreamTrack) {
  const context = shared.context();
  if (!context) return undefined;
  try {
    const source = context.createMediaStreamSource(new MediaStream([track]));
    const analyser = context.createAnalyser();
    analyser.fftSize = WINDOW;
    source.connect(analyser);
    return { source, analyser };
  } catch {
    // Firefox joins no track to a context of another sample rate.
    return undefined;
  }
}
