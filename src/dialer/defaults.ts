import type { Timeouts } from '../core/timeouts.js';

/** Every deadline with a value. */
export type CompleteTimeouts = { readonly [Name in keyof Timeouts]-?: number };

/** The standard deadlines, milliseconds; what they bound is told at {@link Timeouts}. */
export const DEFAULT_TIMEOUTS: CompleteTimeouts = {
  permissionMs: 60_000,
  tokenMs: 3_000,
  sdkMs: 10_000,
  connectMs: 2_500,
  staggerMs: 1_000,
  acknowledgeMs: 3_000,
  progressMs: 20_000,
  proofMs: 2_000,
  ringMs: 45_000,
  mediaMs: 3_500,
  reconnectMs: 20_000,
};
