import type { NetworkEnd } from '../types.js';

/** SIP response → Q.850 cause and its name in FreeSWITCH's spelling (RFC 3398, section 8.2.6). */
const CAUSES: Readonly<Record<number, readonly [q850Cause: number, name: string]>> = {
  200: [16, 'NORMAL_CLEARING'],
  401: [21, 'CALL_REJECTED'],
  402: [21, 'CALL_REJECTED'],
  403: [21, 'CALL_REJECTED'],
  404: [1, 'UNALLOCATED_NUMBER'],
  408: [102, 'RECOVERY_ON_TIMER_EXPIRE'],
  410: [22, 'NUMBER_CHANGED'],
  480: [19, 'NO_ANSWER'],
  484: [28, 'INVALID_NUMBER_FORMAT'],
  486: [17, 'USER_BUSY'],
  487: [487, 'ORIGINATOR_CANCEL'],
  488: [88, 'INCOMPATIBLE_DESTINATION'],
  500: [41, 'NORMAL_TEMPORARY_FAILURE'],
  502: [38, 'NETWORK_OUT_OF_ORDER'],
  503: [41, 'NORMAL_TEMPORARY_FAILURE'],
  504: [102, 'RECOVERY_ON_TIMER_EXPIRE'],
  600: [17, 'USER_BUSY'],
  603: [21, 'CALL_REJECTED'],
  604: [1, 'UNALLOCATED_NUMBER'],
};

/** How the network reports the end with this SIP response; 200 is an ordinary BYE. */
export function networkEnd(sipCode: number): NetworkEnd {
  const [q850Cause, name] = CAUSES[sipCode] ?? [31, 'NORMAL_UNSPECIFIED'];
  return { sipCode, q850Cause, name };
}
