import type { CallState } from '../core/call-state.js';
import type { DialerError } from '../errors/dialer-error.js';
import type { CallMicrophone } from '../media/microphone.js';
import type { Call, CallEvents, CallOutcome, CallSnapshot } from './call.js';
import type { CallHost, CallPlan } from './call-plan.js';
import type { Milestone } from './milestones.js';
import type { ProblemSlot } from './problems.js';
import type { Timeline } from './timeline.js';

/** The part of an outcome that follows from how the call was placed and ended; the call itself adds the rest. */
export type Verdict = Pick<
  CallOutcome,
  'cause' | 'by' | 'error' | 'confirmed' | 'redialAdvice' | 'redialReason' | 'attempts'
>;

/** A call as seen from inside: what the code that carries it may read and change. Its functions need no `this`. */
export interface CallShell {
  readonly call: Call;
  readonly plan: CallPlan;
  readonly host: CallHost;
  readonly timeline: Timeline;
  readonly microphone: CallMicrophone;
  /** Aborts when the call is over. */
  readonly over: AbortSignal;
  /** Whether this state may follow now. */
  readonly can: (state: CallState) => boolean;
  /** Moves on, with other fields in the same step, and tells `state-changed`; a move that is not drawn does nothing. */
  readonly move: (state: CallState, values?: Partial<CallSnapshot>) => void;
  /** Changes fields and tells the subscribers. */
  readonly update: (values: Partial<CallSnapshot>) => void;
  /** Says what is wrong, or that nothing is any more, for one who looks at it. */
  readonly setProblem: (slot: ProblemSlot, problem: DialerError | undefined) => void;
  /** Tells an event. */
  readonly emit: <Type extends keyof CallEvents>(
    type: Type,
    event: Omit<CallEvents[Type], 'call'>,
  ) => void;
  /** Tells an event that `when()` waits for. */
  readonly pass: <Name extends Milestone>(
    name: Name,
    event: Omit<CallEvents[Name], 'call'>,
  ) => void;
  /** Ends the call, once. */
  readonly end: (verdict: Verdict) => void;
}
