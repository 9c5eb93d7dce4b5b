/**
 * As much of JsSIP 3.13 as is used. These types are our own: the library's need types of packages that it does not bring,
 * and would reach those who did not install it.
 */
export interface JsSipClass {
  new (configuration: Readonly<Record<string, unknown>>): JsSipAgent;
}

/** The library's user agent: one account with its transactions and calls. */
export interface JsSipAgent {
  /** Its hold on our socket. */
  readonly transport: {
    /** Calls `connect()` of the socket; does nothing while it is connected. */
    connect(): void;
    /** Ends all transactions and calls `disconnect()` of the socket. */
    disconnect(): void;
  };
  start(): void;
  /** Sends a REGISTER, unless one is under way. */
  register(): void;
  /** Sends a REGISTER that takes the registration back. */
  unregister(): void;
  /** Sends an INVITE, when the candidates are there. Throws for a target that is none. */
  call(target: string, options: Readonly<Record<string, unknown>>): JsSipSession;
  /** Sends an OPTIONS. */
  sendOptions(target: string): unknown;
  /** Changes the login. */
  set(name: 'password' | 'authorization_user' | 'authorization_jwt', value: string): boolean;
  on(event: 'connected' | 'registered' | 'unregistered', handle: () => void): unknown;
  on(
    event: 'registrationFailed',
    handle: (failure: { readonly response: SipMessage | null }) => void,
  ): unknown;
  on(
    event: 'newTransaction',
    handle: (event: { readonly transaction: JsSipTransaction }) => void,
  ): unknown;
  on(event: 'newRTCSession', handle: (event: NewSession) => void): unknown;
  removeAllListeners(): unknown;
}

/** A call that came or was made. */
export interface NewSession {
  readonly originator: 'local' | 'remote';
  readonly session: JsSipSession;
  readonly request: SipMessage;
}

/** One call of the library. */
export interface JsSipSession {
  /** CANCEL, BYE or a rejection, by its state; frees the peer connection. The library itself calls it at every trouble. */
  terminate(options?: { readonly cause?: string; readonly status_code?: number }): void;
  answer(options: Readonly<Record<string, unknown>>): void;
  /** Sends a re-INVITE; false when it can not now. */
  renegotiate(options: Readonly<Record<string, unknown>>, done: () => void): boolean;
  /** Sends a request in the dialog. */
  sendRequest(method: 'BYE' | 'INFO', options: InDialogRequest): void;
  /** Sends a REFER and takes its NOTIFYs; false when it can not now. */
  refer(target: string, options: Readonly<Record<string, unknown>>): unknown;
  /** Switches the tracks on and off after hold, mute and their ends: tracks that are ours. Private. */
  _toggleMuteAudio(mute: boolean): void;
  on(event: string, handle: (event: SessionEvents) => void): unknown;
}

/** Options of `sendRequest`. */
export interface InDialogRequest {
  readonly extraHeaders?: readonly string[];
  readonly body?: string;
  readonly eventHandlers?: {
    readonly onSuccessResponse?: (response: SipMessage) => void;
    readonly onErrorResponse?: (response: SipMessage) => void;
    /** 408 or 481. */
    readonly onDialogError?: (response?: SipMessage) => void;
    readonly onTransportError?: () => void;
    readonly onRequestTimeout?: () => void;
  };
}

/** What the events of a call carry, whichever it is. */
export interface SessionEvents {
  readonly originator: 'local' | 'remote' | 'system';
  /** Of `peerconnection`. */
  readonly peerconnection: RTCPeerConnection;
  /** Of `sending`. */
  readonly request: SipMessage;
  /** Of `progress` and `accepted`; null for a call that came in. */
  readonly response: SipMessage | null;
  /** Of `failed` and `ended`: the final response, or the request that ended it. */
  readonly message: SipMessage | null;
  /** Of `newInfo`. */
  readonly info: { readonly contentType?: string; readonly body?: string };
}

/** A request or a response. */
export interface SipMessage {
  readonly call_id: string;
  /** Only of responses. */
  readonly status_code?: number;
  readonly body?: string | null;
  readonly headers: Readonly<Record<string, readonly { readonly raw: string }[]>>;
  readonly from: { readonly uri: { readonly user?: string } };
  readonly to: { readonly uri: { readonly user?: string } };
  getHeader(name: string): string | undefined;
  getHeaders(name: string): readonly string[];
}

/** A client transaction (RFC 3261 17.1). */
export interface JsSipTransaction {
  /** `ict` is an INVITE of ours, `ist` one of the far side. */
  readonly type: string;
  readonly request: SipMessage;
  readonly state: number;
  /** Sends CANCEL if a provisional response has come; does nothing otherwise. */
  cancel(reason?: string): void;
  /** The socket is lost: ends the transaction, so that its answers are not known any more. */
  onTransportError(): void;
  on(event: 'stateChanged', handle: () => void): unknown;
}

/** State of a {@link JsSipTransaction} after its first provisional response. */
export const PROCEEDING = 2;

/** State of a {@link JsSipTransaction} that is over. */
export const TERMINATED = 6;

/** What the library asks of a socket, and where it listens. */
export interface JsSipSocket {
  readonly via_transport: string;
  readonly url: string;
  readonly sip_uri: string;
  onconnect: () => void;
  ondisconnect: (error: boolean, code: number, reason: string) => void;
  ondata: (data: unknown) => void;
  connect(): void;
  disconnect(): void;
  /** False when it could not be written. */
  send(message: string): boolean;
}
