/** How many checks or tests came out how. */
export interface Totals {
  /** Did what they should. */
  passed: number;
  /** Did not. */
  failed: number;
  /** Names of tests that were not run; the reason stands in the name. */
  skipped: string[];
  /** Names of tests that passed at the second try only; they count as passed. */
  secondTry: string[];
}

/** Nothing yet. */
export const noTotals = (): Totals => ({ passed: 0, failed: 0, skipped: [], secondTry: [] });

/** Adds `more` to `sum`. */
export function addTotals(sum: Totals, more: Totals): void {
  sum.passed += more.passed;
  sum.failed += more.failed;
  sum.skipped.push(...more.skipped);
  sum.secondTry.push(...more.secondTry);
}

/** The closing line: `12 passed, 0 failed`, with `, 1 skipped` only where something was. */
export function totalsLine({ passed, failed, skipped }: Omit<Totals, 'secondTry'>): string {
  return `${passed} passed, ${failed} failed${skipped.length > 0 ? `, ${skipped.length} skipped` : ''}`;
}
