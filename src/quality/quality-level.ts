import type { QualityLevel, QualityReason, QualitySample } from './quality.js';

/** Samples before this are ignored, milliseconds since the answer: jitter buffer and routes settle. */
const SETTLE_MS = 5_000;
/** Samples that are looked back on, and that must be better before the level is. */
const WINDOW = 5;
/** Bad ones among them that make the level worse. */
const BAD = 3;

/** From best to worst. */
export const LEVELS: readonly QualityLevel[] = ['good', 'fair', 'poor'];

type Limit = readonly [
  reason: QualityReason,
  measured: (sample: QualitySample) => number,
  fair: number,
  poor: number,
];

/** Above which value a sample is `fair`, and `poor`. */
const LIMITS: readonly Limit[] = [
  ['rtt', ({ rttMs }) => rttMs ?? 0, 250, 400],
  ['jitter', ({ jitterMs }) => jitterMs, 20, 30],
  ['loss', ({ lossPercent }) => lossPercent, 1, 3],
  // Worse is less: turned round, "above -3.5" is below 3.5. Nothing is above 0, so it makes nothing fair.
  ['mos', ({ mos }) => -mos, 0, -3.5],
];

/** The level became another one. */
export interface LevelChange {
  /** The new level. */
  readonly level: QualityLevel;
  /** The one before. */
  readonly previous: QualityLevel;
  /** What makes it bad; empty when it is good. */
  readonly reasons: readonly QualityReason[];
}

/** The level over the last samples, slow to change so that it does not flicker. */
export interface LevelGauge {
  /** The level now. */
  readonly level: QualityLevel;
  /** Takes a sample; gives the change if there was one. */
  add(sample: QualitySample): LevelChange | undefined;
}

/** Makes a {@link LevelGauge}. It gets worse with 3 bad ones of the last 5 samples, better after 5 better ones. */
export function createLevelGauge(): LevelGauge {
  let level: QualityLevel = 'unknown';
  let window: readonly QualitySample[] = [];
  return {
    get level() {
      return level;
    },
    add(sample) {
      if (sample.atMs < SETTLE_MS) return undefined;
      window = [...window, sample].slice(-WINDOW);
      const previous = level;
      const rank = nextRank(LEVELS.indexOf(level), window.map(rankOf));
      level = LEVELS[rank] ?? 'unknown';
      if (level === previous) return undefined;
      const isAtFault = (limit: Limit) =>
        rank > 0 && window.some((one) => rankIn(limit, one) >= rank);
      return { level, previous, reasons: LIMITS.filter(isAtFault).map(([reason]) => reason) };
    },
  };
}

/** Rank of the level that follows; -1 while too little is known. */
function nextRank(rank: number, ranks: readonly number[]): number {
  for (const worse of [2, 1]) {
    if (worse > rank && ranks.filter((one) => one >= worse).length >= BAD) return worse;
  }
  // The first good one is told at once; bad ones wait until there are enough.
  if (rank < 0) return ranks.at(-1) === 0 ? 0 : -1;
  return Math.min(rank, Math.max(...ranks));
}

const rankIn = ([, measured, fair, poor]: Limit, sample: QualitySample): number => {
  const value = measured(sample);
  return value > poor ? 2 : value > fair ? 1 : 0;
};

const rankOf = (sample: QualitySample): number =>
  Math.max(...LIMITS.map((limit) => rankIn(limit, sample)));
