/**
 * The seams of the carrier lab: gateways (one per vendor's wire protocol) bring calls in, the phone network rings simulated phones and
 * keeps the callee oracle, media peers carry the sound. Gateways know no phone, the network knows no wire protocol.
 */

/** Which gateway a call came through. */
export type Carrier = 'telnyx' | 'twilio' | 'sip';

/** A call that a gateway hands to the phone network. */
export interface TrunkCall {
  /** Which gateway. */
  readonly carrier: Carrier;
  /** The gateway's own id of the call. */
  readonly carrierCallId: string;
  /** Dialled number, E.164. */
  readonly to: string;
  /** Caller ID; `undefined` when withheld. */
  readonly from: string | undefined;
  /** Custom parameters or headers as they arrived, lower-case names without `x-`. */
  readonly params: Readonly<Record<string, string>>;
  /** The sound of this call. */
  readonly media: MediaPeer;
}

/** Why the network ended or refused a call. */
export interface NetworkEnd {
  /** SIP response or 200 for a BYE. */
  readonly sipCode: number;
  /** Q.850 cause. */
  readonly q850Cause: number;
  /** Q.850 name in FreeSWITCH's spelling, such as `USER_BUSY`. */
  readonly name: string;
}

/** What the network tells the gateway about a call, in order. */
export interface TrunkListener {
  /** The phone rings. */
  ringing(): void;
  /** Sound before the answer: an announcement or the network's own ringback. */
  earlyMedia(): void;
  /** Somebody took the call. */
  answered(): void;
  /** Over. Exactly once, last. Not called when the gateway hung up itself. */
  ended(end: NetworkEnd): void;
}

/** The gateway's hold on a call in the network. */
export interface NetworkLeg {
  /**
   * The browser's side is gone: stop ringing, or hang up. Idempotent. A phone that is scripted to answer while it is being
   * cancelled (glare) makes `listener.answered()` come during this call; see {@link NetworkLeg.over} for what then is.
   */
  hangup(): void;
  /**
   * Whether the call is over for the phone. False after {@link NetworkLeg.hangup} when the cancel lost against the answer:
   * the callee is still there, and hanging up again ends it.
   */
  readonly over?: boolean;
  /** A digit that travelled by signalling. Digits in RTP come from the media peer. */
  digit(digit: string): void;
  /** The browser holds the call or takes it back. */
  hold(held: boolean): void;
}

/** What a gateway needs of the phone network. */
export interface Trunk {
  /** Brings a call in. The listener is called later, never during this call. */
  place(call: TrunkCall, listener: TrunkListener): NetworkLeg;
}

/** One WebRTC end in Node (werift), audio only, PCMU and Opus, telephone-event. */
export interface MediaPeer {
  /** Applies an offer (first or re-offer, ICE restart) and gives the answer, host candidates inside. */
  answer(offer: string): Promise<string>;
  /** Makes an offer, for re-attach and incoming calls. */
  offer(): Promise<string>;
  /** Applies the browser's answer to {@link MediaPeer.offer}. */
  accept(answer: string): Promise<void>;
  /** A trickled candidate of the browser; `undefined` is the end of candidates. */
  addCandidate(
    candidate: { candidate: string; sdpMid: string; sdpMLineIndex: number } | undefined,
  ): Promise<void>;
  /** Called for each digit heard as RTP telephone-event (RFC 4733), once per digit. */
  onDigit: ((digit: string) => void) | undefined;
  /**
   * What is sent to the browser: silent frames, a tone of this frequency in hertz, its own sound back, or a wav file. Until
   * the first call of this nothing is sent at all.
   */
  play(source: { tone: number } | { wav: string } | 'echo' | 'silence'): void;
  /** Sends nothing and ignores what arrives, while ICE stays as it is (one-way faults). */
  block(direction: 'to-browser' | 'from-browser' | 'both' | 'none'): void;
  /** Spoils the sound sent to the browser: part of the packets that is lost, and longest extra delay. */
  impair?(impairment: { readonly loss?: number; readonly jitterMs?: number }): void;
  /**
   * Loses every packet both ways, ICE's too, until the browser offers anew (ICE restart, re-attach): the browser sees
   * `disconnected` after about 5 s and `failed` after about 18 s.
   */
  vanish?(): void;
  /** What is heard now: strongest frequency in hertz and level 0..1 over the last `windowMs`. */
  heard(windowMs?: number): {
    readonly frequency: number;
    readonly level: number;
    readonly packets: number;
  };
  /** Keeps what is heard and gives it as 8 kHz mono PCM. */
  recording(): Int16Array;
  /** RTP packets received so far. */
  readonly packetsReceived: number;
  /** Whether DTLS is up. */
  readonly connected: boolean;
  /** Frees everything. Idempotent. */
  close(): Promise<void>;
}

/** Makes a media peer; given to each gateway. */
export type MediaPeerFactory = () => MediaPeer;

/** Faults of a gateway, to be set at any time; they hold until changed. */
export interface GatewayFaults {
  /** TCP: `refuse` closes the port, `black-hole` accepts nothing and never answers SYN-ACK data, `reset` resets after accept. */
  tcp: 'ok' | 'refuse' | 'reset' | 'black-hole';
  /** HTTP upgrade: `hold` never answers it, a number answers with that status. */
  upgrade: 'ok' | 'hold' | number;
  /** Login: `silent` never answers, `reject` refuses the token, `drop` closes the socket instead of answering. */
  login: 'ok' | 'silent' | 'reject' | 'drop';
  /**
   * INVITE: `swallow` ignores it, `stall` takes it and does nothing with it, so that a hang-up is confirmed where the carrier confirms
   * them, `error` refuses it, `late` answers the request after everything else, `drop` closes the socket on it.
   */
  invite: 'ok' | 'swallow' | 'stall' | 'error' | 'late' | 'drop' | 'drop-after-placing';
  /** BYE / hangup from the browser: `swallow` ignores it (the phone keeps ringing or talking). */
  bye: 'ok' | 'swallow';
  /** Progress: `swallow` never tells of ringing. */
  ringing: 'ok' | 'swallow';
  /** Answer: `swallow` never tells of the answer. */
  answer: 'ok' | 'swallow';
  /** After a lost socket the browser may come back to its calls. */
  reattach: 'ok' | 'never' | 'list-only';
  /**
   * One-way delay of each signalling message, both directions, in milliseconds (RTT = twice this). Order is kept. It also
   * delays the WebSocket's handshake.
   */
  delayMs: number;
}

/** What every gateway of the lab offers. */
export interface Gateway {
  /** Which carrier it plays. */
  readonly carrier: Carrier;
  /** Faults, live. `resetFaults()` puts all back to `ok` and 0. */
  readonly faults: GatewayFaults;
  /** Puts every fault back. */
  resetFaults(): void;
  /**
   * Closes every open socket now, calls in the network stay as they are.
   * @param code - of the close frame; left out: cut without one, which browsers call 1006
   */
  dropSockets(code?: number): void;
  /** Open sockets. */
  readonly openSockets: number;
  /** INVITEs that arrived so far: what left the browser. All `atMs` of the lab are those of `labNow()`: epoch milliseconds. */
  readonly invites: readonly {
    readonly atMs: number;
    readonly to: string;
    readonly params: Readonly<Record<string, string>>;
  }[];
  /** Logins that arrived so far, with the token. */
  readonly logins: readonly { readonly atMs: number; readonly token: string }[];
  /** Every frame, for timelines and debugging. */
  readonly frames: readonly {
    readonly atMs: number;
    readonly from: 'browser' | 'gateway';
    readonly text: string;
  }[];
  /** Stops everything. */
  close(): Promise<void>;
}
