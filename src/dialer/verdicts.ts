import { causeOfCode } from '../errors/codes.js';
import type { DialerError } from '../errors/dialer-error.js';
import type { HangupCause } from '../errors/hangup-cause.js';
import type { RedialAdvice } from './call.js';
import type { Verdict } from './call-shell.js';

/** Causes after which another try would fail again, or only after asking. Every other cause: `ok`. */
const ADVICE: Readonly<Partial<Record<HangupCause, RedialAdvice>>> = {
  rejected: 'ask',
  'unknown-outcome': 'ask',
  'invalid-number': 'no',
  blocked: 'no',
  unauthorized: 'no',
  quota: 'no',
};

/** Whether dialling again is sensible after a call that ended for certain. */
export function adviceAfter(cause: HangupCause): RedialAdvice {
  return ADVICE[cause] ?? 'ok';
}

/** The verdict on a call that ended before anything was sent: refused by a rule of ours with an error, or cancelled. */
export function beforeSending(error?: DialerError): Verdict {
  const cause = error ? causeOfCode(error.code) : 'cancelled';
  return {
    cause,
    by: error ? 'network' : 'local',
    error,
    confirmed: true,
    redialAdvice: adviceAfter(cause),
    redialReason: undefined,
    attempts: [],
  };
}
