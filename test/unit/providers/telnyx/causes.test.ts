import { describe, expect, test } from 'vitest';
import { errorOfTelnyx, explainBye } from '../../../../src/providers/telnyx/causes.js';
import type { TelnyxFrameParams } from '../../../../src/providers/telnyx/vendor.js';
import { rang, sent, unsent } from '../../failover/contexts.js';
import { numberIn, specTable } from '../../failover/spec-table.js';

const EARLY = { route: 'telnyx', ringing: false, answered: false };
const RINGING = { ...EARLY, ringing: true };
const ANSWERED = { ...RINGING, answered: true };

const bye = (
  cause: string,
  causeCode?: number,
  sipCode?: number,
  sipReason?: string,
): TelnyxFrameParams => ({ cause, causeCode, sipCode, sipReason });

/** cause, its number, usual SIP responses → code, kind, before progress, after ringing. */
const CAUSES = specTable(
  ['cause', 'number', 'sip', 'code', 'kind', 'before', 'after'],
  `
  UNSPECIFIED                      0  -                               provider/unexplained     unknown        next          ask
  NONE                             0  -                               provider/unexplained     unknown        next          ask
  UNALLOCATED_NUMBER               1  -,404,604                       call/invalid-number      number         stop          stop
  NO_ROUTE_TRANSIT_NET             2  -,404                           provider/server-error    infrastructure next          ask
  NO_ROUTE_DESTINATION             3  -,404                           provider/server-error    infrastructure next          ask
  CHANNEL_UNACCEPTABLE             6  -,406,580                       provider/server-error    infrastructure next          ask
  # It may be ringing somewhere: not proven over, so nobody is dialled.
  CALL_AWARDED_DELIVERED           7  -                               provider/unexplained     unknown        ask           ask
  USER_BUSY                       17  -,486,600                       call/busy                callee         stop          stop
  NO_USER_RESPONSE                18  -,408                           provider/timeout         infrastructure next          stop
  NO_ANSWER                       19  -,408,480                       call/no-answer           callee         stop          stop
  SUBSCRIBER_ABSENT               20  -,480                           call/unavailable         callee         stop          stop
  CALL_REJECTED                   21  -,603,607,608                   call/rejected            callee         stop          stop
  CALL_REJECTED                   21  403                             provider/misconfigured   capacity       next          stop
  CALL_REJECTED                   21  401,407                         auth/token-rejected      auth           refresh-token stop
  NUMBER_CHANGED                  22  -,410                           call/invalid-number      number         stop          stop
  REDIRECTION_TO_NEW_DESTINATION  23  -,410                           call/invalid-number      number         stop          stop
  REDIRECTION_TO_NEW_DESTINATION  23  301                             call/blocked             forbidden      stop          stop
  EXCHANGE_ROUTING_ERROR          25  -,483                           provider/server-error    infrastructure next          ask
  ANSWERED_ELSEWHERE              26  -,200,404                       call/unavailable         callee         stop          stop
  DESTINATION_OUT_OF_ORDER        27  -,502                           provider/server-error    infrastructure next          ask
  INVALID_NUMBER_FORMAT           28  -,484                           call/invalid-number      number         stop          stop
  FACILITY_REJECTED               29  -,501                           provider/server-error    infrastructure next          ask
  RESPONSE_TO_STATUS_ENQUIRY      30  -                               provider/unexplained     unknown        next          ask
  NORMAL_UNSPECIFIED              31  -                               provider/unexplained     unknown        next          ask
  # The SIP response speaks first: 480 is about the callee.
  NORMAL_UNSPECIFIED              31  480                             call/unavailable         callee         stop          stop
  NORMAL_CIRCUIT_CONGESTION       34  -,503                           provider/server-error    infrastructure next          ask
  NETWORK_OUT_OF_ORDER            38  -,502,503                       provider/server-error    infrastructure next          ask
  NORMAL_TEMPORARY_FAILURE        41  -,409,500,503                   provider/server-error    infrastructure next          ask
  SWITCH_CONGESTION               42  -,503                           provider/server-error    infrastructure next          ask
  ACCESS_INFO_DISCARDED           43  -                               provider/server-error    infrastructure next          ask
  REQUESTED_CHAN_UNAVAIL          44  -,503                           provider/server-error    infrastructure next          ask
  PRE_EMPTED                      45  -,503                           provider/server-error    infrastructure next          ask
  RESOURCE_UNAVAILABLE            47  -,503                           provider/server-error    infrastructure next          ask
  FACILITY_NOT_SUBSCRIBED         50  -,403                           provider/misconfigured   capacity       next          stop
  OUTGOING_CALL_BARRED            52  -,403                           call/blocked             forbidden      stop          stop
  INCOMING_CALL_BARRED            54  -,403                           call/unavailable         callee         stop          stop
  BEARERCAPABILITY_NOTAUTH        57  -,403                           provider/misconfigured   capacity       next          stop
  BEARERCAPABILITY_NOTAVAIL       58  -,503                           provider/server-error    infrastructure next          ask
  SERVICE_UNAVAILABLE             63  -,503,510                       provider/server-error    infrastructure next          ask
  BEARERCAPABILITY_NOTIMPL        65  -,488                           media/negotiation-failed media          next          ask
  CHAN_NOT_IMPLEMENTED            66  -,501                           provider/server-error    infrastructure next          ask
  FACILITY_NOT_IMPLEMENTED        69  -,501                           provider/server-error    infrastructure next          ask
  SERVICE_NOT_IMPLEMENTED         79  -,501                           provider/server-error    infrastructure next          ask
  INVALID_CALL_REFERENCE          81  -                               provider/server-error    infrastructure next          ask
  USER_NOT_MEMBER_OF_CUG          87  -,403                           call/rejected            callee         stop          stop
  INCOMPATIBLE_DESTINATION        88  -,488,503,606                   media/negotiation-failed media          next          ask
  INVALID_MSG_UNSPECIFIED         95  -,500                           provider/server-error    infrastructure next          ask
  MANDATORY_IE_MISSING            96  -,500                           provider/server-error    infrastructure next          ask
  MESSAGE_TYPE_NONEXIST           97  -,500                           provider/server-error    infrastructure next          ask
  WRONG_MESSAGE                   98  -,500                           provider/server-error    infrastructure next          ask
  IE_NONEXIST                     99  -,500                           provider/server-error    infrastructure next          ask
  INVALID_IE_CONTENTS            100  -,500                           provider/server-error    infrastructure next          ask
  WRONG_CALL_STATE               101  -,500                           provider/server-error    infrastructure next          ask
  RECOVERY_ON_TIMER_EXPIRE       102  -,408                           provider/timeout         infrastructure next          stop
  MANDATORY_IE_LENGTH_ERROR      103  -,500                           provider/server-error    infrastructure next          ask
  PROTOCOL_ERROR                 111  -,500                           provider/server-error    infrastructure next          ask
  INTERWORKING                   127  -,500                           provider/server-error    infrastructure next          ask
  # We had not cancelled: nobody knows why it was.
  ORIGINATOR_CANCEL              487  -,487                           provider/unexplained     unknown        next          ask
  LOSE_RACE                      502  -,486                           call/unavailable         callee         stop          stop
  LOSE_RACE                      702  -                               call/unavailable         callee         stop          stop
  ALLOTTED_TIMEOUT               602  -                               call/no-answer           callee         stop          stop
  MEDIA_TIMEOUT                  604  -                               media/connection-failed  media          next          ask
  USER_NOT_REGISTERED            606  -,480                           call/unavailable         callee         stop          stop
  PROGRESS_TIMEOUT               607  -,408                           provider/timeout         infrastructure next          stop
  INVALID_GATEWAY                608  -,503                           provider/server-error    infrastructure next          ask
  GATEWAY_DOWN                   609  -,503                           provider/server-error    infrastructure next          ask
  # The gateway goes down and proves nothing.
  CRASH                          700  -                               provider/server-error    infrastructure ask           ask
  SYSTEM_SHUTDOWN                701  -                               provider/server-error    infrastructure ask           ask
  SOMETHING_NEW                  999  -                               provider/unexplained     unknown        next          ask
  # Plain clearing is the callee's doing, unless a 5xx tells of a fault.
  NORMAL_CLEARING                 16  -,200,400,401,402,408,480,488   call/unavailable         callee         stop          stop
  NORMAL_CLEARING                 16  486                             call/busy                callee         stop          stop
  NORMAL_CLEARING                 16  487                             call/cancelled           user           stop          stop
  NORMAL_CLEARING                 16  403                             call/blocked             forbidden      stop          stop
  NORMAL_CLEARING                 16  404                             call/invalid-number      number         stop          stop
  NORMAL_CLEARING                 16  500,502,503                     provider/server-error    infrastructure next          ask
`,
);

describe('a bye before the answer', () => {
  test.each(CAUSES)('$cause ($number) with SIP $sip is $code, $kind: $before, $after', (row) => {
    const { cause, code, kind } = row;
    const sipCode = numberIn(row.sip);
    const heard = bye(cause, Number(row.number), sipCode);
    const { error, final } = explainBye(heard, EARLY);
    expect(error).toMatchObject({ code, kind });
    expect(error?.codes).toMatchObject({ sipCode, providerCode: cause });
    expect(error && sent(error, final)).toBe(row.before);
    const later = explainBye(heard, RINGING);
    expect(later.error && rang(later.error, later.final)).toBe(row.after);
  });

  test.each(CAUSES.filter(({ number }) => Number(number) < 128))(
    '$cause ($number) is told by its name alone, with SIP $sip',
    ({ cause, number, sip, code, kind }) => {
      const { error } = explainBye(bye(cause, undefined, numberIn(sip)), EARLY);
      expect(error).toMatchObject({ code, kind });
      const namesNothing = /^(0|7|30)$/.test(number);
      expect(error?.codes.q850Cause).toBe(namesNothing ? undefined : Number(number));
    },
  );

  test('goes by the name where the number says something else', () => {
    expect(explainBye(bye('USER_BUSY', 41), EARLY).error?.code).toBe('call/busy');
  });

  test('goes by the number where the name is unknown', () => {
    expect(explainBye(bye('SOMETHING_NEW', 17), EARLY).error?.code).toBe('call/busy');
  });

  test('says nothing without a cause', () => {
    expect(explainBye({}, EARLY).error?.code).toBe('provider/unexplained');
  });

  test('too late to be sure that nobody was rung, a time-out asks', () => {
    for (const cause of ['NO_USER_RESPONSE', 'RECOVERY_ON_TIMER_EXPIRE', 'PROGRESS_TIMEOUT']) {
      const { error } = explainBye(bye(cause), { ...EARLY, ringing: false });
      // Early media without ringing: nobody is called again without a word.
      expect(error && rang(error)).toBe('ask');
    }
  });
});

/** Telnyx's own codes → code, kind, before progress. */
const REASONS = specTable(
  ['telnyxCode', 'cause', 'number', 'sip', 'code', 'kind', 'before'],
  `
  D5,D56                                 USER_BUSY            17 486  provider/over-limit     capacity       next
  D1,D2,D3,D7,D10,D13,D14,D15,D16,D17    CALL_REJECTED        21 403  provider/misconfigured  capacity       next
  D18,D19,D22,D24,D25,D26,D27,D28,D29,D38 CALL_REJECTED        21 403  provider/misconfigured  capacity       next
  D35,D36,D51,D52,D53,D54,D60,D61,D62,D63 CALL_REJECTED        21 403  provider/misconfigured  capacity       next
  D64,D65                                CALL_REJECTED        21 403  provider/misconfigured  capacity       next
  D9,D11,D12,D41,TM1                     CALL_REJECTED        21 403  call/blocked            forbidden      stop
  D40,PE1,PE2,PE3,PE4,PE5,PE6            UNALLOCATED_NUMBER    1 404  provider/server-error   infrastructure next
  # Balance and channels; what is barred without such a code is the destination.
  D13,D17                                OUTGOING_CALL_BARRED 52 403  provider/misconfigured  capacity       next
  D9,TM1                                 OUTGOING_CALL_BARRED 52 403  call/blocked            forbidden      stop
  # Not on Telnyx's list as we know it.
  D4,D8,D20,D99,PE7                      CALL_REJECTED        21 403  provider/unexplained    unknown        next
  D99                                    OUTGOING_CALL_BARRED 52 403  call/blocked            forbidden      stop
  D1                                     USER_BUSY            17 486  call/busy               callee         stop
`,
);

describe("a bye with one of Telnyx's own codes", () => {
  test.each(REASONS)('$telnyxCode beside $cause, SIP $sip, is $code, $kind: $before', (row) => {
    const { telnyxCode, cause, code, kind } = row;
    const sipCode = Number(row.sip);
    for (const reason of [telnyxCode, `Forbidden (${telnyxCode})`, `${telnyxCode}: see below`]) {
      const { error, final } = explainBye(bye(cause, Number(row.number), sipCode, reason), EARLY);
      expect(error).toMatchObject({ code, kind });
      expect(error?.codes).toMatchObject({ sipCode, providerCode: telnyxCode });
      expect(error && sent(error, final)).toBe(row.before);
      expect(error && rang(error, final)).not.toBe('next');
    }
  });

  test.each(['Busy Here', 'AD5X', '', 'Denied'])('"%s" holds none', (sipReason) => {
    const { error } = explainBye(bye('USER_BUSY', 17, 486, sipReason), EARLY);
    expect(error).toMatchObject({ code: 'call/busy', codes: { providerCode: 'USER_BUSY' } });
  });
});

describe('a bye later in the call', () => {
  test.each([
    ['NORMAL_CLEARING', 16, undefined, 'call/no-answer'],
    ['NORMAL_CLEARING', 16, 408, 'call/no-answer'],
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
    ['NORMAL_CLEARING', 16, 408],
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

/** Errors of the SDK → code, kind, before anything was sent, proven over before and after progress. */
const ERRORS = specTable(
  ['vendorCode', 'code', 'kind', 'first', 'over', 'later'],
  `
  40001   media/negotiation-failed  client         stop          stop          stop
  40002   media/negotiation-failed  client         stop          stop          stop
  40003   media/negotiation-failed  client         stop          stop          stop
  40004   media/negotiation-failed  media          next          next          ask
  40005   provider/server-error     infrastructure next          next          ask
  42001   media/permission-denied   client         stop          stop          stop
  42002   media/device-not-found    client         stop          stop          stop
  42003   media/device-in-use       client         stop          stop          stop
  # They are only reported: the leg does not end of them.
  44001   provider/unexplained      unknown        next          next          ask
  44003   provider/unexplained      unknown        next          next          ask
  44002   config/invalid-option     developer      stop          stop          stop
  44005   call/cancelled            user           stop          stop          stop
  45001   provider/unreachable      infrastructure next          next          ask
  45002   provider/unreachable      infrastructure next          next          ask
  45003   network/reconnect-failed  infrastructure next          next          ask
  45004   provider/server-error     infrastructure next          next          ask
  46001   auth/token-rejected       auth           refresh-token refresh-token stop
  46002   auth/token-rejected       auth           refresh-token refresh-token stop
  46003   auth/token-rejected       auth           refresh-token refresh-token stop
  -32000  auth/token-rejected       auth           refresh-token refresh-token stop
  -32001  auth/token-rejected       auth           refresh-token refresh-token stop
  -32002  provider/unexplained      unknown        next          next          ask
  -32003  provider/timeout          infrastructure next          next          ask
  -32004  provider/server-error     infrastructure next          next          ask
  47001   media/connection-failed   media          next          next          ask
  48001   network/offline           client         stop          stop          stop
  48501   network/reconnect-failed  infrastructure next          next          ask
  49001   provider/unexplained      unknown        next          next          ask
  99999   provider/unexplained      unknown        next          next          ask
  -       provider/unexplained      unknown        next          next          ask
`,
);

test.each(ERRORS)(
  "the vendor's error $vendorCode is $code, $kind: $first, $over, $later",
  (row) => {
    const { code, kind, first, over, later } = row;
    const telnyxCode = numberIn(row.vendorCode);
    const error = errorOfTelnyx(telnyxCode, 'telnyx/eu');
    expect(error).toMatchObject({ code, kind, route: 'telnyx/eu', provider: 'telnyx' });
    expect(error.codes.providerCode).toBe(telnyxCode?.toString());
    expect([unsent(error), sent(error), rang(error)]).toEqual([first, over, later]);
    expect(sent(error, false)).toBe('ask');
  },
);
