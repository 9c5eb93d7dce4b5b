import type { LegPhase } from '../providers/provider.js';
import type {
  FailoverAction,
  FailoverContext,
  FailoverDecision,
  FailoverPolicy,
  LegEvidence,
} from './failover-context.js';

/**
 * The rule that nobody is rung twice: another dial is only possible while no leg was ever sent, or when the last one is
 * proven over and the far side showed no progress.
 */
export function allowedActions(phase: LegPhase, evidence: LegEvidence): readonly FailoverAction[] {
  const mayDial =
    evidence === 'never-sent' ||
    (evidence === 'ended' && (phase === 'sent' || phase === 'acknowledged'));
  return mayDial ? ['next', 'refresh-token', 'ask', 'stop'] : ['ask', 'stop'];
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
    if (context.allowed.includes(decision.action)) return { decision, refused: false };
  } catch {
    // A policy that throws has decided nothing, which must not dial anybody.
  }
  return { decision: { action: 'ask' }, refused: true };
}
