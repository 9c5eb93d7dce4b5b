/**
 * The lab's time: milliseconds since the epoch with fractions, never going back. A page reads the same scale with
 * `performance.timeOrigin + performance.now()`, so that entries of both sides can be laid on one timeline.
 */
export function labNow(): number {
  return performance.timeOrigin + performance.now();
}
