import { describe, expect, test } from 'vitest';
import type { DialerErrorCode } from '../../../../src/errors/codes.js';
import { errorOfTelnyx, explainBye } from '../../../../src/providers/telnyx/causes.js';
import type { TelnyxFrameParams } from '../../../../src/providers/telnyx/vendor.js';

const EARLY = { route: 'telnyx', ringing: false, answered: false };
const RINGING = { ...EARLY, ringing: true };
const ANSWERED = { ...RINGING, answered: true };

type Row = [
  cause: string,
  causeCode: number,
  sipCode: number | undefined,
  code: DialerErrorCode,
  kind?: string | undefined,
];

const bye = (
  cause: string,
  causeCode: number,
  sipCode?: number,
  sipReason?: string,
): TelnyxFrameParams => ({ cause, causeCode, sipCode, sipReason });

describe('a bye before anything rang', () => {
  const rows: Row[] = [
    ['UNALLOCATED_NUMBER', 1, 404, 'call/invalid-number'],
    ['UNALLOCATED_NUMBER', 1, 604, 'call/invalid-number'],
    ['NO_ROUTE_TRANSIT_NET', 2, 404, 'provider/server-error'],
    ['NO_ROUTE_DESTINATION', 3, 404, 'provider/server-error'],
    ['CHANNEL_UNACCEPTABLE', 6, 580, 'provider/server-error'],
    ['NORMAL_CLEARING', 16, undefined, 'call/unavailable'],
    ['NORMAL_CLEARING', 16, 503, 'provider/server-error', 'infrastructure'],
    ['USER_BUSY', 17, 486, 'call/busy', 'callee'],
    ['USER_BUSY', 17, 600, 'call/busy'],
    ['USER_BUSY', 17, undefined, 'call/busy'],
    ['NO_USER_RESPONSE', 18, 408, 'provider/timeout', 'infrastructure'],
    ['NO_ANSWER', 19, undefined, 'call/no-answer'],
    ['SUBSCRIBER_ABSENT', 20, 480, 'call/unavailable'],
    ['CALL_REJECTED', 21, 603, 'call/rejected', 'callee'],
    ['CALL_REJECTED', 21, undefined, 'call/rejected'],
    ['CALL_REJECTED', 21, 403, 'provider/misconfigured', 'capacity'],
    ['CALL_REJECTED', 21, 407, 'auth/token-rejected', 'auth'],
    ['NUMBER_CHANGED', 22, 410, 'call/invalid-number', 'number'],
    ['REDIRECTION_TO_NEW_DESTINATION', 23, 301, 'call/blocked'],
    ['EXCHANGE_ROUTING_ERROR', 25, 483, 'provider/server-error'],
    ['DESTINATION_OUT_OF_ORDER', 27, 502, 'provider/server-error'],
    ['INVALID_NUMBER_FORMAT', 28, 484, 'call/invalid-number'],
    ['FACILITY_REJECTED', 29, 501, 'provider/server-error'],
    ['NORMAL_CIRCUIT_CONGESTION', 34, 503, 'provider/server-error'],
    ['NORMAL_TEMPORARY_FAILURE', 41, 503, 'provider/server-error'],
    ['FACILITY_NOT_SUBSCRIBED', 50, 403, 'provider/misconfigured', 'capacity'],
    ['OUTGOING_CALL_BARRED', 52, 403, 'call/blocked', 'forbidden'],
    ['INCOMING_CALL_BARRED', 54, 403, 'call/unavailable', 'callee'],
    ['BEARERCAPABILITY_NOTIMPL', 65, 488, 'media/negotiation-failed', 'media'],
    ['INCOMPATIBLE_DESTINATION', 88, 488, 'media/negotiation-failed'],
    ['RECOVERY_ON_TIMER_EXPIRE', 102, 504, 'provider/timeout'],
    ['INTERWORKING', 127, 500, 'provider/server-error'],
    ['LOSE_RACE', 502, undefined, 'call/unavailable'],
    ['LOSE_RACE', 702, undefined, 'call/unavailable'],
    ['ALLOTTED_TIMEOUT', 602, undefined, 'call/no-answer'],
    ['MEDIA_TIMEOUT', 604, undefined, 'media/connection-failed'],
    ['USER_NOT_REGISTERED', 606, 480, 'call/unavailable'],
    ['PROGRESS_TIMEOUT', 607, undefined, 'provider/timeout'],
    ['GATEWAY_DOWN', 609, undefined, 'provider/server-error'],
    ['ORIGINATOR_CANCEL', 487, undefined, 'provider/unexplained', 'unknown'],
    ['SOMETHING_NEW', 999, undefined, 'provider/unexplained', 'unknown'],
  ];

  test.each<Row>(rows)('%s (%i) with SIP %s is %s', (...row) => {
    const [cause, causeCode, sipCode, code, kind] = row;
    const { error, final } = explainBye(bye(cause, causeCode, sipCode), EARLY);
    expect(error?.code).toBe(code);
    if (kind) expect(error?.kind).toBe(kind);
    expect(error?.codes).toMatchObject({ sipCode, providerCode: cause });
    expect(final).toBe(true);
  });

  test('goes by the name where there is no number', () => {
    const { error } = explainBye({ cause: 'UNALLOCATED_NUMBER' }, EARLY);
    expect(error?.code).toBe('call/invalid-number');
    expect(error?.codes.q850Cause).toBe(1);
  });

  test('goes by the name where the number says something else', () => {
    expect(explainBye(bye('USER_BUSY', 41), EARLY).error?.code).toBe('call/busy');
  });

  test('goes by the number where the name is unknown', () => {
    expect(explainBye(bye('SOMETHING_NEW', 17), EARLY).error?.code).toBe('call/busy');
  });

  test('says nothing without a cause', () => {
    expect(explainBye({}, EARLY).error?.code).toBe('provider/unexplained');
  });

  test.each(['CRASH', 'SYSTEM_SHUTDOWN'])('%s proves nothing', (cause) => {
    expect(explainBye(bye(cause, 700), EARLY)).toMatchObject({
      final: false,
      error: { code: 'provider/server-error' },
    });
  });
});

describe("a bye with one of Telnyx's own codes", () => {
  test.each([
    ['USER_BUSY', 17, 486, 'D5', 'provider/over-limit', 'capacity'],
    ['USER_BUSY', 17, 486, 'Channel limit reached D56', 'provider/over-limit', 'capacity'],
    ['CALL_REJECTED', 21, 403, 'D1', 'provider/misconfigured', 'capacity'],
    ['CALL_REJECTED', 21, 403, 'Invalid caller ID D35', 'provider/misconfigured', 'capacity'],
    ['OUTGOING_CALL_BARRED', 52, 403, 'D17', 'provider/misconfigured', 'capacity'],
    ['CALL_REJECTED', 21, 403, 'D9', 'call/blocked', 'forbidden'],
    ['CALL_REJECTED', 21, 403, 'Forbidden (D41)', 'call/blocked', 'forbidden'],
    ['CALL_REJECTED', 21, 403, 'TM1', 'call/blocked', 'forbidden'],
    ['USER_BUSY', 17, 486, 'Busy Here', 'call/busy', 'callee'],
    ['USER_BUSY', 17, 486, 'AD5X', 'call/busy', 'callee'],
  ] as const)('%s (%i), SIP %i, %s: %s', (cause, causeCode, sipCode, sipReason, code, kind) => {
    const { error } = explainBye(bye(cause, causeCode, sipCode, sipReason), EARLY);
    expect(error).toMatchObject({ code, kind });
    expect(error?.codes.sipCode).toBe(sipCode);
  });
});

describe('a bye later in the call', () => {
  test.each([
    ['NORMAL_CLEARING', 16, undefined, 'call/no-answer'],
    ['NO_USER_RESPONSE', 18, 408, 'call/no-answer'],
    ['RECOVERY_ON_TIMER_EXPIRE', 102, undefined, 'call/no-answer'],
    ['PROGRESS_TIMEOUT', 607, undefined, 'call/no-answer'],
    ['CALL_REJECTED', 21, 603, 'call/rejected'],
  ] as const)('%s (%i) after ringing is %s', (cause, causeCode, sipCode, code) => {
    expect(explainBye(bye(cause, causeCode, sipCode), RINGING).error?.code).toBe(code);
  });

  test.each([
    ['NORMAL_CLEARING', 16, 200],
    ['NORMAL_CLEARING', 16, undefined],
    ['ALLOTTED_TIMEOUT', 602, undefined],
    ['USER_BUSY', 17, undefined],
  ])('%s (%i) after the answer is an ordinary end', (cause, causeCode, sipCode) => {
    expect(explainBye(bye(cause, causeCode, sipCode), ANSWERED)).toEqual({
      final: true,
      error: undefined,
    });
  });

  test.each([
    ['MEDIA_TIMEOUT', 604, 'media/connection-failed'],
    ['NETWORK_OUT_OF_ORDER', 38, 'provider/server-error'],
  ])('%s (%i) after the answer is a failure', (cause, causeCode, code) => {
    expect(explainBye(bye(cause, causeCode), ANSWERED).error?.code).toBe(code);
  });
});

test.each([
  [40001, 'media/negotiation-failed', 'client'],
  [40004, 'media/negotiation-failed', 'media'],
  [40005, 'provider/server-error', 'infrastructure'],
  [42001, 'media/permission-denied', 'client'],
  [42002, 'media/device-not-found', 'client'],
  [44002, 'config/invalid-option', 'developer'],
  [45002, 'provider/unreachable', 'infrastructure'],
  [45003, 'network/reconnect-failed', 'infrastructure'],
  [46001, 'auth/token-rejected', 'auth'],
  [48001, 'network/offline', 'client'],
  [48501, 'network/reconnect-failed', 'infrastructure'],
  [99999, 'provider/unexplained', 'unknown'],
  [undefined, 'provider/unexplained', 'unknown'],
] as const)("the vendor's error %s is %s", (telnyxCode, code, kind) => {
  const error = errorOfTelnyx(telnyxCode, 'telnyx/eu');
  expect(error).toMatchObject({ code, kind, route: 'telnyx/eu', provider: 'telnyx' });
  expect(error.codes.providerCode).toBe(telnyxCode?.toString());
});
