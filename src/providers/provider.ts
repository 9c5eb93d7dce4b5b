/**
 * `everdial/providers`: the contract for those who write a provider. Types only; applications do not need it.
 *
 * A provider is three things: a cheap {@link Provider} object, the {@link ProviderSession} it opens (the only place
 * where vendor code runs), and a {@link Leg} for each call. The adapter translates and reports facts; it owns no
 * policy, no retry and no timer. Deadlines, the microphone, tones, statistics and every decision belong to the Dialer.
 * @packageDocumentation
 */
import type { TokenGrant, TokenReason } from '../access/hooks.js';
import type { Clock, Logger } from '../core/environment.js';
import type { ProviderId, RouteId } from '../core/ids.js';
import type { DialerError } from '../errors/dialer-error.js';

export type { ConnectionState } from '../core/connection-state.js';
export type { ProviderId, RouteId } from '../core/ids.js';

/** What can be done on a route. Honest: what is false here rejects with `call/not-supported`. */
export interface Capabilities {
  /** Hold: by the provider itself, by the application's server (see the provider's options), or not at all. */
  readonly hold: 'native' | 'server' | false;
  /** DTMF: as RTP telephone-events, as signalling messages, or not at all. */
  readonly digits: 'rtp' | 'signalling' | false;
  /** Whether the far side can be passed on to another number. */
  readonly transfer: boolean;
  /** Whether calls can come in. */
  readonly inbound: boolean;
  /** Whether the provider tells that the callee's telephone rings. */
  readonly ringing: boolean;
  /** Whether the browser may choose the caller ID (`from`). False: the server decides. */
  readonly callerId: boolean;
  /** Whether a call survives the loss of the signalling connection. */
  readonly reattach: boolean;
  /** Whether the provider tells that it has taken the call, before the far side rings. */
  readonly acknowledges: boolean;
  /**
   * Whether the provider confirms that a cancelled call is over. Without it a silent call can only be replaced with the
   * server's help.
   */
  readonly confirmsHangup: boolean;
}

/**
 * One configured provider: what `telnyx()` returns and `new Dialer({ providers })` takes.
 * Making it must be cheap, must not touch the browser and must load nothing, so that it is safe on a server.
 */
export interface Provider {
  /** Who it is. */
  readonly id: ProviderId;
  /** Which entry it is; the Dialer refuses two of the same name (`config/duplicate-route`). */
  readonly route: RouteId;
  /** Whether {@link ProviderContext.getToken} will be called. */
  readonly token: 'required' | 'none';
  /** What can be done. What is not named is false, so that capabilities can be added later. */
  readonly capabilities: Partial<Capabilities>;
  /**
   * Whether two sessions of this provider in one page would disturb each other (shared storage keys). The Dialer then
   * closes one before it opens the next, even for another route.
   * @defaultValue false
   */
  readonly singleSession?: boolean | undefined;
  /**
   * Origins it will talk to, such as `'wss://voice.example.com'`: used for preconnecting and printed for
   * Content-Security-Policy.
   */
  readonly origins: readonly string[];
  /** Why it can not be used in this browser; `undefined` when it can. Synchronous, loads nothing. */
  unsupported?(): DialerError | undefined;
  /**
   * Fetches the vendor's code and does not run it. May be called several times. Rejects with `provider/sdk-not-loaded`.
   */
  load(context: LoadContext): Promise<void>;
  /**
   * Connects and logs in. Rejects with a {@link DialerError}; stops when the signal aborts. The Dialer owns the
   * deadline.
   */
  open(context: ProviderContext): Promise<ProviderSession>;
}

/** A provider that needs no token, such as the sandbox. */
export interface ProviderWithoutToken extends Provider {
  /** No token. */
  readonly token: 'none';
}

/** What {@link Provider.load} may use. */
export interface LoadContext {
  /** Aborts when the code is no longer wanted. */
  readonly signal: AbortSignal;
  /** Where to log. Never log tokens, numbers or SDP. */
  readonly logger: Logger;
}

/** What {@link Provider.open} may use. */
export interface ProviderContext extends LoadContext {
  /** The only source of time. */
  readonly clock: Clock;
  /**
   * Gets a token from the application; cached and single-flight. Say why when the last one will not do any more.
   * Rejects with `auth/token-unavailable`.
   */
  getToken(why?: Extract<TokenReason, 'refused' | 'expiring'>): Promise<TokenGrant>;
  /**
   * Tells the Dialer what happens to this session. Must not be called after {@link ProviderSession.close} has resolved.
   */
  report(event: SessionEvent): void;
  /** ICE servers to use; empty means the provider's own. */
  readonly iceServers: readonly RTCIceServer[];
  /** Use relayed candidates only. */
  readonly relayOnly: boolean;
  /** Codecs in order of preference, lower case. */
  readonly codecs: readonly string[];
  /** Upper bound for Opus in kilobits per second. */
  readonly maxBitrateKbps: number;
  /** Whether the vendor's SDK may send statistics to its maker. */
  readonly vendorTelemetry: boolean;
}

/** What a session tells the Dialer. New types may be added. */
export type SessionEvent =
  /** The signalling connection changed; `error` says why it was lost. */
  | {
      readonly type: 'connection';
      readonly state: 'ready' | 'reconnecting' | 'failed';
      readonly error?: DialerError | undefined;
    }
  /** The vendor says that the token ends soon. */
  | { readonly type: 'token-expiring'; readonly expiresInMs: number }
  /** A call comes in. The Dialer calls `attach` synchronously, or not at all: then the call is not for this page. */
  | {
      readonly type: 'incoming';
      readonly from: string | undefined;
      readonly to: string | undefined;
      readonly params: Readonly<Record<string, string>>;
      readonly attach: (report: LegReport) => InboundLeg;
    };

/** One connection to the provider, logged in. */
export interface ProviderSession {
  /**
   * Sends a call. Synchronous: everything that happens is reported, a failure too (`ended`), never thrown; reports may
   * come before it returns.
   */
  dial(request: LegRequest, report: LegReport): Leg;
  /** Uses a fresh token from now on, without ending calls. Without it the session is opened anew between calls. */
  updateToken?(grant: TokenGrant): Promise<void>;
  /** Starts to receive calls; only with `capabilities.inbound`. */
  register?(): Promise<void>;
  /** Stops receiving calls. */
  unregister?(): Promise<void>;
  /**
   * Frees everything: socket, timers, peer connections, tracks, storage keys. Idempotent; nothing is reported
   * afterwards.
   */
  close(): Promise<void>;
}

/** The call to send. */
export interface LegRequest {
  /** The call's id: the idempotency key, to be sent along as parameter or header `everdial-call-id`. */
  readonly callId: string;
  /** 1 for the first leg of the call. */
  readonly attempt: number;
  /** E.164 number, or the opaque destination that the application's server gave. */
  readonly to: string;
  /** Caller ID, E.164; `undefined`: the provider decides. */
  readonly from: string | undefined;
  /** Custom parameters or headers, `everdial-call-id` and `everdial-attempt` among them. */
  readonly params: Readonly<Record<string, string>>;
  /** This leg's own clones of the microphone's tracks, to stop at will; `undefined`: listen only. */
  readonly stream: MediaStream | undefined;
  /** ICE servers for this leg; empty means the provider's own. */
  readonly iceServers: readonly RTCIceServer[];
}

/**
 * How sure an answer is: a signalling message, sound from the far side, or only the provider's word for the browser's
 * own leg.
 */
export type AnswerEvidence = 'signalling' | 'media' | 'assumed';

/** How far an attempt came. Never goes back. */
export type LegPhase =
  /** Nothing has left the browser. */
  | 'unsent'
  /** The call left the browser, nothing came back. */
  | 'sent'
  /** The provider has it, the far side is silent. */
  | 'acknowledged'
  /** Ringing or early media: somebody's telephone may ring. */
  | 'progress'
  /** Answered. */
  | 'answered';

/** What a leg tells the Dialer, in the order in which it happens on the wire. New types may be added. */
export type LegEvent =
  /**
   * The call is about to be written to an open socket. Until this is reported no leg exists: report it before the
   * write, not after.
   */
  | { readonly type: 'sent' }
  /** The provider has the call. */
  | { readonly type: 'acknowledged' }
  /** The provider's id of the call is known. */
  | { readonly type: 'identified'; readonly providerCallId: string }
  /** Ringing, early media or both; may come again with more. */
  | { readonly type: 'progress'; readonly ringing: boolean; readonly earlyMedia: boolean }
  /** The far side took the call. */
  | { readonly type: 'answered'; readonly evidence: AnswerEvidence }
  /** The peer connection exists or was replaced: the Dialer reads statistics and state from it and never closes it. */
  | { readonly type: 'peer-connection'; readonly connection: RTCPeerConnection }
  /**
   * Packets arrive. Only for legs without a peer connection, such as simulations: otherwise the Dialer sees for itself,
   * and decides by that alone when the call is `active`.
   */
  | { readonly type: 'media-flowing' }
  /** The far side's sound; the Dialer plays it. */
  | { readonly type: 'remote-stream'; readonly stream: MediaStream }
  /** The far side put us on hold or took us back. */
  | { readonly type: 'remote-hold'; readonly held: boolean }
  /** Signalling or media of this leg was lost, and the vendor tries to repair it. */
  | { readonly type: 'interrupted'; readonly error: DialerError }
  /** It is back. */
  | { readonly type: 'restored' }
  /** Over. Exactly once and last. */
  | {
      readonly type: 'ended';
      /** Who ended it. */
      readonly by: 'local' | 'remote' | 'network';
      /**
       * True only when the far side said so for this very call (a final answer, a BYE, its confirmation): the proof
       * that no telephone rings.
       */
      readonly final: boolean;
      /** Why it failed, with kind and codes; `undefined` when it was hung up after the answer or cancelled by us. */
      readonly error: DialerError | undefined;
    };

/** Takes what a leg reports. Never throws. */
export type LegReport = (event: LegEvent) => void;

/** One vendor call. Its methods act; what comes of it is reported. */
export interface Leg {
  /**
   * Tells the far side that it is over, in any phase: CANCEL, BYE, or a rejection. Keeps peer connection and tracks
   * until {@link Leg.release}, where the vendor allows it, because a callee who answers in this moment is kept. Report
   * `ended` when it is over.
   */
  hangup(): void;
  /** Frees peer connection, tracks and listeners. Idempotent; nothing is reported afterwards. */
  release(): void;
  /** Holds or takes back; only with `capabilities.hold`. */
  setHeld?(held: boolean): Promise<void>;
  /** Sends one digit of `0-9*#A-D`; only with `capabilities.digits`. The Dialer makes queue and pauses. */
  sendDigit?(digit: string, toneMs: number): Promise<void>;
  /**
   * Passes the far side on to another number; only with `capabilities.transfer`. Resolves when the provider has taken it,
   * and ends the call then or later.
   */
  transfer?(to: string): Promise<void>;
  /** Sends this track instead, or nothing. */
  replaceTrack(track: MediaStreamTrack | null): Promise<void>;
  /** The vendor's object. */
  readonly native: unknown;
}

/** A leg that came in. */
export interface InboundLeg extends Leg {
  /** Takes the call with these tracks. */
  answer(stream: MediaStream | undefined): Promise<void>;
}
