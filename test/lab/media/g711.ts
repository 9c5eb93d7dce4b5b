const BIAS = 0x84;
const CLIP = 32635;

/** One 16-bit linear sample as µ-law (ITU-T G.711). */
export function encodeMuLawSample(sample: number): number {
  const sign = sample < 0 ? 0x80 : 0;
  const magnitude = Math.min(Math.abs(sample), CLIP) + BIAS;
  const exponent = Math.max(0, 24 - Math.clz32(magnitude));
  const mantissa = (magnitude >> (exponent + 3)) & 0x0f;
  return ~(sign | (exponent << 4) | mantissa) & 0xff;
}

/** One µ-law byte as a 16-bit linear sample (ITU-T G.711). */
export function decodeMuLawSample(byte: number): number {
  const inverted = ~byte & 0xff;
  const exponent = (inverted >> 4) & 0x07;
  const magnitude = ((((inverted & 0x0f) << 3) + BIAS) << exponent) - BIAS;
  return (inverted & 0x80) === 0 ? magnitude : -magnitude;
}

/** Linear samples as a PCMU payload, one byte a sample. */
export function encodeMuLaw(samples: Int16Array): Uint8Array {
  return Uint8Array.from(samples, encodeMuLawSample);
}

/** A PCMU payload as linear samples. */
export function decodeMuLaw(payload: Uint8Array): Int16Array {
  return Int16Array.from(payload, decodeMuLawSample);
}
