import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Reporter, TestModule } from 'vitest/node';
import { noTotals, type Totals } from './totals.js';

/** Writes how many tests passed, failed and were skipped as JSON, so that `npm test` can add up all suites. */
export class TotalsReporter implements Reporter {
  readonly #path: string | undefined;

  /** @param path - where to write; undefined: nothing is written */
  constructor(path: string | undefined) {
    this.#path = path;
  }

  /** Called by Vitest when everything has run. */
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[]): void {
    if (this.#path === undefined) return;
    const totals: Totals = { ...noTotals(), failed: unhandled.length };
    for (const module of modules) {
      // A file that does not load has no tests to count.
      if (module.errors().length > 0) totals.failed += 1;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === 'passed') totals.passed += 1;
        else if (state === 'failed') totals.failed += 1;
        else totals.skipped.push(test.fullName);
        if (test.diagnostic()?.flaky) totals.secondTry.push(test.fullName);
      }
    }
    mkdirSync(dirname(this.#path), { recursive: true });
    writeFileSync(this.#path, JSON.stringify(totals));
  }
}
