import type { MediaPeer } from '../types.js';

/** How often the phone listens, in milliseconds. */
const EVERY_MS = 200;

/** Softer sounds, root mean square 0..1, are no tone. */
const AUDIBLE = 0.02;

/** Frequencies that differ by no more than this, in hertz, are one tone. */
const SAME_TONE_HZ = 15;

/** Calls back once for each steady tone that arrives. Returns the function that stops it. */
export function watchTones(media: MediaPeer, onTone: (frequency: number) => void): () => void {
  let candidate = 0;
  let told = 0;
  const timer = setInterval(() => {
    const { frequency, level } = media.heard(EVERY_MS);
    const now = level > AUDIBLE ? frequency : 0;
    const steady = now !== 0 && Math.abs(now - candidate) <= SAME_TONE_HZ;
    candidate = now;
    if (now === 0) told = 0;
    if (!steady || Math.abs(now - told) <= SAME_TONE_HZ) return;
    told = now;
    onTone(now);
  }, EVERY_MS);
  return () => clearInterval(timer);
}
