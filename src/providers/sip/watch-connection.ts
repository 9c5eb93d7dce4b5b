import { preferredCodecs } from '../codec-order.js';
import { shortenGathering } from './gathering.js';
import type { LegLine } from './leg-line.js';

/** Whose connection it is. */
export interface ConnectionOwner {
  /** Whether the call is answered. */
  readonly answered: boolean;
  /** A candidate that came after the offer had left; `null`: that was all. */
  late(candidate: RTCIceCandidate | null): void;
  /** The far side's sound. */
  heard(stream: MediaStream): void;
  /** No sound comes through any more, and the server can be asked for another way. */
  broken(): void;
}

/** Listens to a call's peer connection. */
export function watchConnection(
  connection: RTCPeerConnection,
  line: LegLine,
  owner: ConnectionOwner,
): void {
  const { iceServers = [], iceTransportPolicy } = connection.getConfiguration();
  const isBest = ({ type }: RTCIceCandidate) =>
    iceTransportPolicy === 'relay' ? type === 'relay' : !iceServers[0] || type !== 'host';
  shortenGathering(connection, {
    clock: line.clock,
    limitMs: line.iceGatheringMs,
    // A restart goes with the first: until it is answered the browser tries its new candidates with the old password.
    isEnough: (candidate) => owner.answered || isBest(candidate),
    late: (candidate) => owner.late(candidate),
  });
  connection.addEventListener('track', ({ streams, track }) =>
    owner.heard(streams[0] ?? new MediaStream([track])),
  );
  const isBroken = () =>
    owner.answered && /^(disconnected|failed)$/.test(connection.connectionState);
  connection.addEventListener('connectionstatechange', () => {
    // A request to a dead socket would be lost. When the socket is opened again, the restart follows by itself.
    if (isBroken()) line.check(() => isBroken() && owner.broken());
  });
}

/** Puts the codecs in order before the offer is made; a call that only listens has a sender all the same. */
export function orderCodecs(
  connection: RTCPeerConnection | undefined,
  codecs: readonly string[],
): void {
  const transceiver = connection?.getTransceivers()[0] ?? connection?.addTransceiver('audio');
  // One that came in would be agreed without it.
  if (transceiver) transceiver.direction = 'sendrecv';
  transceiver?.setCodecPreferences?.(preferredCodecs(codecs));
}
