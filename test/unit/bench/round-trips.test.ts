import { describe, expect, it } from 'vitest';
import type { Bench } from '../../../bench/bench.js';
import { roundTripsOf, roundTripTable } from '../../../bench/round-trips.js';
import { caseResult } from './results.js';

const bench = { name: 'setup', roundTripsOf: 'told' } as Bench;

describe('round trips', () => {
  it('are the slope of the medians, beside what can not be done without', () => {
    const results = [
      caseResult(0, [150, 90, 120]),
      caseResult(50, [520]),
      caseResult(100, [920]),
      caseResult(200, [1_720]),
    ];
    const [counted] = roundTripsOf(bench, results);
    expect(counted).toMatchObject({ group: 'Telnyx, cold', name: 'Dialer', limit: 7 });
    expect(counted?.taken).toBeCloseTo(8, 5);
    expect(counted?.gap).toBeCloseTo(1, 5);
    expect(counted?.interceptMs).toBeCloseTo(120, 5);
    expect(roundTripTable(counted ? [counted] : [])).toMatch(/Dialer +8\.00 +7 +1\.00 +120$/);
  });

  it('are counted for each case apart', () => {
    const raw = { name: 'raw SDK', roundTrips: 1 };
    const results = [
      caseResult(0, [100], raw),
      caseResult(0, [100]),
      caseResult(100, [200], raw),
      caseResult(100, [900]),
    ];
    expect(roundTripsOf(bench, results).map(({ name, taken }) => [name, taken])).toEqual([
      ['raw SDK', 1],
      ['Dialer', 8],
    ]);
  });

  it('can not be counted at one round trip, nor where nothing says how many it takes', () => {
    expect(roundTripsOf(bench, [caseResult(100, [900])])).toEqual([]);
    const unlimited = { roundTrips: undefined };
    expect(
      roundTripsOf(bench, [caseResult(0, [1], unlimited), caseResult(100, [2], unlimited)]),
    ).toEqual([]);
  });

  it('are those of the bench that counts them', () => {
    const other = { ...bench, name: 'switching' } as Bench;
    expect(roundTripsOf(other, [caseResult(0, [1]), caseResult(100, [2])])).toEqual([]);
  });
});
