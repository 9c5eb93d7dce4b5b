import type { Environment } from '../core/environment.js';
import { DialerError } from '../errors/dialer-error.js';
import type { Finding } from './check-list.js';
import type { DiagnosticsHost } from './diagnostics-host.js';
import { inTime } from './in-time.js';
import { measureUpload } from './relay-upload.js';

/** How long ICE may look for ways, milliseconds. Calls do not wait longer either. */
const GATHER_MS = 5_000;

/** What a call wants to send and to receive, kilobits per second. */
const WANTED_KBPS = 100;

/** What ICE found. */
interface Ways {
  readonly host: boolean;
  /** A STUN server saw us. */
  readonly srflx: boolean;
  readonly relay: boolean;
  /** How relays were reached: `udp`, `tcp`, `tls`; empty where the browser does not tell. */
  readonly relayProtocols: readonly string[];
  /** A server gave no answer. */
  readonly unanswered: boolean;
}

/**
 * Looks which ways ICE finds with the Dialer's own servers, and how much passes a relay. A provider's servers are known to
 * its SDK alone, and there only in a call; so without own servers it is only seen that the browser finds an interface.
 */
export async function checkNetwork(
  { environment, iceServers, relayOnly }: DiagnosticsHost,
  signal: AbortSignal,
): Promise<Finding> {
  const { clock, network } = environment;
  if (!network.online) throw new DialerError('network/offline');
  if (typeof RTCPeerConnection === 'undefined') throw new DialerError('support/no-webrtc');
  const config = { iceServers: [...iceServers] };
  const startMs = clock.monotonicNow();
  const policy = relayOnly ? { iceTransportPolicy: 'relay' as const } : {};
  const ways = await findWays({ ...config, ...policy }, clock, signal);
  const urls = iceServers.flatMap((server) => server.urls);
  const { host, srflx, relay, relayProtocols } = ways;
  const udp = srflx || relayProtocols.includes('udp');
  const data = {
    iceServers: urls.length,
    relayOnly,
    host,
    srflx,
    relay,
    way: udp ? 'udp' : relayProtocols.length > 0 ? 'tcp' : relay ? 'relay' : 'unproven',
    gatheringMs: Math.round(clock.monotonicNow() - startMs),
  };
  const detail = obstacle(ways, urls, relayOnly);
  if (detail) {
    const status = host || srflx || relay ? 'warning' : 'failed';
    return { status, error: failed(detail), data: { ...data, bandwidth: 'not measured' } };
  }
  if (!relay) return { data: { ...data, bandwidth: 'not measured: no relay' } };
  const upload = await measureUpload(config, clock, signal);
  if (!upload) {
    const error = failed('The relay lets nothing pass.');
    const status = relayOnly ? 'failed' : 'warning';
    return { status, error, data: { ...data, bandwidth: 'nothing passed' } };
  }
  if (upload.uploadKbps >= WANTED_KBPS) return { data: { ...data, ...upload } };
  const slow = new DialerError('network/slow', {
    detail: `${upload.uploadKbps} kbit/s pass, a call wants ${WANTED_KBPS}.`,
  });
  return { status: 'warning', error: slow, data: { ...data, ...upload } };
}

const failed = (detail: string): DialerError =>
  new DialerError('media/connection-failed', { detail });

/** What is wrong with the ways that were found; `undefined` when nothing is. */
function obstacle(
  { host, srflx, relay, relayProtocols, unanswered }: Ways,
  urls: readonly string[],
  relayOnly: boolean,
): string | undefined {
  const relays = urls.filter((url) => /^turns?:/.test(url));
  if (relayOnly && relays.length === 0) return 'relayOnly is set, and iceServers has no relay.';
  if (relays.length > 0 && !relay) return 'No TURN server gave a relay.';
  if (!host && !srflx && !relay) return 'ICE found no way at all.';
  // A STUN server that answers shows in no candidate when the address is the machine's own.
  if (urls.length > 0 && !relay && !srflx && unanswered) return 'No STUN server answered.';
  const overTcp = relayProtocols.length > 0 && !relayProtocols.includes('udp');
  const byUdp = relays.some((url) => url.startsWith('turn:') && !url.includes('transport=tcp'));
  return overTcp && byUdp && !srflx ? 'UDP is blocked, sound goes over TCP.' : undefined;
}

async function findWays(
  config: RTCConfiguration,
  clock: Environment['clock'],
  signal: AbortSignal,
): Promise<Ways> {
  const types = new Set<string | null>();
  const relayProtocols = new Set<string>();
  let unanswered = false;
  const connection = new RTCPeerConnection(config);
  try {
    const complete = new Promise<void>((resolve) => {
      connection.onicecandidate = ({ candidate }) => {
        // Firefox ends with an empty candidate.
        if (candidate?.candidate) types.add(candidate.type);
        else if (!candidate) resolve();
      };
      connection.onicecandidateerror = () => {
        unanswered = true;
      };
    });
    connection.createDataChannel('');
    await connection.setLocalDescription(await connection.createOffer());
    if (!(await inTime(complete, GATHER_MS, clock, signal))) unanswered = true;
    // Chromium tells it here only, not in the candidate.
    for (const entry of (await connection.getStats()).values()) {
      const { relayProtocol } = entry as { readonly relayProtocol?: string };
      if (relayProtocol) relayProtocols.add(relayProtocol);
    }
  } finally {
    connection.close();
  }
  return {
    host: types.has('host'),
    srflx: types.has('srflx'),
    relay: types.has('relay'),
    relayProtocols: [...relayProtocols],
    unanswered,
  };
}
