import type { CaseResult, FigureResult } from '../../../bench/bench.js';
import { spreadOf } from '../../../bench/statistics.js';

/** A figure that was measured so. */
export function figure(values: readonly number[], more: Partial<FigureResult> = {}): FigureResult {
  return { key: 'told', title: 'page told', values: spreadOf(values), times: undefined, ...more };
}

/** A case with one figure, measured at one round trip. */
export function caseResult(
  rttMs: number,
  values: readonly number[],
  more: Partial<CaseResult> = {},
): CaseResult {
  return {
    bench: 'setup',
    rttMs,
    group: 'Telnyx, cold',
    name: 'Dialer',
    against: undefined,
    roundTrips: 7,
    samples: [],
    failures: [],
    figures: [figure(values)],
    limits: [],
    ...more,
  };
}
