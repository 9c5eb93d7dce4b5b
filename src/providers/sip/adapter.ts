import { DialerError } from '../../errors/dialer-error.js';
import { openSession } from '../open-session.js';
import type { Provider } from '../provider.js';
import { resolveSdk } from '../resolve-sdk.js';
import type { SipServer, SipSettings } from './options.js';
import type { SipSession } from './session.js';
import type { JsSipClass } from './vendor.js';

/** Makes the provider, with the library from wherever it is to come. */
export function createSip(settings: SipSettings): Provider {
  const { route = 'sip', sdk, digits = 'rtp', register = true } = settings;
  const servers = addressesOf(settings);
  // What runs a session is a file of its own, fetched beside the library.
  const loadCode = () =>
    Promise.all([
      resolveSdk<JsSipClass>(sdk, 'UA', route),
      resolveSdk<typeof SipSession>(() => import('./session.js'), 'SipSession', route),
    ]);
  return {
    id: 'sip',
    route,
    token: 'required',
    capabilities: {
      hold: 'native',
      digits,
      transfer: true,
      inbound: register,
      ringing: true,
      callerId: true,
      reattach: true,
      acknowledges: true,
      confirmsHangup: true,
    },
    origins: [...new Set(servers.map((url) => url.match(/^wss?:\/\/[^/]+/)?.[0] ?? url))],
    unsupported: () =>
      typeof RTCPeerConnection === 'undefined'
        ? new DialerError('support/no-webrtc', { route })
        : undefined,
    async load() {
      await loadCode();
    },
    open: (context) =>
      openSession(
        context,
        loadCode,
        ([Agent, Session], grant, inner) =>
          new Session({ Agent, grant, context: inner, route, options: settings, servers }),
      ),
  };
}

/** The addresses of the servers, the preferred ones first. */
function addressesOf({ server, domain }: SipSettings): readonly string[] {
  const given = (Array.isArray(server) ? server : [server]) as readonly (
    | string
    | URL
    | SipServer
  )[];
  const servers = given.map((one) => (isServer(one) ? one : { url: one }));
  const urls = servers
    .sort((one, other) => (other.weight ?? 0) - (one.weight ?? 0))
    .map(({ url }) => String(url));
  if (!domain || urls.length === 0 || !urls.every((url) => /^wss?:\/\/[^/]/i.test(url))) {
    const detail = "sip() needs server: 'wss://…' and domain: 'sip.example.com'";
    throw new DialerError('config/invalid-option', { detail });
  }
  return urls;
}

const isServer = (one: string | URL | SipServer): one is SipServer =>
  typeof one === 'object' && 'url' in one;
