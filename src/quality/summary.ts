import type { QualityLevel, QualitySample, QualitySummary } from './quality.js';
import { LEVELS } from './quality-level.js';
import { percent } from './sample.js';

/** Samples for which a level must be held to count. */
const HELD = 5;

/** Sums up a call in constant memory. */
export interface SummaryBuilder {
  /**
   * Takes a sample.
   * @param level - The level with it.
   * @param received - Packets received in it.
   * @param lost - Packets lost in it.
   */
  add(sample: QualitySample, level: QualityLevel, received: number, lost: number): void;
  /** Nothing was received for so many milliseconds although something should have been. */
  addSilence(ms: number): void;
  /** The summary so far; `undefined` before the first sample. */
  read(): QualitySummary | undefined;
}

/** Makes a {@link SummaryBuilder}. */
export function createSummary(): SummaryBuilder {
  const sums = { samples: 0, mos: 0, jitterMs: 0, rtts: 0, rttMs: 0, received: 0, lost: 0 };
  let silentMs = 0;
  let worst = -1;
  /** For how many samples the level has been at least as bad as each of {@link LEVELS}. */
  let held: readonly number[] = LEVELS.map(() => 0);
  return {
    add({ mos, jitterMs, rttMs }, level, received, lost) {
      sums.samples += 1;
      sums.mos += mos;
      sums.jitterMs += jitterMs;
      sums.received += received;
      sums.lost += lost;
      if (rttMs !== undefined) {
        sums.rtts += 1;
        sums.rttMs += rttMs;
      }
      const rank = LEVELS.indexOf(level);
      held = held.map((samples, bad) => (rank >= bad ? samples + 1 : 0));
      worst = Math.max(worst, held.filter((samples) => samples >= HELD).length - 1);
    },
    addSilence(ms) {
      silentMs += ms;
    },
    read() {
      const { samples, mos, jitterMs, rtts, rttMs, received, lost } = sums;
      if (!samples) return undefined;
      return {
        mos: mos / samples,
        worst: LEVELS[worst] ?? 'unknown',
        rttMs: rtts ? rttMs / rtts : undefined,
        jitterMs: jitterMs / samples,
        lossPercent: percent(lost, lost + received),
        silentMs,
      };
    },
  };
}
