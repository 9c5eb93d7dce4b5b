/**
 * The parts of `@twilio/voice-sdk` 2.18 that are used, as this package sees them: applications without the vendor's
 * package must be able to compile against our types. Public and documented there, except where a comment says otherwise.
 */

/** `TwilioError`, and the frames of the gateway that it carries as `originalError`. */
export interface VendorError {
  readonly code?: unknown;
  readonly originalError?: unknown;
}

/** What the SDK asks `new` for in place of the browser's own class. */
export type PeerConnectionClass = new (configuration?: RTCConfiguration) => RTCPeerConnection;

/** `Device.Options`, as far as they are set here. */
export interface DeviceOptions {
  readonly edge?: string;
  readonly codecPreferences: readonly string[];
  readonly maxAverageBitrate: number;
  readonly maxCallSignalingTimeoutMs: number;
  readonly enableImprovedSignalingErrorPrecision: boolean;
  readonly tokenRefreshMs: number;
  readonly logLevel: string;
  readonly sounds: Readonly<Record<string, string>>;
  readonly enumerateDevices: () => Promise<readonly MediaDeviceInfo[]>;
  readonly getUserMedia: () => Promise<MediaStream>;
  readonly RTCPeerConnection?: PeerConnectionClass;
  /** Undocumented: false turns the reports to Twilio's insights off. */
  readonly publishEvents: boolean;
  /** Undocumented: replaces the class that downloads and plays the SDK's 15 sounds. */
  readonly Sound: new () => VendorSound;
}

/** What the SDK calls on its sounds. */
export interface VendorSound {
  play(): Promise<void>;
  stop(): void;
  setSinkIds(ids: unknown): void;
}

/** `Device.ConnectOptions`. */
export interface ConnectOptions {
  readonly params: Readonly<Record<string, string>>;
  readonly rtcConfiguration?: RTCConfiguration;
  readonly [more: string]: unknown;
}

/** `Device`. */
export interface VendorDevice {
  readonly state: string;
  /** Where the socket is logged in; null while it is not. */
  readonly edge: string | null;
  readonly audio: {
    readonly inputDevice: unknown;
    incoming(on: boolean): unknown;
    outgoing(on: boolean): unknown;
    disconnect(on: boolean): unknown;
    unsetInputDevice(): Promise<void>;
  } | null;
  on<Name extends keyof DeviceEvents>(
    name: Name,
    listener: (...args: DeviceEvents[Name]) => void,
  ): unknown;
  register(): Promise<void>;
  connect(options: ConnectOptions): Promise<VendorCall>;
  updateToken(token: string): void;
  destroy(): void;
}

/** Events of a {@link VendorDevice}. */
export interface DeviceEvents {
  readonly registered: readonly [];
  readonly unregistered: readonly [];
  readonly destroyed: readonly [];
  readonly tokenWillExpire: readonly unknown[];
  readonly incoming: readonly [call: Pick<VendorCall, 'ignore'>];
  readonly error: readonly [error: VendorError, ...more: unknown[]];
}

/** `Call`. */
export interface VendorCall {
  readonly parameters: Readonly<Partial<Record<string, string>>>;
  status(): string;
  on<Name extends keyof CallEvents>(
    name: Name,
    listener: (...args: CallEvents[Name]) => void,
  ): unknown;
  removeListener<Name extends keyof CallEvents>(
    name: Name,
    listener: (...args: CallEvents[Name]) => void,
  ): unknown;
  disconnect(): void;
  ignore(): void;
  mute(muted: boolean): void;
  sendDigits(digits: string): void;
}

/** Events of a {@link VendorCall}. */
export interface CallEvents {
  readonly ringing: readonly [hasEarlyMedia: boolean];
  readonly accept: readonly unknown[];
  readonly audio: readonly [element: { muted: boolean }];
  readonly reconnecting: readonly [error: VendorError];
  readonly reconnected: readonly [];
  readonly disconnect: readonly unknown[];
  readonly error: readonly [error: VendorError];
  /** Undocumented: the socket is gone. It comes before the status changes. */
  readonly transportClose: readonly [];
}

/** The export of the vendor's module that is used. */
export type DeviceClass = new (token: string, options: DeviceOptions) => VendorDevice;
