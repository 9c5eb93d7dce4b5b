import type { RouteId } from '../../core/ids.js';
import { abortedError } from '../../core/wait.js';
import { DialerError } from '../../errors/dialer-error.js';
import type { Provider } from '../provider.js';
import { resolveSdk } from '../resolve-sdk.js';
import type { TwilioOptions } from './options.js';
import type { DeviceClass } from './vendor.js';

/**
 * The Twilio provider on top of an SDK that the caller supplies.
 */
export function createTwilio(options: TwilioOptions & { readonly sdk: () => unknown }): Provider {
  const { sdk, edge = 'roaming', serverHold } = options;
  const route = options.route ?? (options.edge === undefined ? 'twilio' : `twilio/${options.edge}`);
  const load = () =>
    Promise.all([resolveSdk<DeviceClass>(sdk, 'Device', route), loadSession(route)]);
  return {
    id: 'twilio',
    route,
    token: 'required',
    capabilities: {
      hold: serverHold ? 'server' : false,
      digits: 'rtp',
      ringing: true,
      reattach: true,
    },
    origins: [`wss://voice-js.${edge}.twilio.com`],
    unsupported() {
      if (typeof RTCPeerConnection === 'undefined') {
        return new DialerError('support/no-webrtc', { route });
      }
      return lacksCodecOrder() ? new DialerError('provider/unsupported', { route }) : undefined;
    },
    async load() {
      await load();
    },
    async open(context) {
      const [[Device, { TwilioSession }], { token }] = await Promise.all([
        load(),
        context.getToken(),
      ]);
      if (context.signal.aborted) throw abortedError(context.signal);
      return TwilioSession.open(Device, token, { options, route, context });
    },
  };
}

/** What runs the SDK is of no use without it, so it is fetched beside it. */
async function loadSession(route: RouteId): Promise<typeof import('./session.js')> {
  try {
    return await import('./session.js');
  } catch (cause) {
    throw new DialerError('provider/sdk-not-loaded', { cause, route });
  }
}

/** The SDK calls `setCodecPreferences` without asking whether it is there, as it is not in Firefox before 128. */
function lacksCodecOrder(): boolean {
  return (
    typeof RTCRtpTransceiver !== 'undefined' &&
    !('setCodecPreferences' in RTCRtpTransceiver.prototype)
  );
}
