import type { Tone } from '../core/environment.js';

/** Longest stretch of tone that is scheduled ahead: an hour of ringing. */
const MAX_BURSTS = 600;

/**
 * Makes the function that plays tones with oscillators (no files, so no Content-Security-Policy in the way), on one
 * AudioContext that exists only while a tone plays. Silent where the browser has none.
 */
export function createTonePlayer(): (tone: Tone) => () => void {
  return (tone) => {
    if (typeof AudioContext === 'undefined') return () => undefined;
    const context = new AudioContext();
    const gain = context.createGain();
    gain.gain.value = 0;
    gain.connect(context.destination);
    schedule(gain.gain, tone, context.currentTime);
    for (const frequency of tone.frequenciesHz) {
      const oscillator = context.createOscillator();
      oscillator.frequency.value = frequency;
      oscillator.connect(gain);
      oscillator.start();
    }
    return () => void context.close().catch(() => undefined);
  };
}

/** The whole pattern is laid down at once on the audio clock: no timer of ours ticks while it rings. */
function schedule(gain: AudioParam, { onMs, offMs, level }: Tone, from: number): void {
  for (let burst = 0; burst < MAX_BURSTS; burst += 1) {
    const start = from + (burst * (onMs + offMs)) / 1000;
    gain.setTargetAtTime(level, start, 0.005);
    gain.setTargetAtTime(0, start + onMs / 1000, 0.005);
  }
}
