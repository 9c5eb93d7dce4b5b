import { preferredCodecs } from '../codec-order.js';
import type { LegRequest, ProviderContext } from '../provider.js';
import type { TelnyxOptions } from './options.js';

/** Retries of a lost socket, after about 1, 2, 4 and 8 s. 0 would be without end. */
const RECONNECTS = 4;

/** Options of the vendor's client for one session. */
export function clientOptions(
  token: string,
  context: ProviderContext,
  { region, trickleIce = true, sdkOptions }: TelnyxOptions,
): Readonly<Record<string, unknown>> {
  return {
    login_token: token,
    trickleIce,
    maxReconnectAttempts: RECONNECTS,
    // With it a click on a `mailto:` link would end the call: `beforeunload` fires, and the page stays.
    hangupOnBeforeUnload: false,
    forceRelayCandidate: context.relayOnly,
    enableCallReports: context.vendorTelemetry,
    // Otherwise the reports carry numbers, SDP and credentials.
    debugLogLevel: 'error',
    ...(region && { region }),
    ...(context.iceServers.length > 0 && { iceServers: context.iceServers }),
    ...sdkOptions,
  };
}

/** Options of the vendor's call. */
export function callOptions(
  id: string,
  request: LegRequest,
  codecs: readonly string[],
  clientState: TelnyxOptions['clientState'],
): Readonly<Record<string, unknown>> {
  const { to, from, params, stream, iceServers } = request;
  return {
    id,
    destinationNumber: to,
    ...(from && { callerNumber: from }),
    customHeaders: Object.entries(params).map(([name, value]) => ({ name: `X-${name}`, value })),
    ...(clientState && { clientState: base64(clientState(request)) }),
    // Without a stream the vendor would open the microphone itself.
    localStream: stream ?? new MediaStream(),
    negotiateAudio: true,
    preferred_codecs: preferredCodecs(codecs),
    ...(iceServers.length > 0 && { iceServers }),
  };
}

/** One server of each kind: more do not find more ways, and each is asked. */
export function shortIceServers(all: readonly RTCIceServer[]): readonly RTCIceServer[] {
  const schemes = new Set<string>();
  return all.filter(({ urls }) => {
    const scheme = String(urls).split(':', 1)[0] ?? '';
    if (schemes.has(scheme)) return false;
    schemes.add(scheme);
    return true;
  });
}

/** Base64 of the text's UTF-8 (`btoa` alone knows Latin-1 only). */
function base64(text: string): string {
  return btoa(String.fromCodePoint(...new TextEncoder().encode(text)));
}
