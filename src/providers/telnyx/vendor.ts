/** The vendor's client class. */
export interface TelnyxClientClass {
  new (options: Readonly<Record<string, unknown>>): TelnyxClient;
  readonly prototype: {
    /** The logger of all clients of the page; a getter that works without a client. */
    readonly __logger?: { setLevel?(level: 'silent', persist: boolean): void } | undefined;
  };
}

/**
 * As much of the vendor's client as is used. These types are our own: the vendor's need `skipLibCheck`, name less than
 * the code has, and would reach those who did not install it.
 */
export interface TelnyxClient {
  /** Whether its socket is open; says nothing about the login. */
  readonly connected: boolean;
  /** Its socket; `isAlive` while it is open or opens. */
  readonly connection?: { readonly isAlive: boolean } | null;
  /** The session at the gateway, `''` before the login. */
  readonly sessionid: string;
  /** What it was made with; read again at each login. */
  readonly options: { login_token?: string };
  /** Its call objects by call id. */
  readonly calls: Readonly<Record<string, TelnyxCall | null>>;
  /** ICE servers of calls that name none. */
  iceServers: readonly RTCIceServer[];
  connect(): Promise<void>;
  /** Waits for uploads before it closes the socket. */
  disconnect(): Promise<void>;
  /** Closes the socket now. */
  socketDisconnect(): void;
  /** Logs in on the open socket. Without a socket nothing happens and nothing is called. */
  login(options?: TelnyxLogin): Promise<void>;
  /** Forgets what would make the next login continue this session. */
  clearReconnectToken(): void;
  /** Sends a request and gives the gateway's answer. Without a socket it never settles. */
  execute(message: TelnyxRequest): Promise<unknown>;
  newCall(options: Readonly<Record<string, unknown>>): TelnyxCall;
  on(event: string, handler: (payload: never) => void): unknown;
  /** Without a handler: all of this event. */
  off(event: string, handler?: (payload: never) => void): unknown;
}

/** What {@link TelnyxClient.login} takes. */
export interface TelnyxLogin {
  readonly creds?: { readonly login_token: string };
  readonly onSuccess?: () => void;
  readonly onError?: (error: unknown) => void;
}

/** A JSON-RPC request as {@link TelnyxClient.execute} wants it. */
export interface TelnyxRequest {
  readonly request: {
    readonly jsonrpc: '2.0';
    readonly id: string;
    readonly method: string;
    readonly params: Readonly<Record<string, unknown>>;
  };
}

/** As much of the vendor's call object as is used. After a re-attachment another object has the same id. */
export interface TelnyxCall {
  readonly id: string;
  /** `new`, `requesting`, `trying`, `recovering`, `early`, `active`, `held`, `hangup`, `destroy`, `purge`. May go back. */
  readonly state: string;
  /** Live: the vendor reads them when it needs them. */
  readonly options: {
    /** What it sends, opens a microphone for when it is missing, and stops in the end. */
    localStream?: MediaStream | undefined;
    /** Sets `enabled` of all tracks when the peer connection is made. */
    applyDesiredAudioMuteState?: (() => void) | undefined;
    readonly [name: string]: unknown;
  };
  readonly peer?: { readonly instance?: RTCPeerConnection | null } | null | undefined;
  /** `tell` false: closes this end only. */
  hangup(parameters: object, tell: boolean): Promise<void>;
  /** Resolves with false when it failed. */
  hold(): Promise<unknown>;
  /** Resolves with false when it failed. */
  unhold(): Promise<unknown>;
}

/** A request of the gateway's own, as `telnyx.socket.message` hands it out. */
export interface TelnyxFrame {
  readonly method?: string | undefined;
  readonly params?: TelnyxFrameParams | undefined;
}

/** Parameters that are looked at. */
export interface TelnyxFrameParams {
  readonly callID?: string | undefined;
  /** Of `clientReady`: the calls that the gateway still has. */
  readonly reattached_sessions?: readonly string[] | undefined;
  readonly telnyx_call_control_id?: string | undefined;
  readonly telnyx_leg_id?: string | undefined;
  /** Of `bye`: a name such as `USER_BUSY`. */
  readonly cause?: string | undefined;
  /** Of `bye`: the Q.850 cause, or a number of the gateway's own from 128 on. */
  readonly causeCode?: number | undefined;
  /** Of `bye`: SIP response code. */
  readonly sipCode?: number | undefined;
  /** Of `bye`: reason phrase, may hold one of Telnyx's codes such as `D35`. */
  readonly sipReason?: string | undefined;
}

/** Payload of `telnyx.error`. */
export interface TelnyxErrorEvent {
  readonly error?: { readonly code?: number; readonly name?: string } | undefined;
  readonly callId?: string | undefined;
}

/** Payload of `telnyx.warning`. */
export interface TelnyxWarningEvent {
  readonly warning?: { readonly code?: number; readonly name?: string } | undefined;
}

/** Payload of `telnyx.notification`. */
export interface TelnyxNotification {
  readonly type?: string | undefined;
  readonly call?: TelnyxCall | undefined;
}
