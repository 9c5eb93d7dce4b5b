import { causeOfCode } from '../errors/codes.js';
import { DialerError } from '../errors/dialer-error.js';
import type { HangupCause } from '../errors/hangup-cause.js';
import type { AttemptRecord, PlacementEnd } from '../failover/controller.js';
import type { CallAttempt, CallOutcome, RedialAdvice } from './call.js';

/** The part of an outcome that follows from how the placement ended. */
export type Verdict = Pick<
  CallOutcome,
  'cause' | 'by' | 'error' | 'confirmed' | 'redialAdvice' | 'attempts'
>;

/** Causes after which another try would fail again, or only after asking. Every other cause: `ok`. */
const ADVICE: Readonly<Partial<Record<HangupCause, RedialAdvice>>> = {
  rejected: 'ask',
  'unknown-outcome': 'ask',
  'invalid-number': 'no',
  blocked: 'no',
  unauthorized: 'no',
  quota: 'no',
};

/** Judges how a call ended. */
export function judge(end: PlacementEnd): Verdict {
  const attempts = end.attempts.map(describeAttempt);
  const confirmed = end.evidence !== 'unknown';
  const answered = end.phase === 'answered';
  const error = answered ? end.error : explain(end);
  const cause = error ? causeOfCode(error.code) : answered ? 'completed' : 'cancelled';
  const mustAsk = end.action === 'ask' || (error !== undefined && !confirmed);
  const redialAdvice = mustAsk ? 'ask' : (ADVICE[cause] ?? 'ok');
  return { cause, by: end.by, error, confirmed, redialAdvice, attempts };
}

/** The verdict on a call that was refused before anything was tried. */
export function refused(error: DialerError): Verdict {
  const cause = causeOfCode(error.code);
  return {
    cause,
    by: 'local',
    error,
    confirmed: true,
    redialAdvice: ADVICE[cause] ?? 'ok',
    attempts: [],
  };
}

/** The verdict on a call that was hung up before anything was tried. */
export const CANCELLED_AT_ONCE: Verdict = {
  cause: 'cancelled',
  by: 'local',
  error: undefined,
  confirmed: true,
  redialAdvice: 'ok',
  attempts: [],
};

function explain({ error, action, evidence, attempts, by }: PlacementEnd): DialerError | undefined {
  if (!error) {
    // A leg that ends before the answer without a word, and not by us, has still failed.
    return by === 'local' ? undefined : new DialerError('provider/unexplained');
  }
  if (action === 'ask' && evidence === 'unknown') {
    return new DialerError('call/unknown-outcome', { cause: error, route: error.route });
  }
  const tried = new Set(attempts.map(({ route }) => route));
  if (evidence === 'never-sent' && tried.size > 1 && error.kind !== 'client') {
    return new DialerError('failover/exhausted', { cause: error, kind: error.kind });
  }
  return error;
}

function describeAttempt({
  attempt,
  route,
  phase,
  error,
  startMs,
  endMs,
}: AttemptRecord): CallAttempt {
  return Object.freeze({
    attempt,
    provider: route.provider.id,
    route: route.id,
    phase,
    error,
    startMs,
    endMs,
  });
}
