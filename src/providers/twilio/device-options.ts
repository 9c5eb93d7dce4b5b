import type { ProviderContext } from '../provider.js';
import { type ConnectionOwner, watchedPeerConnection } from './leg-connection.js';
import type { TwilioOptions } from './options.js';
import type { DeviceOptions, VendorSound } from './vendor.js';

/** The call for which the SDK asks for microphone and peer connection: the one that is being dialled. */
export interface DeviceSeams {
  /** Its microphone; rejects when no call waits for one. */
  readonly openMicrophone: () => Promise<MediaStream>;
  /** Itself. */
  readonly owner: () => ConnectionOwner | undefined;
}

/** How long the SDK tries to come back to the edge of a running call, as the Dialer waits by default. */
const RECONNECT_MS = 20_000;

const DIGIT_SOUNDS = [...'0123456789sh'].map((digit) => `dtmf${digit}`);

/** The options for the vendor's `new Device()`. */
export function deviceOptions(
  { edge, sdkOptions }: Pick<TwilioOptions, 'edge' | 'sdkOptions'>,
  { codecs, maxBitrateKbps, vendorTelemetry }: ProviderContext,
  { openMicrophone, owner }: DeviceSeams,
): DeviceOptions {
  return {
    ...(edge !== undefined && { edge }),
    // Else it is PCMU first.
    codecPreferences: codecs,
    maxAverageBitrate: maxBitrateKbps * 1_000,
    maxCallSignalingTimeoutMs: RECONNECT_MS,
    // Else a busy callee and a broken gateway are both 31005.
    enableImprovedSignalingErrorPrecision: true,
    // `tokenWillExpire` then comes at once after each `connected` frame: the only public sign of a login that needs no
    // registration, and no timer of the SDK waits for the token's end, which destroy() would not clear.
    tokenRefreshMs: Number.MAX_SAFE_INTEGER,
    logLevel: 'silent',
    publishEvents: vendorTelemetry,
    Sound: NoSound,
    // With a sound of the application's the SDK does not beep for a digit.
    sounds: Object.fromEntries(DIGIT_SOUNDS.map((name) => [name, 'data:,'])),
    // An SDK that knows no devices never opens the microphone behind our back, when the list changes or comes late.
    enumerateDevices: async () => [],
    getUserMedia: openMicrophone,
    ...(typeof RTCPeerConnection !== 'undefined' && {
      RTCPeerConnection: watchedPeerConnection(
        {
          PeerConnection: RTCPeerConnection,
          canChooseSpeaker:
            typeof HTMLMediaElement !== 'undefined' && 'setSinkId' in HTMLMediaElement.prototype,
        },
        owner,
      ),
    }),
    ...sdkOptions,
  };
}

/** Instead of the SDK's sounds: it would download 15 of them from another host for each Device. */
class NoSound implements VendorSound {
  async play(): Promise<void> {}
  stop(): void {}
  setSinkIds(): void {}
}
