/** Runs in the page: the vendor's unmodified SDK, with everything that it says written down. */
import { type Call, Device } from '@twilio/voice-sdk';
import type { SdkEvent, TwilioDriver } from './sdk-driver-types.js';

const events: SdkEvent[] = [];
let device: Device | undefined;
let call: Call | undefined;

function note(name: string, detail: SdkEvent['detail'] = {}): void {
  events.push({ atMs: performance.timeOrigin + performance.now(), name, detail });
}

interface VendorError {
  readonly code?: number;
  readonly originalError?: { readonly code?: number };
}

function codes(error: VendorError | undefined): SdkEvent['detail'] {
  return { code: error?.code ?? 0, originalCode: error?.originalError?.code ?? 0 };
}

function watch(watched: Call): void {
  watched.on('ringing', (hasEarlyMedia: boolean) => note('ringing', { hasEarlyMedia }));
  watched.on('error', (error: VendorError) => note('call-error', codes(error)));
  watched.on('reconnecting', (error: VendorError) => note('reconnecting', codes(error)));
  watched.on('messageReceived', (message: { content: unknown }) =>
    note('messageReceived', { content: JSON.stringify(message.content) }),
  );
  for (const name of ['accept', 'disconnect', 'cancel', 'reconnected', 'transportClose']) {
    watched.on(name, () => note(name));
  }
  watched.on('messageSent', () => note('messageSent'));
}

const driver: TwilioDriver = {
  events,
  create(token, options) {
    const created = new Device(token, options);
    device = created;
    created.on('error', (error: VendorError) => note('device-error', codes(error)));
    created.on('tokenWillExpire', () => note('tokenWillExpire'));
    for (const name of ['registering', 'registered', 'unregistered', 'destroyed']) {
      created.on(name, () => note(name));
    }
    created.on('incoming', (incoming: Call) => {
      call = incoming;
      watch(incoming);
      note('incoming', { from: incoming.parameters['From'] ?? '' });
    });
  },
  register() {
    device?.register().then(
      () => note('register-resolved'),
      () => note('register-rejected'),
    );
  },
  connect(params) {
    device
      ?.connect({
        params,
        // Voice processing eats a steady tone.
        rtcConstraints: {
          audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false },
        },
      })
      .then(
        (made) => {
          call = made;
          watch(made);
          note('connect-resolved');
        },
        (error: unknown) => note('connect-rejected', { reason: String(error) }),
      );
  },
  accept: () => call?.accept(),
  disconnect: () => call?.disconnect(),
  disconnectAll: () => device?.disconnectAll(),
  destroy: () => device?.destroy(),
  sendDigits: (digits) => call?.sendDigits(digits),
  sendMessage: (content) => {
    call?.sendMessage({
      content: { content },
      messageType: 'user-defined-message',
      contentType: 'application/json',
    });
  },
  knowsDevices: () => device?.audio?.availableInputDevices.has('default') ?? false,
  inputDeviceChosen: () => (device?.audio?.inputDevice ?? null) !== null,
  unsetInputDevice: () => device?.audio?.unsetInputDevice(),
  updateToken: (token) => device?.updateToken(token),
  callState: () => call?.status() ?? 'none',
  deviceState: () => device?.state ?? 'none',
};

globalThis.twilioDriver = driver;
