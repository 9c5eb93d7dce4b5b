import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { meaningOfQ850 } from '../../../src/errors/q850.js';
import { errorFromSip } from '../../../src/errors/sip.js';
import { rang, sent } from '../failover/contexts.js';
import { numberIn, specTable } from '../failover/spec-table.js';

/** final response → code, kind, before and after 18x. */
const RESPONSES = specTable(
  ['sip', 'code', 'kind', 'before', 'after'],
  `
  300,301,302,305,380,399              call/blocked              forbidden      stop          stop
  400,405,406,415,416,420,421,423,430  provider/server-error     infrastructure next          ask
  481,482,483,489,491,494              provider/server-error     infrastructure next          ask
  500,501,502,503,505,513,580,599      provider/server-error     infrastructure next          ask
  401,407                              auth/token-rejected       auth           refresh-token stop
  402                                  provider/over-limit       capacity       next          stop
  403                                  call/blocked              forbidden      stop          stop
  404,410,484,485,604                  call/invalid-number       number         stop          stop
  # After ringing it is nobody who answers.
  408                                  provider/timeout          infrastructure next          stop
  504                                  provider/timeout          infrastructure next          ask
  # What we sent is too long, or not readable: another carrier would not take it either.
  413,414,493                          provider/misconfigured    developer      stop          stop
  480                                  call/unavailable          callee         stop          stop
  486,600                              call/busy                 callee         stop          stop
  487                                  call/cancelled            user           stop          stop
  488,606                              media/negotiation-failed  media          next          ask
  603,607,608                          call/rejected             callee         stop          stop
  # A 6xx ends the search, whatever it means.
  601,699                              call/rejected             callee         stop          stop
  422,433,499,200,299,700,-            provider/unexplained      unknown        next          ask
`,
);

/** ITU-T Q.850, RFC 3398 → code, kind, before and after progress. */
const CAUSES = specTable(
  ['cause', 'code', 'kind', 'before', 'after'],
  `
  1,22,23,28        call/invalid-number       number         stop stop
  17                call/busy                 callee         stop stop
  19                call/no-answer            callee         stop stop
  16,20,26,54       call/unavailable          callee         stop stop
  21,87             call/rejected             callee         stop stop
  52                call/blocked              forbidden      stop stop
  50,57             provider/misconfigured    capacity       next stop
  65,88             media/negotiation-failed  media          next ask
  18,102            provider/timeout          infrastructure next stop
  2,3,6,25,27,29    provider/server-error     infrastructure next ask
  34,38,41,42,43    provider/server-error     infrastructure next ask
  44,45,47,58,63    provider/server-error     infrastructure next ask
  66,69,79,81       provider/server-error     infrastructure next ask
  95,96,97,98,99    provider/server-error     infrastructure next ask
  100,101,103       provider/server-error     infrastructure next ask
  111,127           provider/server-error     infrastructure next ask
  0,7,30,31,128     provider/unexplained      unknown        next ask
  487,-1            provider/unexplained      unknown        next ask
`,
);

describe('errorFromSip', () => {
  it.each(RESPONSES)('$sip is $code, $kind: $before, $after', ({ sip, code, kind, ...row }) => {
    const sipCode = numberIn(sip);
    const error = errorFromSip(sipCode);
    expect(error).toMatchObject({ code, kind, codes: { sipCode } });
    expect(sent(error)).toBe(row.before);
    expect(rang(errorFromSip(sipCode, { ringing: true }))).toBe(row.after);
  });

  it.each(CAUSES)('Q.850 $cause is $code, $kind: $before, $after', (row) => {
    const { code, kind } = row;
    const q850Cause = Number(row.cause);
    const error = errorFromSip(undefined, { q850Cause });
    expect(error).toMatchObject({ code, kind, codes: { q850Cause } });
    expect(sent(error)).toBe(row.before);
    expect(rang(errorFromSip(undefined, { q850Cause, ringing: true }))).toBe(row.after);
    const known = code === 'provider/unexplained' ? undefined : { code, kind };
    expect(meaningOfQ850(q850Cause)).toEqual(known);
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
    [408, 19, 'call/no-answer', 'the callee did not take it'],
    [408, 20, 'call/unavailable', 'the callee is not there'],
    [408, 42, 'provider/timeout', 'a congested network adds nothing'],
    [404, 3, 'provider/server-error', 'no route is no wrong number'],
    [404, 1, 'call/invalid-number', 'both agree'],
    [403, 57, 'provider/misconfigured', 'a right of the account is missing'],
    [403, 16, 'call/blocked', 'plain clearing adds nothing'],
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
