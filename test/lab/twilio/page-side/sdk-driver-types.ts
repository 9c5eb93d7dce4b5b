import type { Device } from '@twilio/voice-sdk';

/** One thing that the SDK said. */
export interface SdkEvent {
  /** The lab's time. */
  readonly atMs: number;
  /** The vendor's event name; `call-error` and `device-error` for `error`, `connect-resolved` and the like for promises. */
  readonly name: string;
  /** Codes and other plain values. */
  readonly detail: Readonly<Record<string, string | number | boolean>>;
}

/** SDK options, with the untyped ones that the lab needs. */
export type SdkOptions = Device.Options & {
  readonly chunderw?: string | readonly string[];
  readonly publishEvents?: boolean;
};

/** Drives the vendor's SDK in the page; one device and its newest call. */
export interface TwilioDriver {
  readonly events: readonly SdkEvent[];
  create(token: string, options: SdkOptions): void;
  register(): void;
  connect(params: Record<string, string>): void;
  accept(): void;
  disconnect(): void;
  disconnectAll(): void;
  destroy(): void;
  sendDigits(digits: string): void;
  sendMessage(content: string): void;
  /** Whether the SDK has listed the devices, with ids. */
  knowsDevices(): boolean;
  /** Whether the SDK holds an input device as if the user had chosen it. */
  inputDeviceChosen(): boolean;
  unsetInputDevice(): Promise<void> | undefined;
  updateToken(token: string): void;
  callState(): string;
  deviceState(): string;
}

declare global {
  /** Put there by the tests of the Twilio gateway. */
  var twilioDriver: TwilioDriver;
}
