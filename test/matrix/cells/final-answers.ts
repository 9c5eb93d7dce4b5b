import type { HangupCause } from 'everdial';
import type { TelnyxEnd } from '../../lab/telnyx/telnyx-settings.js';
import type { Cell, Expected } from '../cell.js';
import { ended, TALK_AFTER_PROOF, withTelnyx, withTwilio } from '../outcomes.js';

/**
 * What a final answer before any progress leads to: the next carrier (alone it ends with this cause), or the end with this
 * cause, or the question to the person.
 */
type Verdict = readonly ['next' | 'stop' | 'ask', HangupCause];

const REFUSED = { rings: false, postDialDelayMs: 20, refuse: 503 } as const;

function outcomeOf([verdict, cause]: Verdict): readonly [pair: Expected, alone: Expected] {
  const alone = ended(cause, verdict === 'ask' ? { redialAdvice: 'ask' } : {});
  return verdict === 'next' ? [TALK_AFTER_PROOF, alone] : [alone, alone];
}

/** cause, SIP response (`null`: none), reason → before progress. */
const TELNYX: readonly (readonly [TelnyxEnd, Verdict])[] = [
  [{ cause: 'UNSPECIFIED', causeCode: 0, sipCode: null }, ['next', 'provider-failed']],
  [{ cause: 'UNALLOCATED_NUMBER', causeCode: 1, sipCode: 404 }, ['stop', 'invalid-number']],
  [{ cause: 'NO_ROUTE_TRANSIT_NET', causeCode: 2, sipCode: null }, ['next', 'provider-failed']],
  [{ cause: 'NO_ROUTE_DESTINATION', causeCode: 3, sipCode: null }, ['next', 'provider-failed']],
  [{ cause: 'CHANNEL_UNACCEPTABLE', causeCode: 6, sipCode: null }, ['next', 'provider-failed']],
  [{ cause: 'USER_BUSY', causeCode: 17, sipCode: 486 }, ['stop', 'busy']],
  [{ cause: 'USER_BUSY', causeCode: 17, sipCode: 486, sipReason: 'D5' }, ['next', 'quota']],
  [{ cause: 'USER_BUSY', causeCode: 17, sipCode: 486, sipReason: 'D56' }, ['next', 'quota']],
  [{ cause: 'NO_USER_RESPONSE', causeCode: 18, sipCode: 408 }, ['next', 'timeout']],
  [{ cause: 'NO_ANSWER', causeCode: 19, sipCode: 480 }, ['stop', 'no-answer']],
  [{ cause: 'SUBSCRIBER_ABSENT', causeCode: 20, sipCode: 480 }, ['stop', 'unavailable']],
  [{ cause: 'CALL_REJECTED', causeCode: 21, sipCode: 603 }, ['stop', 'rejected']],
  [{ cause: 'CALL_REJECTED', causeCode: 21, sipCode: 607 }, ['stop', 'rejected']],
  [{ cause: 'CALL_REJECTED', causeCode: 21, sipCode: 403 }, ['next', 'provider-failed']],
  [
    { cause: 'CALL_REJECTED', causeCode: 21, sipCode: 403, sipReason: 'D1' },
    ['next', 'provider-failed'],
  ],
  [
    { cause: 'CALL_REJECTED', causeCode: 21, sipCode: 403, sipReason: 'D35' },
    ['next', 'provider-failed'],
  ],
  [{ cause: 'CALL_REJECTED', causeCode: 21, sipCode: 403, sipReason: 'D9' }, ['stop', 'blocked']],
  [{ cause: 'CALL_REJECTED', causeCode: 21, sipCode: 403, sipReason: 'TM1' }, ['stop', 'blocked']],
  [{ cause: 'NUMBER_CHANGED', causeCode: 22, sipCode: 410 }, ['stop', 'invalid-number']],
  [{ cause: 'EXCHANGE_ROUTING_ERROR', causeCode: 25, sipCode: 483 }, ['next', 'provider-failed']],
  [{ cause: 'DESTINATION_OUT_OF_ORDER', causeCode: 27, sipCode: 502 }, ['next', 'provider-failed']],
  [{ cause: 'INVALID_NUMBER_FORMAT', causeCode: 28, sipCode: 484 }, ['stop', 'invalid-number']],
  [{ cause: 'FACILITY_REJECTED', causeCode: 29, sipCode: 501 }, ['next', 'provider-failed']],
  [{ cause: 'NORMAL_UNSPECIFIED', causeCode: 31, sipCode: null }, ['next', 'provider-failed']],
  [
    { cause: 'NORMAL_CIRCUIT_CONGESTION', causeCode: 34, sipCode: 503 },
    ['next', 'provider-failed'],
  ],
  [{ cause: 'NETWORK_OUT_OF_ORDER', causeCode: 38, sipCode: 503 }, ['next', 'provider-failed']],
  [{ cause: 'NORMAL_TEMPORARY_FAILURE', causeCode: 41, sipCode: 503 }, ['next', 'provider-failed']],
  [{ cause: 'SWITCH_CONGESTION', causeCode: 42, sipCode: 503 }, ['next', 'provider-failed']],
  [{ cause: 'RESOURCE_UNAVAILABLE', causeCode: 47, sipCode: 503 }, ['next', 'provider-failed']],
  [{ cause: 'FACILITY_NOT_SUBSCRIBED', causeCode: 50, sipCode: null }, ['next', 'provider-failed']],
  [{ cause: 'INCOMING_CALL_BARRED', causeCode: 54, sipCode: null }, ['stop', 'unavailable']],
  [
    { cause: 'BEARERCAPABILITY_NOTAVAIL', causeCode: 58, sipCode: 503 },
    ['next', 'provider-failed'],
  ],
  [{ cause: 'SERVICE_UNAVAILABLE', causeCode: 63, sipCode: 503 }, ['next', 'provider-failed']],
  [{ cause: 'BEARERCAPABILITY_NOTIMPL', causeCode: 65, sipCode: 488 }, ['next', 'media-failed']],
  [{ cause: 'SERVICE_NOT_IMPLEMENTED', causeCode: 79, sipCode: 501 }, ['next', 'provider-failed']],
  [{ cause: 'USER_NOT_MEMBER_OF_CUG', causeCode: 87, sipCode: null }, ['stop', 'rejected']],
  [{ cause: 'INCOMPATIBLE_DESTINATION', causeCode: 88, sipCode: 488 }, ['next', 'media-failed']],
  [{ cause: 'WRONG_CALL_STATE', causeCode: 101, sipCode: 500 }, ['next', 'provider-failed']],
  [{ cause: 'RECOVERY_ON_TIMER_EXPIRE', causeCode: 102, sipCode: 504 }, ['next', 'timeout']],
  [{ cause: 'PROTOCOL_ERROR', causeCode: 111, sipCode: 500 }, ['next', 'provider-failed']],
  [{ cause: 'INTERWORKING', causeCode: 127, sipCode: 500 }, ['next', 'provider-failed']],
  [{ cause: 'LOSE_RACE', causeCode: 502, sipCode: 486 }, ['stop', 'unavailable']],
  [{ cause: 'PROGRESS_TIMEOUT', causeCode: 607, sipCode: 408 }, ['next', 'timeout']],
  [{ cause: 'GATEWAY_DOWN', causeCode: 609, sipCode: 503 }, ['next', 'provider-failed']],
  [{ cause: 'SYSTEM_SHUTDOWN', causeCode: 701, sipCode: null }, ['ask', 'unknown-outcome']],
];

/** Twilio's code → before `ringing`. */
const TWILIO: readonly (readonly [code: number, Verdict])[] = [
  [31000, ['next', 'provider-failed']],
  [31001, ['next', 'provider-failed']],
  [31002, ['next', 'provider-failed']],
  [31100, ['next', 'provider-failed']],
  [31206, ['next', 'quota']],
  [31400, ['next', 'provider-failed']],
  [31403, ['stop', 'blocked']],
  [31404, ['next', 'invalid-number']],
  [31408, ['next', 'timeout']],
  [31480, ['stop', 'unavailable']],
  [31484, ['stop', 'invalid-number']],
  [31486, ['stop', 'busy']],
  [31500, ['next', 'provider-failed']],
  [31502, ['next', 'provider-failed']],
  [31503, ['next', 'provider-failed']],
  [31504, ['next', 'timeout']],
  [31600, ['stop', 'busy']],
  [31603, ['stop', 'rejected']],
  [31604, ['stop', 'invalid-number']],
  [31606, ['next', 'media-failed']],
  [53000, ['next', 'provider-failed']],
  [13214, ['next', 'provider-failed']],
  [13223, ['stop', 'invalid-number']],
  [13224, ['stop', 'invalid-number']],
  [13225, ['stop', 'blocked']],
  [13227, ['stop', 'blocked']],
  [32205, ['stop', 'blocked']],
  [11200, ['next', 'provider-failed']],
  [12100, ['next', 'provider-failed']],
];

const SHORT_TELNYX = /^(USER_BUSY 486|NORMAL_TEMPORARY_FAILURE 503|CALL_REJECTED 403 D9)$/;
const SHORT_TWILIO: readonly number[] = [31486, 31503, 13225];

/** F08: every row of the decision tables, before progress. After progress see F10. */
export const FINAL_ANSWERS: readonly Cell[] = [
  ...TELNYX.map(([end, verdict]): Cell => {
    const name = [end.cause, end.sipCode, end.sipReason].filter((part) => part).join(' ');
    const [pair, alone] = outcomeOf(verdict);
    return {
      id: 'F08',
      name,
      phase: 'P3',
      phone: REFUSED,
      arrange: ({ lab }) => {
        lab.telnyx.settings.end = { sipReason: '', ...end };
      },
      expect: withTelnyx(pair, alone),
      ...(SHORT_TELNYX.test(name) && { short: ['telnyx-twilio'] as const }),
      ...(end.cause === 'NORMAL_CIRCUIT_CONGESTION' && { short: ['telnyx-sip'] as const }),
    };
  }),
  ...TWILIO.map(
    ([code, verdict]): Cell => ({
      id: 'F08',
      name: String(code),
      phase: 'P2',
      phone: REFUSED,
      arrange: ({ lab }) => {
        lab.twilio.settings.endCode = code;
      },
      expect: withTwilio(...outcomeOf(verdict)),
      ...(SHORT_TWILIO.includes(code) && { short: ['twilio-telnyx'] as const }),
    }),
  ),
];
