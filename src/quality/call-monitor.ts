import type { Clock } from '../core/environment.js';
import { type Difference, difference } from './difference.js';
import type {
  QualityLevel,
  QualityReason,
  QualitySample,
  QualitySummary,
  SecurityReport,
  SoundLevels,
} from './quality.js';
import { createLevelGauge } from './quality-level.js';
import { type RawStats, readStats } from './read-stats.js';
import { createSample } from './sample.js';
import { readSecurity } from './security-report.js';
import {
  type Detection,
  detect,
  type MonitorFacts,
  NOTHING_SEEN,
  type SoundProblem,
} from './silence-detector.js';
import { createSummary } from './summary.js';

/** Between two looks, milliseconds. */
const LOOK_MS = 500;
/** Between two samples, milliseconds; a little less than a second, because timers are not exact. */
const SAMPLE_MS = 950;

/** What a {@link CallMonitor} needs, and whom it tells. */
export interface CallMonitorOptions {
  /** The source of time. */
  readonly clock: Clock;
  /** Milliseconds since the answer; `undefined` before it: nothing is measured then. */
  sinceAnswerMs(): number | undefined;
  /** What the call knows in this moment. */
  facts(): MonitorFacts;
  /** Told once a second while sound arrives. */
  onSample(sample: QualitySample): void;
  /** Told when the level changes, after the sample that changed it. */
  onQuality(level: QualityLevel, previous: QualityLevel, reasons: readonly QualityReason[]): void;
  /** Told when the problem becomes another one; `undefined`: it is gone. */
  onProblem(problem: SoundProblem | undefined): void;
}

/** Measures the sound of one call. */
export interface CallMonitor {
  /** The newest sample. */
  readonly last: QualitySample | undefined;
  /** Measures this connection from now on, in place of an earlier one. What was counted goes on. */
  watch(connection: RTCPeerConnection): void;
  /** Quality so far; `undefined` before the first sample. */
  summary(): QualitySummary | undefined;
  /** Levels right now. */
  levels(): SoundLevels;
  /** What protects the sound. Never rejects; within 2 s. */
  security(): Promise<SecurityReport>;
  /** Measures no more and tells nothing any more. Idempotent. */
  stop(): void;
}

/** A reading and when it was taken. */
interface Reading {
  readonly stats: RawStats;
  readonly atMs: number;
}

/** What is known of the connection that is watched. */
interface Watched {
  readonly connection: RTCPeerConnection;
  detection: Detection;
  /** Of the last look. */
  looked?: Reading;
  /** Of the last sample. */
  sampled?: Reading;
  /** When the packet came whose level was read last. */
  levelAt?: number | undefined;
  /** Whether packets arrived between the last two looks. */
  receives?: boolean;
}

/** Makes a {@link CallMonitor}. It waits for a connection. */
export function monitorCall(options: CallMonitorOptions): CallMonitor {
  const { clock, sinceAnswerMs, facts, onSample, onQuality, onProblem } = options;
  const over = new AbortController();
  const gauge = createLevelGauge();
  const summary = createSummary();
  let watched: Watched | undefined;
  let last: QualitySample | undefined;
  let problem: SoundProblem | undefined;
  let usedBytes = 0;
  let stopTimer: () => void = () => undefined;

  const isOver = (target: Watched) => target !== watched || over.signal.aborted;
  const look = async () => {
    const target = watched;
    if (!target || sinceAnswerMs() === undefined) return;
    const stats = await readStats(target.connection, clock, over.signal);
    const sinceMs = sinceAnswerMs();
    if (!stats || sinceMs === undefined || isOver(target)) return;
    const now = { stats, atMs: clock.monotonicNow() };
    const { looked } = target;
    const change = difference(looked?.stats, stats);
    usedBytes += change.bytesReceived + change.bytesSent;
    target.looked = now;
    target.sampled ??= now;
    const known = facts();
    if (looked) tellProblem(target, now.atMs - looked.atMs, change, known);
    const elapsedMs = now.atMs - target.sampled.atMs;
    if (elapsedMs < SAMPLE_MS || isOver(target)) return;
    takeSample(target, elapsedMs, sinceMs, known);
    target.sampled = now;
  };
  const tellProblem = (
    target: Watched,
    elapsedMs: number,
    change: Difference,
    known: MonitorFacts,
  ) => {
    const { connection, looked, levelAt, detection } = target;
    const header = readHeaderLevel(connection);
    // The level of a packet that is long gone is no level.
    const fresh = header?.timestamp !== levelAt ? header?.audioLevel : undefined;
    target.levelAt = header?.timestamp;
    target.receives = change.received > 0;
    target.detection = detect(detection, {
      elapsedMs,
      change,
      inputLevel: change.inputLevel ?? known.microphoneLevel,
      outputLevel: loudest(change.outputLevel, fresh, known.playedLevel),
      trackId: looked?.stats.trackId,
      connectionState: connection.connectionState,
      facts: known,
    });
    if (target.detection.problem === problem) return;
    problem = target.detection.problem;
    onProblem(problem);
  };
  const takeSample = (target: Watched, elapsedMs: number, atMs: number, known: MonitorFacts) => {
    const { looked, sampled } = target;
    if (!looked) return;
    const change = difference(sampled?.stats, looked.stats);
    if (!change.received) {
      // Without packets there is nothing to judge, and no loss either.
      if (!known.held && !known.heldByRemote) {
        summary.addSilence(Math.min(elapsedMs, known.dueForMs ?? 0));
      }
      return;
    }
    last = createSample(looked.stats, change, { atMs, elapsedMs, usedBytes });
    const changed = gauge.add(last);
    summary.add(last, gauge.level, change.received, change.lost);
    onSample(last);
    if (changed && !isOver(target)) onQuality(changed.level, changed.previous, changed.reasons);
  };
  const run = async () => {
    try {
      await look();
    } finally {
      if (!over.signal.aborted) stopTimer = clock.setTimer(() => void run(), LOOK_MS);
    }
  };

  return {
    get last() {
      return last;
    },
    watch(connection) {
      if (over.signal.aborted || watched?.connection === connection) return;
      const isFirst = !watched;
      watched = { connection, detection: NOTHING_SEEN };
      if (isFirst) void run();
    },
    summary: summary.read,
    levels() {
      const { muted, listenOnly, microphoneLevel } = facts();
      const heard = watched?.receives
        ? (readHeaderLevel(watched.connection)?.audioLevel ??
          watched.looked?.stats.output.audioLevel)
        : 0;
      return {
        input:
          muted || listenOnly
            ? 0
            : (microphoneLevel ?? watched?.looked?.stats.input.audioLevel ?? 0),
        output: heard ?? 0,
      };
    },
    security: () => readSecurity(watched?.connection, clock, over.signal),
    stop() {
      over.abort();
      stopTimer();
    },
  };
}

/** The level that the sender wrote into the newest packet (RFC 6464), or the browser's own for it. */
function readHeaderLevel(connection: RTCPeerConnection): RTCRtpSynchronizationSource | undefined {
  try {
    const receiver = connection.getReceivers().find(({ track }) => track.kind === 'audio');
    return receiver?.getSynchronizationSources()[0];
  } catch {
    return undefined;
  }
}

/** The loudest of the known ones. */
function loudest(...levels: readonly (number | undefined)[]): number | undefined {
  const known = levels.filter((level) => level !== undefined);
  return known.length ? Math.max(...known) : undefined;
}
