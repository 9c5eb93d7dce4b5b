import type { Spread } from './statistics.js';

/** A set of cases with one subject. */
export interface Bench {
  /** As on the command line. */
  readonly name: string;
  /** What it measures, one line. */
  readonly title: string;
  /** How often each case is measured, unless the command line says otherwise. */
  readonly runs: number;
  /** How often in the short run (`--quick`). Left out: it has no part in it. */
  readonly quickRuns?: number | undefined;
  /** What the first sample pays is no part of what is measured, so there is no run that does not count. @defaultValue false */
  readonly startsAtOnce?: boolean | undefined;
  /** Round trip that the limits are meant for, milliseconds; at any other one nothing is judged. Left out: it has none. */
  readonly limitsAtRttMs?: number | undefined;
  /** What is measured in each case, in the order of the table. */
  readonly figures: readonly Figure[];
  /** Key of the figure whose round trips are counted when it runs at several round trips. Left out: none are. */
  readonly roundTripsOf?: string | undefined;
  /** Why it can not run here; `undefined` when it can. @defaultValue it can everywhere */
  readonly reasonToSkip?: (() => string | undefined) | undefined;
  /**
   * Starts what the cases need.
   * @param rttMs - round trip, for benches that have one
   * @param quick - whether it is the short run
   */
  open(rttMs: number, quick: boolean): Promise<OpenBench>;
}

/** A bench that can be measured. */
export interface OpenBench {
  readonly cases: readonly BenchCase[];
  /** Stops everything. */
  close(): Promise<void>;
}

/** One thing that is measured in every sample of a bench. */
export interface Figure {
  /** Its name in samples and limits. */
  readonly key: string;
  /** Head of its column. */
  readonly title: string;
  /** Shown behind its value: `ms`, `kB`, `MB`, `requests`, `%` … @defaultValue `ms` */
  readonly unit?: string | undefined;
  /** Digits behind the point. @defaultValue 0 */
  readonly digits?: number | undefined;
  /** How it is compared with that of the case in `against`; left out: it is not. */
  readonly ratio?: FigureRatio | undefined;
}

/** A figure divided by the same one of another case. */
export interface FigureRatio {
  /** Head of its column, and unit of its limits. */
  readonly title: string;
  /** `runs`: the median of the ratios of each run. `medians`: the ratio of the medians of all runs. */
  readonly of: 'runs' | 'medians';
}

/** One thing that is measured once in each run. */
export interface BenchCase {
  /** What happens, in words; unique in its group. */
  readonly name: string;
  /** What it is compared within, such as the order of the carriers. */
  readonly group: string;
  /** The case of the same group and run that it is compared with; left out: others are compared with it. */
  readonly against?: string | undefined;
  /** By the key of the figure. */
  readonly limits?: Readonly<Record<string, FigureLimits>> | undefined;
  /** Whether it belongs to the short run (`--quick`). @defaultValue false */
  readonly quick?: boolean | undefined;
  /** How many round trips it can not do without, by what it does one after the other. Left out: they are not counted. */
  readonly roundTrips?: number | undefined;
  /** Takes one sample. Rejects when what was to be measured did not happen. */
  readonly measure: () => Promise<Sample>;
}

/** Highest values of one figure. */
export interface FigureLimits {
  /** Of the median, in the figure's unit. */
  readonly value?: number | undefined;
  /** Of the ratio to the case in `against`. */
  readonly ratio?: number | undefined;
  /**
   * Why it can not be kept, in a sentence that says where the proof is. A limit with it that is missed is shown as explained,
   * and does not fail the run. Left out: it must be kept.
   */
  readonly explained?: string | undefined;
}

/** One measurement of a case. */
export interface Sample {
  /** By the key of the figure, in its unit; one that this case does not have is left out. */
  readonly figures: Readonly<Record<string, number | undefined>>;
  /** Where they went. */
  readonly timeline: readonly Moment[];
}

/** Something that happened on the way. */
export interface Moment {
  readonly name: string;
  /** Milliseconds since the start. */
  readonly atMs: number;
  /** Attempt of the call that it belongs to, from 1. */
  readonly attempt?: number;
}

/** What came of a case in all runs. */
export interface CaseResult {
  readonly bench: string;
  /** Round trip at which it was measured, milliseconds; `undefined`: the bench has none. */
  readonly rttMs: number | undefined;
  readonly group: string;
  readonly name: string;
  readonly against: string | undefined;
  readonly roundTrips: number | undefined;
  /** One for each run; `undefined` where it failed. */
  readonly samples: readonly (Sample | undefined)[];
  /** Why samples failed. */
  readonly failures: readonly string[];
  readonly figures: readonly FigureResult[];
  readonly limits: readonly Limit[];
}

/** A figure of a case in all runs. */
export interface FigureResult extends Figure {
  /** In its unit; `undefined` when the case does not have it. */
  readonly values: Spread | undefined;
  /** How many times that of the case in `against`; lowest and highest are those of single runs. */
  readonly times: Spread | undefined;
}

/** A limit, and whether it is kept. */
export interface Limit {
  /** Group and name of the case. */
  readonly name: string;
  /** Title of the figure. */
  readonly figure: string;
  /** That of the figure, or the title of the ratio. */
  readonly unit: string;
  /** The median; `null` where a sample failed. */
  readonly value: number | null;
  /** Highest value allowed. */
  readonly limit: number;
  readonly met: boolean;
  /** Why it is missed, where that was known before; such a limit does not fail the run. */
  readonly explained?: string;
}
