/** Several measurements of one thing in one figure, and how far they lie apart. */
export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
  /** What 19 of 20 do not exceed; `undefined` with fewer than 20 measurements. */
  readonly p95: number | undefined;
}

const ENOUGH_FOR_P95 = 20;

/** Sums measurements up; those that are missing are left out. `undefined` when all are missing. */
export function spreadOf(values: readonly (number | undefined)[]): Spread | undefined {
  const sorted = values.filter((value) => value !== undefined).sort((one, other) => one - other);
  const middle = (sorted.length - 1) / 2;
  const [low, high] = [sorted[Math.floor(middle)], sorted[Math.ceil(middle)]];
  const [min, max] = [sorted[0], sorted.at(-1)];
  if (low === undefined || high === undefined || min === undefined || max === undefined) {
    return undefined;
  }
  const isEnough = sorted.length >= ENOUGH_FOR_P95;
  const p95 = isEnough ? sorted[Math.ceil(sorted.length * 0.95) - 1] : undefined;
  return { median: (low + high) / 2, min, max, p95 };
}
