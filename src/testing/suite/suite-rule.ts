import type { Stage } from './stage.js';

/** One rule and how to see whether it holds. */
export interface SuiteRule {
  /** A sentence about what must hold. */
  readonly name: string;
  /** Throws when it does not hold. */
  check(stage: Stage): Promise<void>;
}
