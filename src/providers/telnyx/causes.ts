import type { RouteId } from '../../core/ids.js';
import type { DialerErrorCode, FailureKind } from '../../errors/codes.js';
import { DialerError } from '../../errors/dialer-error.js';
import { errorFromSip, meaningOfSip } from '../../errors/sip.js';
import type { TelnyxFrameParams } from './vendor.js';

/** What is known about a call when it ends. */
export interface CallSoFar {
  /** The route, for errors. */
  readonly route: RouteId;
  /** Whether the callee's telephone rang. */
  readonly ringing: boolean;
  /** Whether it was answered. */
  readonly answered: boolean;
}

/** What a `bye` of the far side means. */
export interface ByeMeaning {
  /** Whether it proves that the call is over. */
  readonly final: boolean;
  /** Why it failed; `undefined` for an ordinary end after the answer. */
  readonly error: DialerError | undefined;
}

/**
 * Q.850 causes in FreeSWITCH's spelling. Causes are told by name first: from 128 on the numbers differ between its
 * generations. Those below it are here for a `bye` without a number.
 */
export const Q850_BY_NAME: Readonly<Record<string, number>> = {
  UNALLOCATED_NUMBER: 1,
  NO_ROUTE_TRANSIT_NET: 2,
  NO_ROUTE_DESTINATION: 3,
  CHANNEL_UNACCEPTABLE: 6,
  NORMAL_CLEARING: 16,
  USER_BUSY: 17,
  NO_USER_RESPONSE: 18,
  NO_ANSWER: 19,
  SUBSCRIBER_ABSENT: 20,
  CALL_REJECTED: 21,
  NUMBER_CHANGED: 22,
  REDIRECTION_TO_NEW_DESTINATION: 23,
  EXCHANGE_ROUTING_ERROR: 25,
  ANSWERED_ELSEWHERE: 26,
  DESTINATION_OUT_OF_ORDER: 27,
  INVALID_NUMBER_FORMAT: 28,
  FACILITY_REJECTED: 29,
  NORMAL_UNSPECIFIED: 31,
  NORMAL_CIRCUIT_CONGESTION: 34,
  NETWORK_OUT_OF_ORDER: 38,
  NORMAL_TEMPORARY_FAILURE: 41,
  SWITCH_CONGESTION: 42,
  ACCESS_INFO_DISCARDED: 43,
  REQUESTED_CHAN_UNAVAIL: 44,
  PRE_EMPTED: 45,
  RESOURCE_UNAVAILABLE: 47,
  FACILITY_NOT_SUBSCRIBED: 50,
  OUTGOING_CALL_BARRED: 52,
  INCOMING_CALL_BARRED: 54,
  BEARERCAPABILITY_NOTAUTH: 57,
  BEARERCAPABILITY_NOTAVAIL: 58,
  SERVICE_UNAVAILABLE: 63,
  BEARERCAPABILITY_NOTIMPL: 65,
  CHAN_NOT_IMPLEMENTED: 66,
  FACILITY_NOT_IMPLEMENTED: 69,
  SERVICE_NOT_IMPLEMENTED: 79,
  INVALID_CALL_REFERENCE: 81,
  USER_NOT_MEMBER_OF_CUG: 87,
  INCOMPATIBLE_DESTINATION: 88,
  INVALID_MSG_UNSPECIFIED: 95,
  MANDATORY_IE_MISSING: 96,
  MESSAGE_TYPE_NONEXIST: 97,
  WRONG_MESSAGE: 98,
  IE_NONEXIST: 99,
  INVALID_IE_CONTENTS: 100,
  WRONG_CALL_STATE: 101,
  RECOVERY_ON_TIMER_EXPIRE: 102,
  MANDATORY_IE_LENGTH_ERROR: 103,
  PROTOCOL_ERROR: 111,
  INTERWORKING: 127,
};

/** FreeSWITCH's own, by name only. */
export const OWN_CAUSES: Readonly<Record<string, DialerErrorCode>> = {
  ORIGINATOR_CANCEL: 'provider/unexplained',
  LOSE_RACE: 'call/unavailable',
  ALLOTTED_TIMEOUT: 'call/no-answer',
  MEDIA_TIMEOUT: 'media/connection-failed',
  USER_NOT_REGISTERED: 'call/unavailable',
  PROGRESS_TIMEOUT: 'provider/timeout',
  INVALID_GATEWAY: 'provider/server-error',
  GATEWAY_DOWN: 'provider/server-error',
  CRASH: 'provider/server-error',
  SYSTEM_SHUTDOWN: 'provider/server-error',
};

/** The gateway gave up, or the call was passed on: what became of the telephone is not known. */
const UNPROVEN = /^(CRASH|SYSTEM_SHUTDOWN|CALL_AWARDED_DELIVERED)$/;

const TELNYX_CODE = /\b(?:D\d{1,2}|PE\d|TM1)\b/;

/** Telnyx's own codes, out of the reason of the SIP response. */
export const REASON_CODES: readonly (readonly [DialerErrorCode, string])[] = [
  // The account's channels are full, told as 486: the callee is not busy at all.
  ['provider/over-limit', 'D5 D56'],
  // The destination is forbidden.
  ['call/blocked', 'D9 D11 D12 D41 TM1'],
  // Telnyx has no route there.
  ['provider/server-error', 'D40 PE1 PE2 PE3 PE4 PE5 PE6'],
  // Balance, profile, caller ID: set up wrongly or used up, and no word about the callee. Only with 403.
  [
    'provider/misconfigured',
    'D1 D2 D3 D7 D10 D13 D14 D15 D16 D17 D18 D19 D22 D24 D25 D26 D27 D28 D29 D35 D36 D38 D51 D52 D53 D54 D60 D61 D62 D63 D64 D65',
  ],
];

/** Kinds of answers that are about the callee, the number or the caller, beside which a cause adds nothing. */
const ABOUT_THE_CALL = /^(callee|number|forbidden|user)$/;

function codeOfBye(
  { cause = '', sipCode }: TelnyxFrameParams,
  telnyxCode: string,
  ringing: boolean,
): DialerErrorCode | undefined {
  const listed = REASON_CODES.find(([, codes]) => codes.split(' ').includes(telnyxCode))?.[0];
  if (listed && (listed !== 'provider/misconfigured' || sipCode === 403)) return listed;
  if (sipCode === 403 && cause === 'CALL_REJECTED') {
    return telnyxCode ? 'provider/unexplained' : 'provider/misconfigured';
  }
  // Whoever clears the call plainly is the callee: of the responses beside it only a 5xx tells of a fault.
  if (cause === 'NORMAL_CLEARING' && sipCode && sipCode < 500) {
    const kind = meaningOfSip(sipCode)?.kind ?? '';
    if (!ABOUT_THE_CALL.test(kind)) return ringing ? 'call/no-answer' : 'call/unavailable';
  }
  const own = OWN_CAUSES[cause];
  if (own === 'provider/timeout' && ringing) return 'call/no-answer';
  return own;
}

/** What a `bye` means: Telnyx's own code first, then the SIP response, then the cause. */
export function explainBye(bye: TelnyxFrameParams, call: CallSoFar): ByeMeaning {
  const { cause = '', causeCode, sipCode = undefined } = bye;
  const { route, ringing, answered } = call;
  const telnyxCode = TELNYX_CODE.exec(bye.sipReason ?? '')?.[0] ?? '';
  const byNumber = typeof causeCode === 'number' && causeCode < 128 ? causeCode : undefined;
  const q850Cause = Q850_BY_NAME[cause] ?? (cause in OWN_CAUSES ? undefined : byNumber);
  const numbers = {
    q850Cause,
    providerCode: telnyxCode || cause || undefined,
    route,
  };
  const code = codeOfBye(bye, telnyxCode, ringing);
  const error = code
    ? new DialerError(code, { ...numbers, sipCode: sipCode ?? undefined })
    : errorFromSip(sipCode ?? undefined, { ...numbers, ringing });
  const isFailure = !answered || error.kind === 'infrastructure' || error.kind === 'media';
  return { final: !UNPROVEN.test(cause), error: isFailure ? error : undefined };
}

/** Errors of the SDK, and those of the gateway that it passes on (JSON-RPC). */
export const ERRORS: Readonly<Record<number, readonly [DialerErrorCode, FailureKind?]>> = {
  [-32000]: ['auth/token-rejected'],
  [-32001]: ['auth/token-rejected'],
  [-32003]: ['provider/timeout'],
  [-32004]: ['provider/server-error'],
  40001: ['media/negotiation-failed', 'client'],
  40002: ['media/negotiation-failed', 'client'],
  40003: ['media/negotiation-failed', 'client'],
  40004: ['media/negotiation-failed'],
  40005: ['provider/server-error'],
  42001: ['media/permission-denied'],
  42002: ['media/device-not-found'],
  42003: ['media/device-in-use'],
  44002: ['config/invalid-option'],
  44005: ['call/cancelled'],
  45001: ['provider/unreachable'],
  45002: ['provider/unreachable'],
  45003: ['network/reconnect-failed'],
  45004: ['provider/server-error'],
  46001: ['auth/token-rejected'],
  46002: ['auth/token-rejected'],
  46003: ['auth/token-rejected'],
  47001: ['media/connection-failed'],
  48001: ['network/offline'],
  48501: ['network/reconnect-failed'],
};

/** What a code of `telnyx.error` means. */
export function errorOfTelnyx(telnyxCode: number | undefined, route: RouteId): DialerError {
  const [code, kind] = ERRORS[telnyxCode ?? 0] ?? ['provider/unexplained'];
  return new DialerError(code, { kind, route, providerCode: telnyxCode?.toString() });
}
