import type { LegPhase } from '../providers/provider.js';
import type {
  FailoverAction,
  FailoverContext,
  FailoverDecision,
  FailoverPolicy,
  LegEvidence,
} from './failover-context.js';

/** How a failed attempt stands when another dial is possible at all. */
const MAY_DIAL = /^(unsent never-sent|(sent|acknowledged) ended)$/;

/**
 * The rule that nobody is rung twice: another dial is only possible while no leg was ever sent, or when the last one is
 * proven over and the far side showed no progress. A leg that lives can only be waited for, or given up.
 * @param tokenRefreshed - A token is refreshed once for a call; more would only repeat the failure.
 */
export function allowedActions(
  phase: LegPhase,
  evidence: LegEvidence,
  tokenRefreshed = false,
): readonly FailoverAction[] {
  const end: FailoverAction[] = ['ask', 'stop'];
  if (evidence === 'alive') return Object.freeze(['wait', ...end] satisfies FailoverAction[]);
  if (!MAY_DIAL.test(`${phase} ${evidence}`)) return Object.freeze(end);
  return Object.freeze(
    tokenRefreshed
      ? ['next' as const, ...end]
      : ['next' as const, 'refresh-token' as const, ...end],
  );
}

/** A decision that may be carried out, and whether the policy had asked for another one. */
export interface CheckedDecision {
  readonly decision: FailoverDecision;
  /** True when the policy wanted something that is not allowed, or threw; `ask` stands in for it. */
  readonly refused: boolean;
}

/** Asks a policy, and puts `ask` in the place of whatever is not allowed. */
export function decide(policy: FailoverPolicy, context: FailoverContext): CheckedDecision {
  try {
    const decision = policy(context);
    const { action } = decision;
    const endless = action === 'wait' && !(decision.forMs > 0 && Number.isFinite(decision.forMs));
    if (context.allowed.includes(action) && !endless) return { decision, refused: false };
  } catch {
    // A policy that throws has decided nothing, which must not dial anybody.
  }
  return { decision: { action: 'ask' }, refused: true };
}
