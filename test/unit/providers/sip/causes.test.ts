import { describe, expect, test } from 'vitest';
import {
  explainBye,
  explainRegistration,
  explainResponse,
} from '../../../../src/providers/sip/causes.js';
import { rang, sent } from '../../failover/contexts.js';
import { specTable } from '../../failover/spec-table.js';
import { message } from './fake-message.js';

const EARLY = { route: 'sip', ringing: false };
const RINGING = { route: 'sip', ringing: true };

/** Final responses → code, kind, what the policy does before any progress and after the telephone rang. */
const RESPONSES = specTable(
  ['status', 'code', 'kind', 'before', 'after'],
  `
  # A redirection from the network is never followed.
  300,301,302,305,380                              call/blocked             forbidden      stop          stop
  400,405,406,415,416,420,421,423,482,483,489,494  provider/server-error    infrastructure next          ask
  401,407                                          auth/token-rejected      auth           refresh-token stop
  402                                              provider/over-limit      capacity       next          stop
  403                                              call/blocked             forbidden      stop          stop
  404,410,484,485,604                              call/invalid-number      number         stop          stop
  408                                              provider/timeout         infrastructure next          -
  504                                              provider/timeout         infrastructure next          ask
  413,414,493                                      provider/misconfigured   developer      stop          stop
  430,500,501,502,503,505,513,580                  provider/server-error    infrastructure next          ask
  480                                              call/unavailable         callee         stop          stop
  486,600                                          call/busy                callee         stop          stop
  488,606                                          media/negotiation-failed media          next          ask
  603,607,608                                      call/rejected            callee         stop          stop
`,
);

test.each(RESPONSES)('$status is $code: $before, after ringing $after', (row) => {
  const response = message(Number(row.status));
  const error = explainResponse(response, EARLY);
  expect([error.code, error.kind, sent(error)]).toEqual([row.code, row.kind, row.before]);
  expect(error.codes).toMatchObject({ sipCode: Number(row.status), providerCode: row.status });
  expect(error.route).toBe('sip');
  if (row.after !== '-') expect(rang(explainResponse(response, RINGING))).toBe(row.after);
});

test('a time-out after ringing is nobody’s fault: no answer', () => {
  const error = explainResponse(message(408), RINGING);
  expect([error.code, rang(error)]).toEqual(['call/no-answer', 'stop']);
});

test('nothing is dialled again without proof, whatever the response would allow', () => {
  for (const { status } of RESPONSES) {
    expect(sent(explainResponse(message(Number(status)), EARLY), false)).not.toBe('next');
  }
});

describe('the Reason header', () => {
  test('says more where the response is vague', () => {
    const response = message(503, { Reason: 'Q.850;cause=17;text="User busy"' });
    expect(explainResponse(response, EARLY)).toMatchObject({
      code: 'call/busy',
      codes: { sipCode: 503, q850Cause: 17 },
    });
  });

  test.each([
    [['SIP;cause=200;text="elsewhere"', 'Q.850 ; cause = 34'], 34],
    [['q.850;text="cause=5";cause=38'], 38],
    [['preemption;cause=1'], undefined],
    [['Q.850;cause=none'], undefined],
  ])('is read: %j', (headers, q850Cause) => {
    const { codes } = explainResponse(message(500, { Reason: headers }), EARLY);
    expect(codes.q850Cause).toBe(q850Cause);
  });

  test.each([
    ['Q.850;cause=16;text="Normal call clearing"', undefined],
    ['Q.850;cause=31', undefined],
    ['Q.850;cause=41', 'provider/server-error'],
    ['SIP;cause=503;text="Gateway down"', 'provider/server-error'],
    ['SIP;cause=488', 'media/negotiation-failed'],
  ])('of a BYE: %s', (reason, code) => {
    expect(explainBye(message(undefined, { Reason: reason }), RINGING)?.code).toBe(code);
  });

  test('a BYE without one is an ordinary end', () => {
    expect(explainBye(message(undefined), RINGING)).toBeUndefined();
  });
});

test.each([
  ['30', 30_000],
  ['30;duration=3600', 30_000],
  ['0', 0],
  ['soon', undefined],
  ['-5', undefined],
])('Retry-After: %s', (header, retryAfterMs) => {
  const headers = { 'Retry-After': header };
  expect(explainResponse(message(503, headers), EARLY).retryAfterMs).toBe(retryAfterMs);
  expect(explainRegistration(message(503, headers), 'sip').retryAfterMs).toBe(retryAfterMs);
});

test.each([
  [401, 'auth/token-rejected'],
  [403, 'auth/token-rejected'],
  [404, 'auth/token-rejected'],
  [407, 'auth/token-rejected'],
  [423, 'provider/server-error'],
  [500, 'provider/server-error'],
  [503, 'provider/server-error'],
])('a registration refused with %i is %s', (status, code) => {
  const error = explainRegistration(message(status), 'sip/edge');
  expect(error).toMatchObject({ code, route: 'sip/edge', codes: { sipCode: status } });
});

test('a registration without an answer is a time-out', () => {
  expect(explainRegistration(null, 'sip').code).toBe('provider/timeout');
});
