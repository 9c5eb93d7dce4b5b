import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DialerError } from '../../../src/errors/dialer-error.js';
import { allowedActions, decide } from '../../../src/failover/allowed-actions.js';
import type {
  FailoverContext,
  FailoverDecision,
  FailoverPolicy,
  LegEvidence,
} from '../../../src/failover/failover-context.js';
import type { LegPhase } from '../../../src/providers/provider.js';

const PHASES: readonly LegPhase[] = ['unsent', 'sent', 'acknowledged', 'progress', 'answered'];
const EVIDENCE: readonly LegEvidence[] = ['never-sent', 'ended', 'unknown', 'alive'];

/** Where another dial is possible at all; everything that is not here is forbidden. */
const MAY_DIAL = new Set(['unsent never-sent', 'sent ended', 'acknowledged ended']);

const every = PHASES.flatMap((phase) => EVIDENCE.map((evidence) => ({ phase, evidence })));

const contextOf = (phase: LegPhase, evidence: LegEvidence): FailoverContext => ({
  callId: 'call-1',
  to: '+14155550123',
  provider: 'first',
  route: 'first',
  error: new DialerError('provider/timeout'),
  phase,
  evidence,
  attempt: 1,
  sentAttempts: 1,
  tokenRefreshed: false,
  elapsedMs: 100,
  online: true,
  candidates: [],
  allowed: allowedActions(phase, evidence),
});

describe('what a policy may do', () => {
  it.each(every)('after $phase, when the leg is $evidence', ({ phase, evidence }) => {
    const allowed = MAY_DIAL.has(`${phase} ${evidence}`)
      ? ['next', 'refresh-token', 'ask', 'stop']
      : evidence === 'alive'
        ? ['wait', 'ask', 'stop']
        : ['ask', 'stop'];
    expect(allowedActions(phase, evidence)).toEqual(allowed);
  });

  it('does not include a second refresh of the same token', () => {
    expect(allowedActions('unsent', 'never-sent', true)).toEqual(['next', 'ask', 'stop']);
  });

  it('cannot be widened by the policy', () => {
    const cheat: FailoverPolicy = ({ allowed }) => {
      (allowed as string[]).push('next');
      return { action: 'next' };
    };
    expect(decide(cheat, contextOf('progress', 'unknown'))).toEqual({
      decision: { action: 'ask' },
      refused: true,
    });
  });
});

describe('a decision', () => {
  it('is carried out as it is, when it is allowed', () => {
    const next: FailoverDecision = { action: 'next', route: 'second' };
    const checked = decide(() => next, contextOf('unsent', 'never-sent'));
    expect(checked).toEqual({ decision: next, refused: false });
  });

  it('never dials after progress or while a leg may live, whatever the policy is', () => {
    const garbage = fc.oneof(
      fc.constantFrom(
        { action: 'next' },
        { action: 'refresh-token' },
        { action: 'wait', forMs: 5 },
        { action: 'wait', forMs: Number.NaN },
        { action: 'wait' },
        { action: 'ask' },
        { action: 'stop' },
        Promise.resolve({ action: 'next' }),
      ),
      fc.anything(),
      fc.record({ action: fc.anything(), route: fc.anything() }),
    );
    const policy = fc.oneof(
      garbage.map((decision) => () => decision),
      garbage.map((thrown) => () => {
        throw thrown;
      }),
    );
    fc.assert(
      fc.property(policy, fc.constantFrom(...every), (asked, { phase, evidence }) => {
        const { decision } = decide(asked as FailoverPolicy, contextOf(phase, evidence));
        expect(['next', 'refresh-token', 'wait', 'ask', 'stop']).toContain(decision.action);
        if (decision.action === 'wait') {
          expect([evidence, decision.forMs]).toEqual(['alive', 5]);
        }
        if (!MAY_DIAL.has(`${phase} ${evidence}`)) {
          expect(['wait', 'ask', 'stop']).toContain(decision.action);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
