import { DialerError } from '../errors/dialer-error.js';
import {
  CONDITIONS,
  DECISION_TABLE,
  type DecisionRow,
  type FailoverRules,
} from './decision-table.js';
import type { FailoverContext, FailoverOptions, FailoverPolicy } from './failover-context.js';

const DEFAULTS: FailoverRules = { maxSwitches: 1, withinMs: 8_000, crossCheckNumber: false };

/**
 * The standard policy: phase × evidence × kind, by the table in `docs/failover.md`. Call it from a policy of your own
 * for all that you do not decide yourself.
 * @throws DialerError `config/invalid-option` for a negative number, or what is none.
 * @example
 * const standard = createFailover();
 * const failover: FailoverPolicy = (context) =>
 *   context.error.codes.sipCode === 480 && context.phase === 'sent' ? { action: 'next' } : standard(context);
 */
export function createFailover(options: FailoverOptions = {}): FailoverPolicy {
  const rules = readRules(options);
  return (context) => ({ action: rowFor(context, rules).action });
}

/** The row of the table that decides. */
export function rowFor(context: FailoverContext, rules: FailoverRules = DEFAULTS): DecisionRow {
  const rows: readonly DecisionRow[] = DECISION_TABLE;
  // The last row applies to everything.
  return rows.find((row) => applies(row, context, rules)) as DecisionRow;
}

function applies({ when }: DecisionRow, context: FailoverContext, rules: FailoverRules): boolean {
  const { evidence = context.evidence, phase, kind, if: condition } = when;
  return (
    evidence === context.evidence &&
    (phase?.includes(context.phase) ?? true) &&
    (kind?.includes(context.error.kind) ?? true) &&
    (!condition || CONDITIONS[condition](context, rules))
  );
}

function readRules(options: FailoverOptions): FailoverRules {
  const given = Object.entries(options ?? {}).filter(([, value]) => value !== undefined);
  const rules: FailoverRules = { ...DEFAULTS, ...Object.fromEntries(given) };
  const wrong = (detail: string): never => {
    throw new DialerError('config/invalid-option', { detail: `createFailover: ${detail}` });
  };
  for (const name of ['maxSwitches', 'withinMs'] as const) {
    if (!(typeof rules[name] === 'number' && rules[name] >= 0)) wrong(`${name} must be 0 or more`);
  }
  if (typeof rules.crossCheckNumber !== 'boolean') wrong('crossCheckNumber must be true or false');
  return rules;
}
