import { readFileSync } from 'node:fs';
import { readWav } from './wav.js';

/** Samples a second inside the lab: telephone quality. */
export const SAMPLE_RATE = 8000;

/** Samples in one frame of 20 ms. */
export const FRAME_SAMPLES = 160;

/** What a media peer can send; see `MediaPeer.play`. */
export type PlaySource = { tone: number } | { wav: string } | 'echo' | 'silence';

/** Gives frame after frame of 160 samples. */
export type SoundSource = () => Int16Array;

/** A steady sine wave. */
export function toneSource(frequency: number, amplitude = 8000): SoundSource {
  let sample = 0;
  return () =>
    Int16Array.from({ length: FRAME_SAMPLES }, () => {
      const value = amplitude * Math.sin((2 * Math.PI * frequency * sample) / SAMPLE_RATE);
      sample += 1;
      return Math.round(value);
    });
}

/** Samples over and over again. */
export function loopSource(samples: Int16Array): SoundSource {
  let at = 0;
  return () =>
    Int16Array.from({ length: FRAME_SAMPLES }, () => {
      const value = samples[at % samples.length] ?? 0;
      at += 1;
      return value;
    });
}

/** The frames of a source; `undefined` for the echo, which has none of its own. */
export function soundSource(source: PlaySource): SoundSource | undefined {
  if (source === 'echo') return undefined;
  if (source === 'silence') return () => new Int16Array(FRAME_SAMPLES);
  if ('tone' in source) return toneSource(source.tone);
  return loopSource(readWav(readFileSync(source.wav)));
}
