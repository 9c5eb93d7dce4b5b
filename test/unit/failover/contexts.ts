import type { DialerError } from '../../../src/errors/dialer-error.js';
import { allowedActions } from '../../../src/failover/allowed-actions.js';
import type {
  FailoverAction,
  FailoverContext,
  FailoverOptions,
} from '../../../src/failover/failover-context.js';
import { createFailover } from '../../../src/failover/policy.js';
import type { RouteStatus } from '../../../src/failover/route-status.js';

/** What a policy is told of a first attempt that has just failed: nothing sent, one other route left. */
export function contextOf(
  error: DialerError,
  { evidence = 'never-sent', phase = 'unsent', ...rest }: Partial<FailoverContext> = {},
): FailoverContext {
  return {
    callId: 'call-1',
    to: '+14155550123',
    provider: 'first',
    route: 'first',
    error,
    phase,
    evidence,
    attempt: 1,
    sentAttempts: phase === 'unsent' ? 0 : 1,
    tokenRefreshed: false,
    elapsedMs: 100,
    online: true,
    candidates: [{ route: 'second' } as RouteStatus],
    allowed: allowedActions(phase, evidence, rest.tokenRefreshed),
    ...rest,
  };
}

/** What the standard policy decides. */
export const decideOn = (
  error: DialerError,
  context?: Partial<FailoverContext>,
  options?: FailoverOptions,
): FailoverAction => createFailover(options)(contextOf(error, context)).action;

/** Decided before anything was sent. */
export const unsent = (error: DialerError): FailoverAction => decideOn(error);

/** Decided after the call was sent, without progress. @param proven - Whether it is proven over. */
export const sent = (error: DialerError, proven = true): FailoverAction =>
  decideOn(error, { phase: 'sent', evidence: proven ? 'ended' : 'unknown' });

/** Decided after progress. @param proven - Whether it is proven over. */
export const rang = (error: DialerError, proven = true): FailoverAction =>
  decideOn(error, { phase: 'progress', evidence: proven ? 'ended' : 'unknown' });
