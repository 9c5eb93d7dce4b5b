/** Lowest and highest frequency that is looked for, in hertz: the band of a telephone. */
const BAND = { lowest: 200, highest: 3400 } as const;

/** Below this root mean square (0..1) there is nothing worth a frequency. */
const SILENCE = 0.003;

/** Power of one frequency in the samples (Goertzel's algorithm), comparable between calls of the same length. */
export function goertzel(samples: Int16Array, frequency: number, sampleRate: number): number {
  const coefficient = 2 * Math.cos((2 * Math.PI * frequency) / sampleRate);
  let previous = 0;
  let beforePrevious = 0;
  for (const sample of samples) {
    const current = sample + coefficient * previous - beforePrevious;
    beforePrevious = previous;
    previous = current;
  }
  return (
    previous * previous + beforePrevious * beforePrevious - coefficient * previous * beforePrevious
  );
}

/** Root mean square of the samples, 0..1. */
export function levelOf(samples: Int16Array): number {
  if (samples.length === 0) return 0;
  let sum = 0;
  for (const sample of samples) sum += (sample / 32768) ** 2;
  return Math.sqrt(sum / samples.length);
}

/** Strongest frequency between 200 and 3400 Hz, to about 2 Hz; 0 when there is silence. */
export function strongestFrequency(samples: Int16Array, sampleRate: number): number {
  if (samples.length < sampleRate / 20 || levelOf(samples) < SILENCE) return 0;
  // A Goertzel filter is about sampleRate / length wide: steps as wide as that cannot miss a peak.
  const step = Math.min(10, sampleRate / samples.length);
  const coarse = strongest(samples, sampleRate, BAND.lowest, BAND.highest, step);
  return Math.round(strongest(samples, sampleRate, coarse - step, coarse + step, 1));
}

function strongest(
  samples: Int16Array,
  sampleRate: number,
  from: number,
  to: number,
  step: number,
): number {
  let best = from;
  let bestPower = -1;
  for (let frequency = from; frequency <= to; frequency += step) {
    const power = goertzel(samples, frequency, sampleRate);
    if (power > bestPower) {
      bestPower = power;
      best = frequency;
    }
  }
  return best;
}
