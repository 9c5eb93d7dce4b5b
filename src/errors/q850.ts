import type { DialerErrorCode, FailureKind } from './codes.js';
import { kindOfCode } from './codes.js';

/** What a protocol's number means here. */
export interface Meaning {
  /** The error code. */
  readonly code: DialerErrorCode;
  /** The kind, which may be more exact than the code's own. */
  readonly kind: FailureKind;
}

/** A meaning with the kind of its code. */
export const meaning = (code: DialerErrorCode): Meaning => ({ code, kind: kindOfCode(code) });

/** ITU-T Q.850, with the assignments of RFC 3398 7.2.4. */
export const CAUSES: readonly (readonly [DialerErrorCode, readonly number[]])[] = [
  ['call/invalid-number', [1, 22, 23, 28]],
  ['call/busy', [17]],
  ['call/no-answer', [19]],
  ['call/unavailable', [16, 20, 26, 54]],
  ['call/rejected', [21, 87]],
  ['call/blocked', [52]],
  ['provider/misconfigured', [50, 57]],
  ['media/negotiation-failed', [65, 88]],
  ['provider/timeout', [18, 102]],
  [
    'provider/server-error',
    [
      2, 3, 6, 25, 27, 29, 34, 38, 41, 42, 43, 44, 45, 47, 58, 63, 66, 69, 79, 81, 95, 96, 97, 98,
      99, 100, 101, 103, 111, 127,
    ],
  ],
];

/**
 * What a Q.850 cause means for an outbound call that was not answered; `undefined` for one that explains nothing: 0, 7,
 * 30, 31, those not assigned, and FreeSWITCH's own from 128 on, whose numbers differ between its versions.
 * @param ringing - Whether the callee's telephone had rung; then a time-out and a plain clearing are "no answer".
 */
export function meaningOfQ850(cause: number, ringing = false): Meaning | undefined {
  if (ringing && (cause === 16 || cause === 18 || cause === 102)) return meaning('call/no-answer');
  const found = CAUSES.find(([, causes]) => causes.includes(cause));
  return found && meaning(found[0]);
}
