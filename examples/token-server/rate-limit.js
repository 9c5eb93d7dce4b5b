const WINDOW_MS = 60_000;

/**
 * Counts requests of each address in windows of a minute, in memory. Behind a proxy, or with more than one process, let the
 * proxy do it.
 * @param {number} perMinute
 * @returns {(address: string, nowMs: number) => number} seconds to wait; 0: go on
 */
export function rateLimit(perMinute) {
  /** @type {Map<string, number>} */
  let counts = new Map();
  let endsAtMs = 0;
  return (address, nowMs) => {
    if (nowMs >= endsAtMs) {
      counts = new Map();
      endsAtMs = nowMs + WINDOW_MS;
    }
    const count = (counts.get(address) ?? 0) + 1;
    counts.set(address, count);
    return count > perMinute ? Math.ceil((endsAtMs - nowMs) / 1000) : 0;
  };
}
