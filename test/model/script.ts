import type { LegPhase } from '../../src/providers/provider.js';
import type { CarrierBehaviour } from './carriers/behaviour.js';
import type { Fence } from './world/access-server.js';
import type { Taking } from './world/phone.js';
import type { WireFault } from './world/wire.js';

/** The two numbers that are dialled; fictional, and not the one that error messages show as an example. */
export const NUMBERS = ['+14155550142', '+12025550177'] as const;

/** Something that the visitor, the page, the callee or the application's server does. */
export type PlainAction =
  | 'click'
  | 'click another number'
  | 'warm up'
  | 'hang up'
  | 'mute'
  | 'unmute'
  | 'hold'
  | 'send digits'
  | 'close'
  | 'go offline'
  | 'come online'
  | 'leave the page'
  | 'freeze the page'
  | 'come back to the page'
  | 'allow the microphone'
  | 'deny the microphone'
  | 'unplug the microphone'
  | 'plug in the microphone'
  | 'token server fails'
  | 'token server works'
  | 'the callee answers'
  | 'the callee hangs up'
  | 'nothing';

/** Something that happens to the carrier of this place in the list. */
export interface CarrierAction {
  readonly carrier: number;
  readonly does:
    | `break: ${WireFault}`
    | 'heal'
    | 'fail the session'
    | 'expire the token'
    | 'repeat the last words'
    | `fail every leg with ${503 | 486 | 603}`;
}

/** Something that happens. */
export type Action = PlainAction | CarrierAction;

/** How far a call is to come before something happens. */
export type Moment = Exclude<LegPhase, 'unsent'> | 'silent' | 'switched' | 'over';

/** One step: a wait, and then an action. */
export interface Step {
  /** Milliseconds, or until the call is there, 25 s at most. */
  readonly wait: number | Moment;
  readonly do: Action;
}

/** How the application decides after a failure: as delivered, or as badly as it can. */
export type Policy = 'standard' | 'always dials on' | 'always waits' | 'changes its mind';

/** A world and what happens in it. The same script gives the same history. */
export interface Script {
  /** In the order in which they are configured. */
  readonly carriers: readonly CarrierBehaviour[];
  readonly taking: Taking;
  readonly fence: Fence;
  readonly microphone: 'granted' | 'prompt' | 'denied' | 'slow' | 'missing' | 'busy';
  readonly policy: Policy;
  /** Latencies, order of what comes at once, messages that are lost. */
  readonly seed: number;
  readonly steps: readonly Step[];
}
