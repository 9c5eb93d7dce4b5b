import { causeOfCode } from '../../errors/codes.js';
import { DialerError } from '../../errors/dialer-error.js';
import type { AttemptRecord, PlacementEnd } from '../../failover/controller.js';
import type { CallAttempt } from '../call.js';
import type { Verdict } from '../call-shell.js';
import { adviceAfter } from '../verdicts.js';

/** Judges how a call ended. */
export function judge(end: PlacementEnd): Verdict {
  const attempts = end.attempts.map(describeAttempt);
  const confirmed = end.evidence !== 'unknown';
  const answered = end.phase === 'answered';
  const error = answered ? end.error : explain(end);
  const cause = error ? causeOfCode(error.code) : answered ? 'completed' : 'cancelled';
  const mustAsk = end.action === 'ask' || (error !== undefined && !confirmed);
  const redialAdvice = mustAsk ? 'ask' : adviceAfter(cause);
  return { cause, by: end.by, error, confirmed, redialAdvice, attempts };
}

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
