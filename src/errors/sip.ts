import type { DialerErrorCode, FailureKind } from './codes.js';
import { DialerError, type DialerErrorOptions } from './dialer-error.js';
import { type Meaning, meaning, meaningOfQ850 } from './q850.js';

/** What is known beside the SIP response code. */
export interface SipFailureOptions extends DialerErrorOptions {
  /**
   * Whether the callee's telephone had rung. Then a time-out is `call/no-answer`.
   * @defaultValue false
   */
  readonly ringing?: boolean | undefined;
}

/**
 * RFC 3261 21 and the later RFCs of each code. 403 is blocked, the meaning that never evades a fraud control; an adapter
 * that knows the provider's reason says it itself.
 */
export const RESPONSES: readonly (readonly [DialerErrorCode, readonly number[], FailureKind?])[] = [
  ['auth/token-rejected', [401, 407]],
  ['provider/over-limit', [402]],
  ['call/blocked', [403]],
  ['call/invalid-number', [404, 410, 484, 485, 604]],
  ['provider/timeout', [408, 504]],
  ['provider/misconfigured', [413, 414, 493], 'developer'],
  ['call/unavailable', [480]],
  ['call/busy', [486, 600]],
  ['call/cancelled', [487]],
  ['media/negotiation-failed', [488, 606]],
  [
    'provider/server-error',
    [400, 405, 406, 415, 416, 420, 421, 423, 430, 481, 482, 483, 489, 491, 494],
  ],
];

/**
 * What a final SIP response to an INVITE means; `undefined` for a code that explains nothing.
 * @param ringing - Whether the callee's telephone had rung; then a time-out is "no answer".
 */
export function meaningOfSip(sipCode: number, ringing = false): Meaning | undefined {
  if (ringing && sipCode === 408) return meaning('call/no-answer');
  const found = RESPONSES.find(([, codes]) => codes.includes(sipCode));
  if (found) return { code: found[0], kind: found[2] ?? meaning(found[0]).kind };
  // A redirection from the network is never followed: it is how calls are diverted to numbers that cost.
  if (sipCode >= 300 && sipCode < 400) return meaning('call/blocked');
  if (sipCode >= 500 && sipCode < 600) return meaning('provider/server-error');
  // 603, 607, 608; and any other 6xx, which ends the search for the callee.
  if (sipCode >= 600 && sipCode < 700) return meaning('call/rejected');
  return undefined;
}

// Gateways fold many Q.850 causes into these responses (RFC 3398 7.2.4.1), so a cause that comes along says more:
// except plain clearing, except the rejection that 403 itself stands for, and except anything beside 408 and 480 that is
// not about the callee: it must not turn an absent callee into a reason to dial again.
function refines(sipCode: number, q850Cause: number, { kind }: Meaning): boolean {
  if (q850Cause === 16) return false;
  if (sipCode === 403) return q850Cause !== 21;
  if (sipCode === 408 || sipCode === 480) return /^(callee|number)$/.test(kind);
  return sipCode === 404 || (sipCode >= 500 && sipCode < 600);
}

/** What both numbers together mean: the SIP response decides, except where it is vague and the Q.850 cause is not. */
export function meaningOfFailure(
  sipCode: number | undefined,
  q850Cause: number | undefined,
  ringing = false,
): Meaning {
  const bySip = sipCode === undefined ? undefined : meaningOfSip(sipCode, ringing);
  const byQ850 = q850Cause === undefined ? undefined : meaningOfQ850(q850Cause, ringing);
  if (sipCode !== undefined && q850Cause !== undefined && bySip && byQ850) {
    return refines(sipCode, q850Cause, byQ850) ? byQ850 : bySip;
  }
  return bySip ?? byQ850 ?? meaning('provider/unexplained');
}

/**
 * The error for a failed call, from its SIP response code and, in the options, its Q.850 cause: either may be missing.
 * `kind` of the options wins over the table.
 */
export function errorFromSip(
  sipCode: number | undefined,
  { ringing, ...options }: SipFailureOptions = {},
): DialerError {
  const { code, kind } = meaningOfFailure(sipCode, options.q850Cause, ringing);
  return new DialerError(code, { ...options, sipCode, kind: options.kind ?? kind });
}
