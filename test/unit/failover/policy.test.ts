import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FailureKind } from '../../../src/errors/codes.js';
import { DialerError } from '../../../src/errors/dialer-error.js';
import { allowedActions } from '../../../src/failover/allowed-actions.js';
import type {
  FailoverContext,
  FailoverOptions,
  LegEvidence,
} from '../../../src/failover/failover-context.js';
import { createFailover, rowFor } from '../../../src/failover/policy.js';
import type { LegPhase } from '../../../src/providers/provider.js';
import { contextOf, decideOn } from './contexts.js';

const ofKind = (kind: string) =>
  new DialerError('provider/unexplained', { kind: kind as FailureKind });
const error = (code: DialerError['code']) => new DialerError(code);

const PHASES = ['unsent', 'sent', 'acknowledged', 'progress', 'answered'] as const;
const EVIDENCE = ['never-sent', 'ended', 'unknown', 'alive'] as const;
const SENT = { phase: 'sent', evidence: 'ended' } as const;

/** Kind → nothing was sent, over before progress, over after progress. */
const KINDS = [
  ['infrastructure', 'next', 'next', 'ask'],
  ['capacity', 'next', 'next', 'stop'],
  ['auth', 'refresh-token', 'refresh-token', 'stop'],
  ['media', 'next', 'next', 'ask'],
  ['number', 'stop', 'stop', 'stop'],
  ['callee', 'stop', 'stop', 'stop'],
  ['forbidden', 'stop', 'stop', 'stop'],
  ['client', 'stop', 'stop', 'stop'],
  ['user', 'stop', 'stop', 'stop'],
  ['developer', 'stop', 'stop', 'stop'],
  ['unknown', 'next', 'next', 'ask'],
  // Plain JavaScript may pass what no type knows.
  ['of-another-version', 'stop', 'stop', 'stop'],
] as const;

describe.each(KINDS)('a failure of kind %s', (kind, unsent, over, rang) => {
  it(`is answered by ${unsent} when nothing was sent`, () => {
    expect(decideOn(ofKind(kind))).toBe(unsent);
  });

  it(`is answered by ${over} when the call is over and showed no progress`, () => {
    for (const phase of ['sent', 'acknowledged'] as const) {
      expect(decideOn(ofKind(kind), { phase, evidence: 'ended' })).toBe(over);
    }
  });

  it(`is answered by ${rang} when the call is over and a telephone rang`, () => {
    for (const phase of ['progress', 'answered'] as const) {
      expect(decideOn(ofKind(kind), { phase, evidence: 'ended' })).toBe(rang);
    }
  });

  it('is answered by a question while nobody knows what became of the call, and while it lives', () => {
    for (const phase of PHASES) {
      for (const evidence of ['unknown', 'alive'] as const) {
        expect(decideOn(ofKind(kind), { phase, evidence })).toBe('ask');
      }
    }
  });
});

describe('tokens', () => {
  it.each([{}, SENT])('are refreshed once, then the next route is taken', (context) => {
    for (const code of ['auth/token-rejected', 'auth/token-expired'] as const) {
      expect(decideOn(error(code), context)).toBe('refresh-token');
      expect(decideOn(error(code), { ...context, candidates: [] })).toBe('refresh-token');
      expect(decideOn(error(code), { ...context, tokenRefreshed: true })).toBe('next');
    }
  });

  it('are not asked for again when our own server gave none: that of the next route may be there', () => {
    expect(decideOn(error('auth/token-unavailable'))).toBe('next');
    expect(decideOn(error('auth/token-unavailable'), { candidates: [] })).toBe('stop');
  });

  it('are refreshed only where that is allowed', () => {
    const allowed = ['next', 'ask', 'stop'] as const;
    expect(decideOn(error('auth/token-expired'), { allowed })).toBe('next');
  });
});

describe('the browser', () => {
  it('that one provider refuses may do for the next one', () => {
    expect(decideOn(error('provider/unsupported'))).toBe('next');
    expect(decideOn(error('support/no-webrtc'))).toBe('stop');
    expect(decideOn(error('media/permission-denied'), SENT)).toBe('stop');
  });

  it('without a network is no reason to switch', () => {
    const online = false;
    for (const kind of ['infrastructure', 'capacity', 'auth', 'media', 'unknown']) {
      expect(decideOn(ofKind(kind), { online })).toBe('stop');
      expect(decideOn(ofKind(kind), { ...SENT, online })).toBe('stop');
      expect(decideOn(ofKind(kind), { phase: 'sent', evidence: 'unknown', online })).toBe('ask');
    }
  });
});

describe('a far side that we gave up for silence', () => {
  const silence = error('provider/timeout');

  it('may have rung somebody once the carrier had taken the call, whether there is another route or not', () => {
    const taken = { phase: 'acknowledged', evidence: 'ended' } as const;
    expect(decideOn(silence, taken)).toBe('ask');
    expect(decideOn(silence, { ...taken, candidates: [] })).toBe('ask');
  });

  it('is replaced when the carrier had not even taken the call, or says itself that it timed out', () => {
    expect(decideOn(silence, SENT)).toBe('next');
    const answer = new DialerError('provider/timeout', { sipCode: 504 });
    expect(decideOn(answer, { phase: 'acknowledged', evidence: 'ended' })).toBe('next');
  });
});

describe('another route', () => {
  it.each(['infrastructure', 'capacity', 'media', 'unknown'])(
    'can not be taken after a failure of kind %s when there is none',
    (kind) => {
      expect(decideOn(ofKind(kind), { candidates: [] })).toBe('stop');
      expect(decideOn(ofKind(kind), { ...SENT, candidates: [] })).toBe('stop');
      // That it is also late changes nothing.
      expect(decideOn(ofKind(kind), { ...SENT, candidates: [], elapsedMs: 9_000 })).toBe('stop');
    },
  );

  it('is taken once after a call was sent, and freely before', () => {
    const busyGateway = error('provider/server-error');
    const second = { ...SENT, attempt: 2, sentAttempts: 2 };
    expect(decideOn(busyGateway, second)).toBe('stop');
    expect(decideOn(busyGateway, { ...SENT, attempt: 2, sentAttempts: 1 })).toBe('next');
    expect(decideOn(busyGateway, { attempt: 5, sentAttempts: 0 })).toBe('next');
    // What was switched to was never sent, so it used nothing up.
    expect(decideOn(busyGateway, { attempt: 2, sentAttempts: 1 })).toBe('next');
    // A repeat that was never sent gives nothing back of the two calls that were.
    expect(decideOn(busyGateway, { attempt: 3, sentAttempts: 2 })).toBe('stop');
    const repeat = { attempt: 3, sentAttempts: 2, tokenRefreshed: true };
    expect(decideOn(busyGateway, repeat)).toBe('stop');
    // Both are over for certain: that it is late as well is no reason to ask.
    expect(decideOn(busyGateway, { ...second, elapsedMs: 9_000 })).toBe('stop');
  });

  it('is taken as often as the option says', () => {
    const decide = (maxSwitches: number, sentAttempts: number) =>
      decideOn(
        error('provider/server-error'),
        { ...SENT, attempt: sentAttempts, sentAttempts },
        { maxSwitches },
      );
    expect([decide(0, 1), decide(2, 2), decide(2, 3)]).toEqual(['stop', 'next', 'stop']);
    expect(decideOn(error('provider/unreachable'), {}, { maxSwitches: 0 })).toBe('next');
  });

  it('is not used up by a fresh token on the same one', () => {
    const spent = { ...SENT, attempt: 2, sentAttempts: 2 };
    expect(decideOn(error('auth/token-expired'), spent)).toBe('refresh-token');
    const repeated = { ...spent, tokenRefreshed: true };
    expect(decideOn(error('provider/server-error'), repeated)).toBe('next');
    expect(
      decideOn(error('provider/server-error'), { ...repeated, attempt: 3, sentAttempts: 3 }),
    ).toBe('stop');
    // Whether a call was repeated or only a login can not be told: then it counts.
    expect(decideOn(error('provider/server-error'), { ...repeated, attempt: 3 })).toBe('stop');
  });

  it('is asked about a number only where the option says so, and never after ringing', () => {
    const number = error('call/invalid-number');
    const options = { crossCheckNumber: true };
    expect(decideOn(number, SENT, options)).toBe('next');
    expect(decideOn(number, { phase: 'progress', evidence: 'ended' }, options)).toBe('stop');
    expect(decideOn(number, { ...SENT, candidates: [] }, options)).toBe('stop');
    expect(decideOn(number, SENT, { crossCheckNumber: false })).toBe('stop');
  });
});

describe('after eight seconds', () => {
  const elapsedMs = 8_001;

  it.each(['infrastructure', 'capacity', 'auth', 'media', 'unknown'])(
    'a failure of kind %s dials nobody: it asks if a call had been sent, and ends if none was',
    (kind) => {
      expect(decideOn(ofKind(kind), { elapsedMs })).toBe('stop');
      expect(decideOn(ofKind(kind), { elapsedMs, attempt: 2, sentAttempts: 1 })).toBe('ask');
      expect(decideOn(ofKind(kind), { ...SENT, elapsedMs })).toBe('ask');
    },
  );

  it('begins later or earlier by option', () => {
    const timeout = error('provider/timeout');
    expect(decideOn(timeout, { ...SENT, elapsedMs: 8_000 })).toBe('next');
    expect(decideOn(timeout, { ...SENT, elapsedMs }, { withinMs: 9_000 })).toBe('next');
    expect(decideOn(timeout, { ...SENT, elapsedMs }, { withinMs: Infinity })).toBe('next');
    expect(decideOn(timeout, { ...SENT, elapsedMs: 51 }, { withinMs: 50 })).toBe('ask');
  });

  it.each(['number', 'callee', 'forbidden', 'client', 'user', 'developer'])(
    'a failure of kind %s is still only reported',
    (kind) => {
      expect(decideOn(ofKind(kind), { ...SENT, elapsedMs })).toBe('stop');
    },
  );
});

it.each([
  ['sent', 'never-sent'],
  ['acknowledged', 'never-sent'],
  ['unsent', 'ended'],
] as const)('a call that was %s and is %s makes no sense, so it asks', (phase, evidence) => {
  expect(decideOn(error('provider/server-error'), { phase, evidence, sentAttempts: 1 })).toBe(
    'ask',
  );
  expect(decideOn(error('auth/token-expired'), { phase, evidence, sentAttempts: 1 })).toBe('ask');
});

describe('options', () => {
  it.each([
    [{ maxSwitches: -1 }, 'maxSwitches'],
    [{ maxSwitches: Number.NaN }, 'maxSwitches'],
    [{ maxSwitches: '2' }, 'maxSwitches'],
    [{ withinMs: -1 }, 'withinMs'],
    [{ withinMs: Number.NaN }, 'withinMs'],
    [{ withinMs: null }, 'withinMs'],
    [{ crossCheckNumber: 'yes' }, 'crossCheckNumber'],
  ])('that can not work are refused: %j', (options, name) => {
    expect(() => createFailover(options as FailoverOptions)).toThrow(
      expect.objectContaining({
        code: 'config/invalid-option',
        message: expect.stringContaining(name),
      }),
    );
  });

  it('that are undefined are the defaults', () => {
    const options = { maxSwitches: undefined, withinMs: undefined, crossCheckNumber: undefined };
    const late = { ...SENT, elapsedMs: 8_001 };
    expect(decideOn(error('provider/timeout'), SENT, options)).toBe('next');
    expect(decideOn(error('provider/timeout'), late, options)).toBe('ask');
    expect(decideOn(error('call/invalid-number'), SENT, options)).toBe('stop');
  });
});

describe('whatever the context', () => {
  const contexts = fc
    .record({
      kind: fc.constantFrom(...KINDS.map(([kind]) => kind)),
      code: fc.constantFrom('provider/unexplained', 'auth/token-unavailable', 'call/busy'),
      phase: fc.constantFrom<LegPhase>(...PHASES),
      evidence: fc.constantFrom<LegEvidence>(...EVIDENCE),
      tokenRefreshed: fc.boolean(),
      attempt: fc.integer({ min: 1, max: 5 }),
      sentAttempts: fc.integer({ min: 0, max: 5 }),
      elapsedMs: fc.integer({ min: 0, max: 20_000 }),
      online: fc.boolean(),
      routes: fc.boolean(),
    })
    .map(({ kind, code, routes, ...rest }) =>
      contextOf(new DialerError(code as DialerError['code'], { kind: kind as FailureKind }), {
        ...rest,
        ...(!routes && { candidates: [] }),
      }),
    );
  const options = fc.record({
    maxSwitches: fc.integer({ min: 0, max: 3 }),
    withinMs: fc.integer({ min: 0, max: 20_000 }),
    crossCheckNumber: fc.boolean(),
  });
  const everywhere = (check: (context: FailoverContext, rules: FailoverOptions) => void) =>
    fc.assert(fc.property(contexts, options, check), { numRuns: 2_000 });

  it('decides within what is allowed, and the same for the same context', () => {
    everywhere((context, rules) => {
      const { action } = createFailover(rules)(context);
      expect(allowedActions(context.phase, context.evidence, context.tokenRefreshed)).toContain(
        action,
      );
      expect(context.allowed).toContain(action);
      expect(createFailover(rules)(context)).toEqual({ action });
    });
  });

  it('dials again only while nobody can be rung twice, in time, online, and for a fault of the route', () => {
    everywhere((context, rules) => {
      const { action } = createFailover(rules)(context);
      if (action !== 'next' && action !== 'refresh-token') return;
      const { phase, evidence, error: failure, online, elapsedMs, candidates } = context;
      expect(`${phase} ${evidence}`).toMatch(/^(unsent never-sent|(sent|acknowledged) ended)$/);
      expect(online && elapsedMs <= (rules.withinMs ?? 0)).toBe(true);
      expect(failure.kind).not.toMatch(/^(callee|forbidden|client|user|developer)$/);
      if (!rules.crossCheckNumber) expect(failure.kind).not.toBe('number');
      if (action === 'next') expect(candidates).not.toEqual([]);
      else expect([failure.kind, context.tokenRefreshed]).toEqual(['auth', false]);
    });
  });
});

it('names the row that decides', () => {
  expect(rowFor(contextOf(error('call/busy'), SENT)).id).toBe('callee');
  expect(rowFor(contextOf(error('provider/timeout'))).id).toBe('next');
});
