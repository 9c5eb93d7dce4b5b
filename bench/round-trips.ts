import type { Bench, CaseResult } from './bench.js';
import { columns } from './report.js';

/** How many round trips a case really takes, beside those that it can not do without. */
export interface RoundTrips {
  readonly bench: string;
  readonly group: string;
  readonly name: string;
  /** By how many round trips the figure grows with each: slope of the straight line through the medians. */
  readonly taken: number;
  /** How many it can not do without. */
  readonly limit: number;
  /** What is taken beyond that. */
  readonly gap: number;
  /** What is left at a round trip of 0, milliseconds. */
  readonly interceptMs: number;
}

/** Counts the round trips of each case that was measured at two of them or more, by least squares over the medians. */
export function roundTripsOf(
  { name: bench, roundTripsOf: key }: Bench,
  results: readonly CaseResult[],
): readonly RoundTrips[] {
  const own = results.filter((result) => result.bench === bench);
  // Each case once for each round trip, in the same order: those of the first one stand for all.
  const cases = own.filter(({ rttMs }) => rttMs === own[0]?.rttMs);
  return cases.flatMap(({ group, name, roundTrips: limit }) => {
    const measured = own.filter((result) => result.group === group && result.name === name);
    const points = measured.flatMap(({ rttMs, figures }) => {
      const median = figures.find((figure) => figure.key === key)?.values?.median;
      return rttMs === undefined || median === undefined ? [] : [{ x: rttMs, y: median }];
    });
    const line = straightLine(points);
    if (line === undefined || limit === undefined) return [];
    const { slope: taken, intercept: interceptMs } = line;
    return [{ bench, group, name, taken, limit, gap: taken - limit, interceptMs }];
  });
}

/** Those of one bench as a table in plain text. */
export function roundTripTable(counted: readonly RoundTrips[]): string {
  const rows: (readonly string[])[] = [['', 'round trips', 'at least', 'gap', 'rest, ms']];
  let group: string | undefined;
  for (const one of counted) {
    if (one.group !== group) rows.push([one.group]);
    group = one.group;
    const { name, taken, limit, gap, interceptMs } = one;
    rows.push([
      `  ${name}`,
      taken.toFixed(2),
      String(limit),
      gap.toFixed(2),
      interceptMs.toFixed(0),
    ]);
  }
  return columns(rows);
}

/** The straight line through points by least squares; `undefined` for fewer than two places. */
function straightLine(
  points: readonly { readonly x: number; readonly y: number }[],
): { readonly slope: number; readonly intercept: number } | undefined {
  const mean = (values: readonly number[]) =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const middle = { x: mean(points.map(({ x }) => x)), y: mean(points.map(({ y }) => y)) };
  const spread = points.reduce((sum, { x }) => sum + (x - middle.x) ** 2, 0);
  if (!(spread > 0)) return undefined;
  const slope = points.reduce((sum, { x, y }) => sum + (x - middle.x) * (y - middle.y), 0) / spread;
  return { slope, intercept: middle.y - slope * middle.x };
}
