import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kindOfCode } from '../../../src/errors/codes.js';
import { meaningOfQ850 } from '../../../src/errors/q850.js';
import { errorFromSip } from '../../../src/errors/sip.js';

describe('errorFromSip', () => {
  it.each([
    [302, 'call/blocked', 'forbidden'],
    [400, 'provider/server-error', 'infrastructure'],
    [401, 'auth/token-rejected', 'auth'],
    [402, 'provider/over-limit', 'capacity'],
    [403, 'call/blocked', 'forbidden'],
    [404, 'call/invalid-number', 'number'],
    [407, 'auth/token-rejected', 'auth'],
    [408, 'provider/timeout', 'infrastructure'],
    [410, 'call/invalid-number', 'number'],
    [413, 'provider/misconfigured', 'developer'],
    [480, 'call/unavailable', 'callee'],
    [484, 'call/invalid-number', 'number'],
    [486, 'call/busy', 'callee'],
    [487, 'call/cancelled', 'user'],
    [488, 'media/negotiation-failed', 'media'],
    [500, 'provider/server-error', 'infrastructure'],
    [503, 'provider/server-error', 'infrastructure'],
    [504, 'provider/timeout', 'infrastructure'],
    [599, 'provider/server-error', 'infrastructure'],
    [600, 'call/busy', 'callee'],
    [603, 'call/rejected', 'callee'],
    [604, 'call/invalid-number', 'number'],
    [606, 'media/negotiation-failed', 'media'],
    [607, 'call/rejected', 'callee'],
    [699, 'call/rejected', 'callee'],
    [499, 'provider/unexplained', 'unknown'],
    [200, 'provider/unexplained', 'unknown'],
    [undefined, 'provider/unexplained', 'unknown'],
  ])('%s is %s (%s)', (sipCode, code, kind) => {
    expect(errorFromSip(sipCode)).toMatchObject({ code, kind, codes: { sipCode } });
  });

  it('calls a time-out after ringing "no answer"', () => {
    expect(errorFromSip(408, { ringing: true }).code).toBe('call/no-answer');
    expect(errorFromSip(undefined, { q850Cause: 18, ringing: true }).code).toBe('call/no-answer');
    expect(errorFromSip(undefined, { q850Cause: 18 }).code).toBe('provider/timeout');
  });

  it.each([
    [480, 19, 'call/no-answer', 'a vague 480 is refined'],
    [480, 17, 'call/busy', 'a vague 480 is refined'],
    [480, 42, 'call/unavailable', 'but never into a reason to dial again'],
    [480, 18, 'call/unavailable', 'but never into a reason to dial again'],
    [480, 50, 'call/unavailable', 'but never into a reason to dial again'],
    [404, 3, 'provider/server-error', 'no route is no wrong number'],
    [404, 1, 'call/invalid-number', 'both agree'],
    [403, 57, 'provider/misconfigured', 'a right of the account is missing'],
    [403, 21, 'call/blocked', 'a plain rejection adds nothing to 403'],
    [500, 17, 'call/busy', 'the telephone network knows better than the gateway'],
    [503, 16, 'provider/server-error', 'plain clearing adds nothing'],
    [486, 34, 'call/busy', 'an exact response decides'],
    [503, 999, 'provider/server-error', 'an unknown cause adds nothing'],
    [299, 17, 'call/busy', 'the one that is known decides'],
  ])('SIP %s with Q.850 %s is %s: %s', (sipCode, q850Cause, code) => {
    expect(errorFromSip(sipCode, { q850Cause }).code).toBe(code);
  });

  it('passes on what it is given, and lets a given kind win', () => {
    const options = { route: 'sip/eu', providerCode: 'D41', q850Cause: 21, retryAfterMs: 5 };
    const error = errorFromSip(403, { ...options, kind: 'capacity', detail: 'By D-code.' });
    expect(error).toMatchObject({
      kind: 'capacity',
      route: 'sip/eu',
      provider: 'sip',
      retryAfterMs: 5,
    });
    expect(error.codes).toEqual({ sipCode: 403, q850Cause: 21, providerCode: 'D41' });
    expect(error.message).toContain('By D-code.');
    expect(errorFromSip(403, { ...options, kind: undefined }).kind).toBe('forbidden');
  });

  it('never makes a callee, number or fraud answer of a final 4xx or 6xx a fault of the provider', () => {
    const final = fc.constantFrom(480, 484, 485, 410, 486, 600, 603, 604, 607, 608);
    fc.assert(
      fc.property(
        final,
        fc.integer({ min: 0, max: 200 }),
        fc.boolean(),
        (sipCode, q850Cause, ringing) => {
          expect(['callee', 'number']).toContain(
            errorFromSip(sipCode, { q850Cause, ringing }).kind,
          );
        },
      ),
    );
  });
});

describe('meaningOfQ850', () => {
  it.each([
    [1, 'call/invalid-number'],
    [3, 'provider/server-error'],
    [16, 'call/unavailable'],
    [17, 'call/busy'],
    [19, 'call/no-answer'],
    [20, 'call/unavailable'],
    [21, 'call/rejected'],
    [22, 'call/invalid-number'],
    [28, 'call/invalid-number'],
    [34, 'provider/server-error'],
    [38, 'provider/server-error'],
    [50, 'provider/misconfigured'],
    [52, 'call/blocked'],
    [88, 'media/negotiation-failed'],
    [102, 'provider/timeout'],
    [127, 'provider/server-error'],
  ] as const)('%s is %s', (cause, code) => {
    expect(meaningOfQ850(cause)).toEqual({ code, kind: kindOfCode(code) });
  });

  it.each([0, 7, 30, 31, 128, 487, -1])('%s explains nothing', (cause) => {
    expect(meaningOfQ850(cause)).toBeUndefined();
  });
});
