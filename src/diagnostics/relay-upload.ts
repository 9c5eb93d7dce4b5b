import type { Clock } from '../core/environment.js';
import { inTime } from './in-time.js';

/** What is sent through the relay, and back to this page, bytes. At the 100 kbit/s of a call it would take 10 s. */
const TOTAL_BYTES = 131_072;
const CHUNK_BYTES = 1_024;
/** What may wait in the browser, bytes. */
const BUFFER_BYTES = 32_768;
/** How long the connection through the relay may take, milliseconds. */
const CONNECT_MS = 4_000;
/** How long is measured, milliseconds. */
const MEASURE_MS = 4_000;

/** What passed the relay. */
export interface Upload {
  /** Kilobits per second, up to the relay and down again; the slower of both ways counts. */
  readonly uploadKbps: number;
  /** Round trip to the relay, milliseconds. */
  readonly relayRttMs?: number;
}

/**
 * Sends data through a TURN relay to this very page and measures what arrives. `undefined` when nothing does.
 * @throws DialerError `state/aborted` when the signal aborts; everything is freed then.
 */
export async function measureUpload(
  config: RTCConfiguration,
  clock: Clock,
  signal: AbortSignal,
): Promise<Upload | undefined> {
  const relayed: RTCConfiguration = { ...config, iceTransportPolicy: 'relay' };
  const near = new RTCPeerConnection(relayed);
  const far = new RTCPeerConnection(relayed);
  try {
    const channel = near.createDataChannel('', { ordered: false });
    const open = new Promise((resolve) => {
      channel.onopen = resolve;
    });
    const arrivals = receive(far, clock);
    await introduce(near, far);
    if (!(await inTime(open, CONNECT_MS, clock, signal))) return undefined;
    const relayRttMs = await roundTripMs(near);
    send(channel);
    await inTime(arrivals.complete, MEASURE_MS, clock, signal);
    const uploadKbps = arrivals.kbps();
    return uploadKbps === 0
      ? undefined
      : { uploadKbps, ...(relayRttMs !== undefined && { relayRttMs }) };
  } finally {
    near.close();
    far.close();
  }
}

/** Each description is there before the other side's first candidate is. */
async function introduce(near: RTCPeerConnection, far: RTCPeerConnection): Promise<void> {
  const pass = (from: RTCPeerConnection, to: RTCPeerConnection) => {
    from.onicecandidate = ({ candidate }) => {
      if (candidate) to.addIceCandidate(candidate).catch(() => undefined);
    };
  };
  pass(near, far);
  pass(far, near);
  const offer = await near.createOffer();
  await far.setRemoteDescription(offer);
  await near.setLocalDescription(offer);
  const answer = await far.createAnswer();
  await near.setRemoteDescription(answer);
  await far.setLocalDescription(answer);
}

function receive(far: RTCPeerConnection, clock: Clock) {
  let bytes = 0;
  let firstMs: number | undefined;
  let lastMs = 0;
  const complete = new Promise<void>((resolve) => {
    far.ondatachannel = ({ channel }) => {
      channel.onmessage = () => {
        bytes += CHUNK_BYTES;
        lastMs = clock.monotonicNow();
        firstMs ??= lastMs;
        if (bytes >= TOTAL_BYTES) resolve();
      };
    };
  });
  const kbps = () => {
    // The first one starts the watch and does not count.
    const measured = Math.max(0, bytes - CHUNK_BYTES) * 8;
    return Math.round(measured / Math.max(1, lastMs - (firstMs ?? 0)));
  };
  return { complete, kbps };
}

function send(channel: RTCDataChannel): void {
  const chunk = new Uint8Array(CHUNK_BYTES);
  let sent = 0;
  const fill = () => {
    while (sent < TOTAL_BYTES && channel.bufferedAmount < BUFFER_BYTES) {
      channel.send(chunk);
      sent += CHUNK_BYTES;
    }
  };
  channel.bufferedAmountLowThreshold = BUFFER_BYTES / 2;
  channel.onbufferedamountlow = fill;
  fill();
}

/** Between the two ends, each packet goes to the relay and back: half of it is the way to the relay and back. */
async function roundTripMs(connection: RTCPeerConnection): Promise<number | undefined> {
  let seconds: number | undefined;
  for (const entry of (await connection.getStats()).values()) {
    const { type, currentRoundTripTime } = entry as Partial<RTCIceCandidatePairStats>;
    if (type === 'candidate-pair' && currentRoundTripTime !== undefined) {
      seconds = Math.min(seconds ?? currentRoundTripTime, currentRoundTripTime);
    }
  }
  return seconds === undefined ? undefined : Math.round(seconds * 500);
}
