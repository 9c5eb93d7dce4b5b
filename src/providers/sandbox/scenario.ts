/** What the simulated telephone or network does. */
export type SandboxAction =
  /** The provider has taken the call, nothing rings yet. */
  | 'acknowledge'
  /** The telephone rings. */
  | 'ring'
  /** Sound before the answer, such as an announcement. */
  | 'early-media'
  /** Somebody takes the call. */
  | 'answer'
  /** The far side hangs up; before the answer, the network gives up ringing. */
  | 'hang-up'
  /** Ends with 486 Busy Here. */
  | 'busy'
  /** Ends with 603 Decline. */
  | 'reject'
  /** Ends with 404 Not Found: not in service. */
  | 'not-found'
  /** Ends with 480 Temporarily Unavailable. */
  | 'unavailable'
  /** Ends with 503 Service Unavailable. */
  | 'server-error'
  /** Ends because the account may not make more calls at once. */
  | 'over-limit'
  /** The far side puts us on hold. */
  | 'hold'
  /** And takes us back. */
  | 'take-back'
  /** The signalling connection breaks: nothing is heard from the telephone until it is back. */
  | 'lose-signalling'
  /** It is back; what happened meanwhile is told now. */
  | 'restore-signalling'
  /** The far side sends no packets, from now on or, before the answer, from the start. */
  | 'stop-sound'
  /** It sends packets again. */
  | 'restore-sound';

/** One step: wait, then act. */
export interface SandboxStep {
  /** Milliseconds after the step before; for the first one after the call was sent. */
  readonly afterMs: number;
  /** What happens then. */
  readonly does: SandboxAction;
}

/** What happens to a call, step by step. After the last step nothing more happens by itself. */
export type SandboxScenario = readonly SandboxStep[];
