/** R of a call without delay and loss: G.107 with all parameters at their defaults. */
const R_BEST = 93.2;
/** A frame of Opus of 20 ms and the 6.5 ms that it looks ahead, milliseconds. */
const CODEC_MS = 26.5;
/** The jitter buffer is taken to hold this many times the jitter. */
const BUFFER_FACTOR = 2;
/** Robustness against loss. ITU-T publishes none for Opus; 20 is assumed, with its forward error correction. */
const LOSS_ROBUSTNESS = 20;

/** What the quality of a connection is estimated from. */
export interface MosInput {
  /** Round-trip time in milliseconds; `undefined` counts as 0. */
  readonly rttMs: number | undefined;
  /** Jitter in milliseconds. */
  readonly jitterMs: number;
  /** Packets lost, percent 0–100. */
  readonly lossPercent: number;
}

/** Estimates the mean opinion score, 1.0–4.5, by the E-model of ITU-T G.107. */
export function estimateMos({ rttMs = 0, jitterMs, lossPercent }: MosInput): number {
  const delayMs = rttMs / 2 + BUFFER_FACTOR * jitterMs + CODEC_MS;
  return mosOfR(R_BEST - delayImpairment(delayMs) - lossImpairment(lossPercent));
}

/** MOS of a transmission rating R, 1.0–4.5: G.107 Annex B. */
export function mosOfR(r: number): number {
  // Outside 0 to 100 the polynomial turns round and would praise the worst connection.
  const bounded = Math.min(100, Math.max(0, r));
  // Below R 6.5 it falls under 1.
  return Math.max(1, 1 + 0.035 * bounded + 7e-6 * bounded * (bounded - 60) * (100 - bounded));
}

/** Impairment by absolute delay in one direction, `Idd` of G.107; echo is taken to be cancelled. */
export function delayImpairment(delayMs: number): number {
  if (delayMs <= 100) return 0;
  const x = Math.log2(delayMs / 100);
  const root = (value: number) => (1 + value ** 6) ** (1 / 6);
  return 25 * (root(x) - 3 * root(x / 3) + 2);
}

/**
 * Impairment by codec and random packet loss, `Ie,eff` of G.107 with BurstR 1.
 * @param codecImpairment - `Ie`. @defaultValue 0, Opus
 * @param robustness - `Bpl`. @defaultValue 20, Opus with forward error correction, an assumption
 */
export function lossImpairment(
  lossPercent: number,
  codecImpairment = 0,
  robustness = LOSS_ROBUSTNESS,
): number {
  return codecImpairment + ((95 - codecImpairment) * lossPercent) / (lossPercent + robustness);
}
