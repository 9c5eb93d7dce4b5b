import type { ProviderHarness, ProviderTestCase } from './harness.js';
import { CAPABILITY_RULES } from './suite/capability-rules.js';
import { CLOSE_RULES } from './suite/close-rules.js';
import { DIAL_RULES } from './suite/dial-rules.js';
import { END_RULES } from './suite/end-rules.js';
import { HANGUP_RULES } from './suite/hangup-rules.js';
import { OPEN_RULES } from './suite/open-rules.js';
import { Stage } from './suite/stage.js';
import type { SuiteRule } from './suite/suite-rule.js';

/** Options of {@link providerSuite}, in milliseconds of real time. */
export interface ProviderSuiteOptions {
  /**
   * How long to wait for something that must happen.
   * @defaultValue 10000
   */
  readonly patienceMs?: number | undefined;
  /**
   * How long to watch that something does not happen.
   * @defaultValue 200
   */
  readonly settleMs?: number | undefined;
}

const RULES: readonly SuiteRule[] = [
  ...OPEN_RULES,
  ...DIAL_RULES,
  ...END_RULES,
  ...HANGUP_RULES,
  ...CLOSE_RULES,
  ...CAPABILITY_RULES,
];

/**
 * Every rule that a provider must keep, as cases for any test runner. They run in real time, each with a provider of
 * its own. Beside what its name says, each case fails when the provider reports something after `ended`, `release()`
 * or `close()`, goes back to an earlier phase, or leaves resources open.
 * @example
 * for (const { name, run } of providerSuite(harness)) test(name, run);
 */
export function providerSuite(
  harness: ProviderHarness,
  { patienceMs = 10_000, settleMs = 200 }: ProviderSuiteOptions = {},
): readonly ProviderTestCase[] {
  return RULES.map(({ name, check }) => ({
    name,
    async run() {
      const stage = new Stage(await harness.create(), { patienceMs, settleMs });
      try {
        await check(stage);
        await stage.finish();
      } finally {
        await stage.dispose();
      }
    },
  }));
}
