import type { Clock } from '../core/environment.js';

/** How often the statistics are read until sound flows, milliseconds. */
const POLL_MS = 100;

/** Events after which the state is read. */
const CHANGES = [
  'signalingstatechange',
  'iceconnectionstatechange',
  'connectionstatechange',
] as const;

/** The steps until sound flows, in their order. */
export type MediaStep =
  | 'offer'
  | 'ice-first-candidate'
  | 'ice-connected'
  | 'dtls-connected'
  | 'first-packet';

/**
 * Watches a peer connection until packets arrive over a secure path, and tells each step once. `first-packet` is told
 * last, and only when DTLS is up: from then on sound flows.
 * @returns The function that stops watching.
 */
export function watchMedia(
  connection: RTCPeerConnection,
  clock: Clock,
  onStep: (step: MediaStep) => void,
): () => void {
  const told = new Set<MediaStep>();
  let stopped = false;
  let stopTimer: () => void = () => undefined;

  const tell = (step: MediaStep) => {
    if (stopped || told.has(step)) return;
    told.add(step);
    onStep(step);
  };
  const readState = () => {
    if (connection.localDescription) tell('offer');
    if (/^(connected|completed)$/.test(connection.iceConnectionState)) tell('ice-connected');
    if (connection.connectionState === 'connected') tell('dtls-connected');
  };
  const onCandidate = ({ candidate }: RTCPeerConnectionIceEvent) => {
    if (candidate) tell('ice-first-candidate');
  };
  const stop = () => {
    stopped = true;
    stopTimer();
    connection.removeEventListener('icecandidate', onCandidate);
    for (const type of CHANGES) connection.removeEventListener(type, readState);
  };
  const poll = async () => {
    readState();
    if (told.has('dtls-connected') && (await receivesPackets(connection))) {
      tell('first-packet');
      stop();
    }
    if (!stopped) stopTimer = clock.setTimer(() => void poll(), POLL_MS);
  };

  connection.addEventListener('icecandidate', onCandidate);
  for (const type of CHANGES) connection.addEventListener(type, readState);
  void poll();
  return stop;
}

async function receivesPackets(connection: RTCPeerConnection): Promise<boolean> {
  try {
    const report = await connection.getStats();
    let received = 0;
    report.forEach((entry: RTCStats) => {
      if (entry.type === 'inbound-rtp')
        received += (entry as RTCInboundRtpStreamStats).packetsReceived ?? 0;
    });
    return received > 0;
  } catch {
    // A connection that was closed meanwhile has no statistics.
    return false;
  }
}
