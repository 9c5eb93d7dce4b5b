import { describe, expect, it } from 'vitest';
import type { FailureKind } from '../../../src/errors/codes.js';
import { DialerError, type DialerErrorOptions } from '../../../src/errors/dialer-error.js';
import { allowedActions } from '../../../src/failover/allowed-actions.js';
import type { FailoverContext } from '../../../src/failover/failover-context.js';
import { createFailover } from '../../../src/failover/policy.js';
import type { RouteStatus } from '../../../src/failover/route-status.js';

const SECOND = { route: 'second' } as RouteStatus;

type ErrorArguments = readonly [code: DialerError['code'], options?: DialerErrorOptions];

function decideOn(
  error: ErrorArguments,
  { evidence = 'never-sent', phase = 'unsent', ...rest }: Partial<FailoverContext> = {},
) {
  return createFailover()({
    callId: 'call-1',
    to: '+14155550123',
    provider: 'first',
    route: 'first',
    error: new DialerError(...error),
    phase,
    evidence,
    attempt: 1,
    sentAttempts: 0,
    tokenRefreshed: false,
    elapsedMs: 100,
    online: true,
    candidates: [SECOND],
    allowed: allowedActions(phase, evidence),
    ...rest,
  }).action;
}

const ofKind = (kind: FailureKind): ErrorArguments => ['provider/unexplained', { kind }];

describe('the standard policy, when nothing was sent', () => {
  it.each(['infrastructure', 'capacity', 'media', 'unknown'] as const)(
    'takes the next route after a fault of kind %s',
    (kind) => {
      expect(decideOn(ofKind(kind))).toBe('next');
    },
  );

  it.each(['number', 'callee', 'forbidden', 'client', 'user', 'developer'] as const)(
    'stops after a fault of kind %s, which would follow the caller',
    (kind) => {
      expect(decideOn(ofKind(kind))).toBe('stop');
    },
  );

  it('refreshes a refused token once, then takes the next route', () => {
    expect(decideOn(['auth/token-rejected'])).toBe('refresh-token');
    expect(decideOn(['auth/token-expired'])).toBe('refresh-token');
    expect(decideOn(['auth/token-rejected'], { tokenRefreshed: true })).toBe('next');
  });

  it('does not ask again for a token that could not be had', () => {
    expect(decideOn(['auth/token-unavailable'])).toBe('next');
  });

  it('stops when there is no other route', () => {
    expect(decideOn(['provider/unreachable'], { candidates: [] })).toBe('stop');
  });
});

describe('the standard policy, when the call was sent', () => {
  it.each(['sent', 'acknowledged', 'progress', 'answered'] as const)(
    'asks the person when nobody knows what became of a call that came to %s',
    (phase) => {
      expect(decideOn(['network/signalling-lost'], { phase, evidence: 'unknown' })).toBe('ask');
      expect(decideOn(['network/signalling-lost'], { phase, evidence: 'alive' })).toBe('ask');
    },
  );

  it('reports a final answer, and never evades it', () => {
    for (const code of ['call/busy', 'call/rejected', 'call/blocked', 'provider/server-error']) {
      const error = [code as DialerError['code']] as const;
      expect(decideOn(error, { phase: 'sent', evidence: 'ended' })).toBe('stop');
    }
  });
});

it('gives only what is allowed, and the same for the same context', () => {
  for (const phase of ['unsent', 'sent', 'progress'] as const) {
    for (const evidence of ['never-sent', 'ended', 'unknown'] as const) {
      const allowed = [...allowedActions(phase, evidence)];
      const error = ['provider/timeout'] as const;
      const action = decideOn(error, { phase, evidence });
      // Contradictions, such as a ringing call that was never sent, are not the policy's to refuse.
      if (evidence !== 'never-sent' || phase === 'unsent') expect(allowed).toContain(action);
      expect(decideOn(error, { phase, evidence })).toBe(action);
    }
  }
});
