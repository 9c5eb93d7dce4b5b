import { causeOfCode } from '../../errors/codes.js';
import { DialerError } from '../../errors/dialer-error.js';
import type { AttemptRecord, PlacementEnd } from '../../failover/controller.js';
import { isFurther } from '../../providers/leg-phase.js';
import type { CallAttempt } from '../call.js';
import type { Verdict } from '../call-shell.js';
import { adviceAfter } from '../verdicts.js';

/** Failures of a kind that says nothing more than that a route did not work. */
const NOT_WORKING = /^(infrastructure|unknown)$/;

/**
 * Judges how a call ended.
 * @param answered - Whether the call was answered. The last leg alone can not tell: a callee who answers while we
 * cancel is hung up on.
 */
export function judge(end: PlacementEnd, answered: boolean): Verdict {
  const attempts = end.attempts.map(describeAttempt);
  const confirmed = end.evidence !== 'unknown';
  const error = answered ? end.error : explain(end);
  const cause = error ? causeOfCode(error.code) : answered ? 'completed' : 'cancelled';
  // A carrier that confirms no hang-up at all leaves nothing to doubt where the connection is sound.
  const confirms = end.attempts.at(-1)?.route.provider.capabilities.confirmsHangup === true;
  const doubtful = !confirmed && (error !== undefined || end.cutOff || confirms);
  const redialAdvice = end.action === 'ask' || doubtful ? 'ask' : adviceAfter(cause);
  const redialReason = redialAdvice === 'ask' ? reasonToAsk(end, answered) : undefined;
  return { cause, by: end.by, error, confirmed, redialAdvice, redialReason, attempts };
}

/** For the person at the page: why they should think before they call again. */
function reasonToAsk({ evidence, phase, error }: PlacementEnd, answered: boolean): string {
  if (evidence === 'unknown') {
    return answered
      ? 'The other side may still be on the line.'
      : 'The other phone may still be ringing, or somebody may have answered it.';
  }
  if (error?.kind === 'callee') return 'The other side did not take the call.';
  return phase === 'progress' || phase === 'answered'
    ? 'The other phone may have rung already.'
    : 'That took longer than it should, so nobody was called again without asking you.';
}

function explain({
  error,
  action,
  evidence,
  phase,
  attempts,
}: PlacementEnd): DialerError | undefined {
  // That it rang in vain is known, even if nobody confirms that it has stopped.
  const rang = error?.code === 'call/no-answer';
  if (error && !rang && action === 'ask' && evidence === 'unknown') {
    return new DialerError('call/unknown-outcome', { cause: error, route: error.route });
  }
  const tried = new Set(attempts.map(({ route }) => route));
  const nobodyRang = evidence !== 'unknown' && !isFurther(phase, 'acknowledged');
  if (error && nobodyRang && tried.size > 1 && NOT_WORKING.test(error.kind)) {
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
