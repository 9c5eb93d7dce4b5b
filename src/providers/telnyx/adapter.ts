import { DialerError } from '../../errors/dialer-error.js';
import { openSession } from '../open-session.js';
import type { Provider } from '../provider.js';
import { resolveSdk } from '../resolve-sdk.js';
import type { TelnyxSettings } from './options.js';
import type { TelnyxSession } from './session.js';
import type { TelnyxClientClass } from './vendor.js';

const HOST = 'rtc.telnyx.com';

/** Makes the provider, with the SDK from wherever it is to come. */
export function createTelnyx(settings: TelnyxSettings): Provider {
  const { region, sdk, sdkOptions } = settings;
  const route = settings.route ?? (region ? `telnyx/${region}` : 'telnyx');
  // What runs a session is a file of its own, fetched beside the SDK: a page that only offers a call does not pay for it.
  const loadCode = () =>
    Promise.all([
      resolveSdk<TelnyxClientClass>(sdk, 'TelnyxRTC', route),
      resolveSdk<typeof TelnyxSession>(() => import('./session.js'), 'TelnyxSession', route),
    ]);
  return {
    id: 'telnyx',
    route,
    token: 'required',
    capabilities: {
      hold: 'native',
      digits: 'signalling',
      ringing: true,
      callerId: true,
      reattach: true,
      acknowledges: true,
      confirmsHangup: true,
    },
    // Reconnection is kept in storage keys of fixed names: two clients of one tab take up each other's session.
    singleSession: true,
    origins: originsOf(sdkOptions?.['host'], region),
    unsupported() {
      if (typeof RTCPeerConnection === 'undefined') {
        return new DialerError('support/no-webrtc', { route });
      }
      return hasSessionStorage()
        ? undefined
        : new DialerError('provider/unsupported', { route, detail: 'sessionStorage is blocked' });
    },
    async load() {
      await loadCode();
    },
    open: (context) =>
      openSession(
        context,
        loadCode,
        ([Client, Session], { token }, inner) =>
          new Session({ Client, token, context: inner, route, options: settings }),
      ),
  };
}

/** The socket's origin, and the one that takes call reports when vendor telemetry is on. */
function originsOf(host: unknown, region: string | undefined): readonly string[] {
  const given = typeof host === 'string' ? host : region ? `${region}.${HOST}` : HOST;
  const { protocol, host: name } = new URL(given.includes('://') ? given : `wss://${given}`);
  return [`${protocol}//${name}`, `${protocol.replace('ws', 'http')}//${name}`];
}

/** In a sandboxed frame the property itself throws, and so would the vendor, where nobody can catch it. */
function hasSessionStorage(): boolean {
  try {
    return typeof sessionStorage === 'object';
  } catch {
    return false;
  }
}
