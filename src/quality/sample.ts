import type { Difference } from './difference.js';
import { estimateMos } from './mos.js';
import type { QualitySample } from './quality.js';
import type { RawStats } from './read-stats.js';

const BYTES_PER_MEGABYTE = 1e6;
const MS_PER_MINUTE = 60_000;

/** When a sample was taken. */
export interface SampleMoment {
  /** Milliseconds since the answer. */
  readonly atMs: number;
  /** Milliseconds that the sample covers. */
  readonly elapsedMs: number;
  /** Data that the call used so far, over all its connections, bytes. */
  readonly usedBytes: number;
}

/** Makes a sample of what happened since the one before. */
export function createSample(
  now: RawStats,
  change: Difference,
  { atMs, elapsedMs, usedBytes }: SampleMoment,
): QualitySample {
  const { received, lost, bytesReceived, bytesSent, played, concealed } = change;
  const measured = {
    rttMs: now.rttMs,
    jitterMs: now.jitterMs ?? 0,
    lossPercent: percent(lost, lost + received),
  };
  const perMs = (amount: number) => (elapsedMs > 0 ? amount / elapsedMs : 0);
  return {
    atMs,
    mos: estimateMos(measured),
    ...measured,
    remoteLossPercent: now.remoteLossPercent,
    receivedKbps: perMs(bytesReceived * 8),
    sentKbps: perMs(bytesSent * 8),
    codec: now.codec,
    relayed: now.relayed,
    candidateType: now.candidateType,
    concealedPercent: percent(concealed, played ?? 0),
    inputLevel: change.inputLevel,
    outputLevel: change.outputLevel,
    usedMegabytes: usedBytes / BYTES_PER_MEGABYTE,
    megabytesPerMinute: perMs(bytesReceived + bytesSent) * (MS_PER_MINUTE / BYTES_PER_MEGABYTE),
  };
}

/** How much of the whole this is, 0–100; 0 of nothing. */
export const percent = (part: number, whole: number): number =>
  whole > 0 ? Math.min(100, (100 * part) / whole) : 0;
