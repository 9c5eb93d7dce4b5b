/** What was reported, by a leg or by the session, in plain values. */
export interface SaidEvent {
  readonly type: string;
  readonly error?: string;
  readonly providerCode?: string | undefined;
  readonly [more: string]: unknown;
}

/** How to open a session. */
export interface OpenChoices {
  /** `chunderw`; left out: Twilio's own address. */
  readonly host?: string;
  /** @defaultValue 'good' */
  readonly token?: string;
  /** Whether the application has a server that holds. */
  readonly serverHold?: boolean;
  readonly sdkOptions?: Readonly<Record<string, unknown>>;
  readonly vendorTelemetry?: boolean;
  readonly relayOnly?: boolean;
}

/** What to dial. */
export interface DialChoices {
  /** @defaultValue '+12025550107', which rings until told */
  readonly to?: string;
  readonly listenOnly?: boolean;
  /** Whether the person was muted before the call went out. */
  readonly muted?: boolean;
}

/** What tests reach in the page. */
export interface TwilioPage {
  readonly said: readonly SaidEvent[];
  readonly warnings: readonly string[];
  readonly holds: readonly { held: boolean; callId: string; providerCallId: string }[];
  /** Gives `'open'`, or the code of the error. */
  open(choices: OpenChoices): Promise<string>;
  abort(): void;
  dial(choices?: DialChoices): Promise<void>;
  /** Opens the microphone without dialling. */
  prepareMicrophone(muted?: boolean): Promise<void>;
  /** Dials in this very task. */
  dialNow(to: string, listenOnly?: boolean): void;
  hangup(): void;
  release(): void;
  close(): Promise<void>;
  stopMicrophone(): void;
  /** Mutes or restores the leg's tracks, as the Dialer does. */
  setMuted(muted: boolean): void;
  sendDigit(digit: string, toneMs: number): Promise<string>;
  setHeld(held: boolean): Promise<void>;
  /** A microphone with another tone, or none. */
  replaceTrack(tone: number | undefined): Promise<void>;
  updateToken(token: string): Promise<string>;
  copiesAreLive(): boolean;
  originalIsLive(): boolean;
  copiesAreEnabled(): boolean;
  /** What arrives from the far side. */
  heardHz(): Promise<number>;
  stats(): Promise<{ packetsSent: number; codec: string }>;
  nativeStatus(): string;
}

declare global {
  /** Put there by the page of these tests. */
  var twilioPage: TwilioPage;
}
