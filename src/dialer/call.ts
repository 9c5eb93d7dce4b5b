import type { CallState } from '../core/call-state.js';
import type { ProviderId, RouteId } from '../core/ids.js';
import type { SnapshotSource, Subscribable, WaitOptions } from '../core/subscribable.js';
import type { DialerError } from '../errors/dialer-error.js';
import type { HangupCause } from '../errors/hangup-cause.js';
import type { AnswerEvidence, Capabilities, LegPhase } from '../providers/provider.js';
import type {
  QualityLevel,
  QualityReason,
  QualitySample,
  QualitySummary,
  SecurityReport,
  SoundLevels,
} from '../quality/quality.js';
import type { DialOptions } from './dial-options.js';

/** Who called whom. */
export type CallDirection = 'outbound' | 'inbound';

/**
 * Whether dialling again is sensible: `ok` yes · `ask` the callee may have been rung, ask the person first · `no` it
 * would fail again.
 */
export type RedialAdvice = 'ok' | 'ask' | 'no';

/** One try to place the call over one route. A call has one, and one more for each switch. */
export interface CallAttempt {
  /** 1 for the first. */
  readonly attempt: number;
  /** The provider used, for example `'telnyx'`. */
  readonly provider: ProviderId;
  /** The configured route used, for example `'telnyx/us-west'`. */
  readonly route: RouteId;
  /** How far it came. */
  readonly phase: LegPhase;
  /** Why it failed; `undefined` when it was answered or cancelled. */
  readonly error: DialerError | undefined;
  /** Milliseconds from `dial()` to the start of this attempt. */
  readonly startMs: number;
  /** Milliseconds from `dial()` to the end of this attempt. */
  readonly endMs: number;
}

/** The moments of a call's set-up that are measured, the same for every provider. */
export type TimelineMarkName =
  | 'dial'
  | 'permission'
  | 'microphone'
  | 'token'
  | 'sdk-loaded'
  | 'signalling-open'
  | 'offer'
  | 'ice-first-candidate'
  | 'sent'
  | 'acknowledged'
  | 'ringing'
  | 'early-media'
  | 'answered'
  | 'ice-connected'
  | 'dtls-connected'
  | 'first-packet'
  | 'ended';

/** One measured moment. */
export interface TimelineMark {
  /** What happened. */
  readonly name: TimelineMarkName;
  /** Milliseconds since `dial()`, or since an inbound call came in. */
  readonly atMs: number;
  /** The attempt it belongs to, from 1; 0 for what belongs to no attempt. */
  readonly attempt: number;
  /** Whether it came later than it should; see {@link DialerSettings.budgets}. */
  readonly overBudget: boolean;
}

/** The receipt for the microphone, counted on the tracks themselves when the call had ended. */
export interface MediaReceipt {
  /** True when no track that this call opened is live any more. */
  readonly released: boolean;
  /** Tracks opened for this call. An application's own stream is not counted and never stopped. */
  readonly tracks: number;
  /** Tracks still live; 0 when released. */
  readonly liveTracks: number;
}

/** How a call ended: everything a log entry needs. */
export interface CallOutcome {
  /** Why, from the closed list. */
  readonly cause: HangupCause;
  /** Who ended it. `network` also stands for the provider and for this page's own rules. */
  readonly by: 'local' | 'remote' | 'network';
  /** What went wrong, with the provider's codes; `undefined` for `completed`, `cancelled` and `missed`. */
  readonly error: DialerError | undefined;
  /** True when the far side confirmed that the call is over; false when the network failed first. */
  readonly confirmed: boolean;
  /** Whether dialling again is sensible. */
  readonly redialAdvice: RedialAdvice;
  /** Why the person is to be asked first, one plain English sentence; `undefined` unless the advice is `ask`. */
  readonly redialReason: string | undefined;
  /** Milliseconds from `answered` to the end; 0 when never answered. */
  readonly durationMs: number;
  /** The microphone's receipt. */
  readonly media: MediaReceipt;
  /** Quality over the whole call; `undefined` when no sound ever flowed. */
  readonly qualitySummary: QualitySummary | undefined;
  /** Every attempt in order, the failed ones too. */
  readonly attempts: readonly CallAttempt[];
  /** Every measured moment in order. */
  readonly timeline: readonly TimelineMark[];
}

/** The state of one call as frozen plain data. A {@link Call} has the same fields, live. */
export interface CallSnapshot {
  /**
   * Unique in time and over tabs (UUID). Sent to every provider and to the access server as the key of this one press.
   */
  readonly id: string;
  /** Who called whom. */
  readonly direction: CallDirection;
  /** What was dialled, as given to `dial()`; for an inbound call the number it came in on. */
  readonly to: string;
  /** Caller ID, E.164; `undefined` when the provider chooses it or it is withheld. */
  readonly from: string | undefined;
  /** The other party: `to` of an outbound call, `from` of an inbound one. */
  readonly remoteNumber: string | undefined;
  /** Custom parameters: as given to `dial()`, or as they came in with the call. */
  readonly params: Readonly<Record<string, string>>;
  /** Where the call stands. */
  readonly state: CallState;
  /** The provider of the current attempt, for example `'telnyx'`; `undefined` until one is chosen. */
  readonly provider: ProviderId | undefined;
  /** The configured route of the current attempt, for example `'telnyx/us-west'`; `undefined` until one is chosen. */
  readonly route: RouteId | undefined;
  /**
   * The provider's id of this call, to find it in the provider's console (Twilio: CallSid); `undefined` until known.
   */
  readonly providerCallId: string | undefined;
  /** True while our microphone is muted. */
  readonly muted: boolean;
  /** True while we hold the far side. */
  readonly held: boolean;
  /** True while the far side holds us. */
  readonly heldByRemote: boolean;
  /** True while sound from before the answer is played; our own ringback is silent then. */
  readonly earlyMedia: boolean;
  /** What this call can do on its current route. All false until a route is chosen. */
  readonly capabilities: Capabilities;
  /** Quality of the last seconds; `unknown` until sound has flowed for 5 s. */
  readonly quality: QualityLevel;
  /**
   * What the person should know right now: silent microphone, nothing received, playback blocked, slow set-up …;
   * `undefined` when well.
   */
  readonly problem: DialerError | undefined;
  /** Milliseconds since the epoch at which `dial()` was called or the call came in. */
  readonly startedAtMs: number;
  /** Milliseconds since the epoch of the answer; `undefined` before. */
  readonly answeredAtMs: number | undefined;
  /** How it ended; `undefined` before the end. */
  readonly outcome: CallOutcome | undefined;
}

/** What every call event carries. */
export interface CallEvent {
  /** The call concerned, in its new state. */
  readonly call: Call;
}

/** The events of a call: name → payload. The `<ever-dial>` element fires the same ones as `everdial:<name>`. */
export interface CallEvents {
  /** The state has changed. */
  'state-changed': CallEvent & { readonly state: CallState; readonly previous: CallState };
  /** The callee's telephone rings (inbound: it rings here). Not fired when the provider cannot tell. */
  ringing: CallEvent & { readonly earlyMedia: boolean };
  /** The far side took the call. Start billing clocks and call timers here. */
  answered: CallEvent & {
    /** How sure it is. `assumed` means the provider is set up so that it cannot tell. */
    readonly evidence: AnswerEvidence;
    /** Milliseconds from `dial()` to the answer. */
    readonly setupMs: number;
  };
  /** Sound flows: packets arrive and DTLS is up. Fires once. */
  active: CallEvent & {
    /** Milliseconds from `answered` to this. */
    readonly afterAnswerMs: number;
  };
  /** Our microphone was muted or unmuted. */
  'mute-changed': CallEvent & { readonly muted: boolean };
  /** A side put the other on hold, or took it back. */
  'hold-changed': CallEvent & { readonly held: boolean; readonly by: 'local' | 'remote' };
  /** The call moved to another route before anybody's telephone rang. */
  switched: CallEvent & {
    /** The route that failed. */
    readonly from: RouteId;
    /** The route used now. */
    readonly to: RouteId;
    /** Why. */
    readonly error: DialerError;
  };
  /** The connection was lost in the call and is being repaired. Once per loss. */
  reconnecting: CallEvent & { readonly error: DialerError };
  /** The connection is back. */
  reconnected: CallEvent & {
    /** Milliseconds without sound. */
    readonly downMs: number;
  };
  /** One measurement a second while sound flows. */
  'quality-sample': CallEvent & { readonly sample: QualitySample };
  /** The quality level has changed; raised after 3 bad samples of 5, cleared after 5 good ones. */
  'quality-changed': CallEvent & {
    readonly quality: QualityLevel;
    readonly previous: QualityLevel;
    /** What is out of bounds; empty for `good`. */
    readonly reasons: readonly QualityReason[];
  };
  /** Something is wrong, or no longer (`problem` is `undefined`). The call goes on. */
  'problem-changed': CallEvent & { readonly problem: DialerError | undefined };
  /** Over. Exactly one per call and always the last event. */
  ended: CallEvent & CallOutcome;
}

/** Options of {@link Call.sendDigits}. */
export interface SendDigitsOptions extends WaitOptions {
  /**
   * Length of each tone in milliseconds. Ignored where digits travel by signalling.
   * @defaultValue 160
   */
  readonly toneMs?: number | undefined;
  /**
   * Pause between tones in milliseconds.
   * @defaultValue 70
   */
  readonly gapMs?: number | undefined;
}

/**
 * One conversation or the attempt at one. It stays the same object over a switch of the provider and after its end.
 *
 * Made by `dialer.dial()` and by inbound calls, never by `new`.
 */
export interface Call extends CallSnapshot, Subscribable<CallEvents>, SnapshotSource<CallSnapshot> {
  /** Milliseconds since the answer, final after the end; 0 before the answer. */
  readonly durationMs: number;
  /** Every measured moment so far. */
  readonly timeline: readonly TimelineMark[];
  /**
   * What the far side sends, for a visualiser or a recorder; playing it is done already. `undefined` until sound
   * arrives.
   */
  readonly remoteStream: MediaStream | undefined;
  /** The provider SDK's own object; `undefined` until there is one. Unsupported territory: cast it yourself. */
  readonly native: unknown;

  /**
   * Waits for a milestone and resolves with that event's payload, at once if it has passed.
   * `answered` and `active` reject with the call's {@link DialerError} (`call/busy`, `call/cancelled` …) when the call
   * ends first; `ended` resolves however it ends. The waits are bounded by the call's own deadlines ({@link Timeouts}).
   */
  when<Milestone extends 'answered' | 'active' | 'ended'>(
    milestone: Milestone,
    options?: WaitOptions,
  ): Promise<CallEvents[Milestone]>;

  /**
   * Ends the call in any state: cancels, rejects or hangs up. Never rejects; resolves within 5 s. Calling it again is
   * harmless.
   */
  hangup(): Promise<CallOutcome>;
  /** Mutes our microphone, or unmutes it with `false`. Local and immediate; survives a device change and a switch. */
  mute(muted?: boolean): void;
  /**
   * Puts the far side on hold, or takes it back with `false`. Resolves when the provider has confirmed, within 10 s.
   * @throws DialerError `call/not-supported` where `capabilities.hold` is false, `call/not-ready` when not answered.
   */
  hold(held?: boolean, options?: WaitOptions): Promise<void>;
  /**
   * Sends DTMF digits one after the other: `0`–`9`, `*`, `#`, `A`–`D`; `,` waits 2 s, `w` waits 0.5 s. Resolves when
   * all are sent; a signal that aborts drops the rest.
   * @throws DialerError `call/not-supported`, `call/not-ready` before the answer, `config/invalid-option` for another
   * character.
   */
  sendDigits(digits: string, options?: SendDigitsOptions): Promise<void>;
  /**
   * Passes the far side on to another number (blind transfer). Resolves when the provider has taken it, within 10 s; the
   * call ends then or a moment later, as the provider does it.
   * @throws DialerError `call/not-supported` where `capabilities.transfer` is false, `call/not-ready` when not answered
   * or when the far side refuses, `call/invalid-number`.
   */
  transfer(to: string, options?: WaitOptions): Promise<void>;
  /** Calls the other party again, as a new call. Look at `outcome.redialAdvice` first: with `ask`, ask the person. */
  redial(options?: DialOptions): Call;

  /** Sound levels now, for a meter drawn in an animation frame. Costs nothing when not called. */
  levels(): SoundLevels;
  /**
   * What protects the sound between this browser and the provider's gateway; not the telephone network behind it. Never
   * rejects; within 2 s.
   */
  security(): Promise<SecurityReport>;
}
