import type { AccessHooks } from '../access/hooks.js';
import type { Environment, Logger } from '../core/environment.js';
import { NO_CAPABILITIES } from '../failover/capabilities.js';
import type { FailoverPolicy } from '../failover/failover-context.js';
import type { AudioOptions } from '../media/audio.js';
import type { LiveAudio } from '../media/live-audio.js';
import type { Call, CallSnapshot } from './call.js';
import type { CompleteTimeouts } from './defaults.js';
import type { CallInput, DialOptions } from './dial-options.js';
import type { TimelineBudgets } from './timeline.js';

/** What all calls of a Dialer share. */
export interface CallHost {
  readonly environment: Environment;
  readonly logger: Logger;
  readonly timeouts: CompleteTimeouts;
  /** The application's own policy; `undefined`: the standard one. */
  readonly policy: FailoverPolicy | undefined;
  /** The application's server, as far as it is there. */
  readonly hooks: Partial<AccessHooks>;
  /** Devices and their choice. */
  readonly audio: LiveAudio;
  readonly audioOptions: AudioOptions;
  readonly keepScreenOn: boolean;
  /** The application's own; see {@link DialerSettings.budgets}. */
  readonly budgets: TimelineBudgets | undefined;
  readonly iceServers: readonly RTCIceServer[];
  /** Aborts when the Dialer is closed. */
  readonly closed: AbortSignal;
  /** Calls again. */
  readonly redial: (to: string, options: DialOptions) => Call;
  readonly onListenerError: (error: unknown, type: string) => void;
}

/** One call that is to be made. */
export interface CallPlan {
  readonly id: string;
  /** As given to `dial()`. */
  readonly to: string;
  /** E.164 number, or `ref:name`. */
  readonly number: string;
  /** Digits to send once sound flows; empty for none. */
  readonly digits: string;
  readonly from: string | undefined;
  readonly params: Readonly<Record<string, string>>;
  readonly input: CallInput;
  readonly ringMs: number;
  readonly signal: AbortSignal | undefined;
  /** The options of `dial()`, for a redial. */
  readonly options: DialOptions;
}

/** A call before anything has happened. */
export function initialSnapshot(plan: CallPlan, nowMs: number): CallSnapshot {
  return {
    id: plan.id,
    direction: 'outbound',
    to: plan.to,
    from: plan.from,
    remoteNumber: plan.to,
    params: plan.params,
    state: 'preparing',
    provider: undefined,
    route: undefined,
    providerCallId: undefined,
    muted: false,
    held: false,
    heldByRemote: false,
    earlyMedia: false,
    capabilities: NO_CAPABILITIES,
    quality: 'unknown',
    problem: undefined,
    startedAtMs: nowMs,
    answeredAtMs: undefined,
    outcome: undefined,
  };
}
