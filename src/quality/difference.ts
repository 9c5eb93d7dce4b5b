import type { RawLevel, RawStats } from './read-stats.js';

/** What happened on a connection between two looks at it. Never negative, never `NaN`. */
export interface Difference {
  /** RTP packets. */
  readonly received: number;
  /** RTP packets. */
  readonly sent: number;
  /** Packets that were lost on the way to us. */
  readonly lost: number;
  /** With the headers of RTP, UDP and IPv4. */
  readonly bytesReceived: number;
  /** With the headers of RTP, UDP and IPv4. */
  readonly bytesSent: number;
  /** Samples handed out for playing; `undefined` where the browser does not tell. */
  readonly played: number | undefined;
  /** Samples of them that were made up. */
  readonly concealed: number;
  /** Effective level of what was sent, 0 to 1; `undefined` where the browser does not tell. */
  readonly inputLevel: number | undefined;
  /** Effective level of what was received, 0 to 1; `undefined` where the browser does not tell. */
  readonly outputLevel: number | undefined;
}

/**
 * Compares two readings of a connection.
 * @param before - `undefined`: compares with the beginning of the connection.
 */
export function difference(before: RawStats | undefined, now: RawStats): Difference {
  const played = now.samplesPlayed;
  return {
    received: grown(before?.packetsReceived, now.packetsReceived),
    sent: grown(before?.packetsSent, now.packetsSent),
    // A late packet is taken back from the lost ones: no new beginning, and nothing lost.
    lost: Math.max(0, now.packetsLost - (before?.packetsLost ?? 0)),
    bytesReceived: grown(before?.bytesReceived, now.bytesReceived),
    bytesSent: grown(before?.bytesSent, now.bytesSent),
    played: played === undefined ? undefined : grown(before?.samplesPlayed, played),
    concealed: Math.max(0, now.samplesConcealed - (before?.samplesConcealed ?? 0)),
    inputLevel: levelBetween(before?.input, now.input),
    outputLevel: levelBetween(before?.output, now.output),
  };
}

/** A counter that fell began anew: a restart of ICE, another stream. */
const grown = (before = 0, now: number): number => Math.max(0, now >= before ? now - before : now);

/** The energy knows of every sound in between, the level only of this moment. */
function levelBetween(before: RawLevel | undefined, now: RawLevel): number | undefined {
  const { audioLevel, totalAudioEnergy: energy, totalSamplesDuration: duration } = now;
  if (energy === undefined || duration === undefined) return audioLevel;
  const seconds = grown(before?.totalSamplesDuration, duration);
  return seconds && Math.min(1, Math.sqrt(grown(before?.totalAudioEnergy, energy) / seconds));
}
