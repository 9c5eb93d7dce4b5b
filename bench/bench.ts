import { type Spread, spreadOf } from './statistics.js';

/** A set of cases with one subject. */
export interface Bench {
  /** As on the command line. */
  readonly name: string;
  /** What it measures, one line. */
  readonly title: string;
  /** How often each case is measured, unless the command line says otherwise. */
  readonly runs: number;
  /** Round trip that the limits are meant for, milliseconds; at any other one nothing is judged. Left out: it has none. */
  readonly limitsAtRttMs?: number | undefined;
  /** What is measured in each case, in the order of the table. */
  readonly figures: readonly Figure[];
  /** Why it can not run here; `undefined` when it can. @defaultValue it can everywhere */
  readonly reasonToSkip?: (() => string | undefined) | undefined;
  /** Starts what the cases need. @param rttMs - round trip, for benches that have one */
  open(rttMs: number): Promise<OpenBench>;
}

/** A bench that can be measured. */
export interface OpenBench {
  readonly cases: readonly BenchCase[];
  /** Stops everything. */
  close(): Promise<void>;
}

/** One thing that every sample of a bench has, in milliseconds. */
export interface Figure {
  /** Its name in samples and limits. */
  readonly key: string;
  /** Head of its column. */
  readonly title: string;
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
  /** Highest values by figure: of the median in milliseconds, and of the ratio. */
  readonly limits?: Readonly<Record<string, { readonly ms?: number; readonly ratio?: number }>>;
  /** Takes one sample. Rejects when what was to be measured did not happen. */
  readonly measure: () => Promise<Sample>;
}

/** One measurement of a case. */
export interface Sample {
  /** Milliseconds by the key of the figure; one that this case does not have is left out. */
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
  readonly group: string;
  readonly name: string;
  readonly against: string | undefined;
  /** One for each run; `undefined` where it failed. */
  readonly samples: readonly (Sample | undefined)[];
  /** Why samples failed. */
  readonly failures: readonly string[];
  readonly figures: readonly FigureResult[];
  readonly limits: readonly Limit[];
}

/** A figure of a case in all runs. */
export interface FigureResult extends Figure {
  /** Milliseconds; `undefined` when the case does not have it. */
  readonly ms: Spread | undefined;
  /** How many times that of the case in `against`; lowest and highest are those of single runs. */
  readonly times: Spread | undefined;
}

/** A limit, and whether it is kept. */
export interface Limit {
  readonly name: string;
  /** Title of the figure. */
  readonly figure: string;
  /** `ms`, or the title of the ratio. */
  readonly unit: string;
  /** The median; `null` where a sample failed. */
  readonly value: number | null;
  /** Highest value allowed. */
  readonly limit: number;
  readonly met: boolean;
}

/** How to run a bench. */
export interface RunOptions {
  /** How often each case is measured. */
  readonly runs: number;
  /** Round trip, milliseconds. */
  readonly rttMs: number;
  /** Told before each run, from 1; 0 is the one that does not count. */
  readonly onRun: (run: number) => void;
}

/** A case with what was measured so far. */
interface Taken {
  readonly it: BenchCase;
  readonly samples: (Sample | undefined)[];
  readonly failures: string[];
}

/**
 * Runs a bench: every case once in each run, so that a case and what it is compared with meet the same machine. Before the
 * first run those that others are compared with are measured once without being counted.
 */
export async function runBench(bench: Bench, options: RunOptions): Promise<readonly CaseResult[]> {
  const { runs, rttMs, onRun } = options;
  const { cases, close } = await bench.open(rttMs);
  const taken = cases.map((it): Taken => ({ it, samples: [], failures: [] }));
  try {
    onRun(0);
    for (const { against, measure } of cases) {
      if (against === undefined) await measure().catch(() => undefined);
    }
    for (let run = 1; run <= runs; run += 1) {
      onRun(run);
      for (const { it, samples, failures } of taken) {
        try {
          samples.push(await it.measure());
        } catch (error) {
          samples.push(undefined);
          failures.push(`run ${run}: ${String(error).split('\n')[0]}`);
        }
      }
    }
  } finally {
    await close();
  }
  const isJudged = bench.limitsAtRttMs === undefined || bench.limitsAtRttMs === rttMs;
  return taken.map((one) => {
    const { samples, failures } = one;
    const { group, name, against } = one.it;
    const base = taken.find(({ it }) => it.group === group && it.name === against);
    const figures = bench.figures.map((figure) => figureOf(figure, one, base));
    const limits = isJudged ? limitsOf(one, figures) : [];
    return { bench: bench.name, group, name, against, samples, failures, figures, limits };
  });
}

function figureOf(figure: Figure, one: Taken, base: Taken | undefined): FigureResult {
  const of = (taken: Taken | undefined) =>
    taken?.samples.map((sample) => sample?.figures[figure.key]) ?? [];
  const bases = of(base);
  const ms = spreadOf(of(one));
  const times = spreadOf(of(one).map((value, run) => value && bases[run] && value / bases[run]));
  const baseMs = spreadOf(bases);
  if (!figure.ratio || !ms || !times || !baseMs) return { ...figure, ms, times: undefined };
  const { of: kind } = figure.ratio;
  const median = kind === 'medians' ? ms.median / baseMs.median : times.median;
  return { ...figure, ms, times: { ...times, median } };
}

function limitsOf({ it, failures }: Taken, figures: readonly FigureResult[]): readonly Limit[] {
  const { group, name, limits = {} } = it;
  return figures.flatMap(({ key, title: figure, ratio, ms, times }) => {
    const judge = (unit: string, limit: number | undefined, spread: Spread | undefined) => {
      if (limit === undefined) return [];
      const value = failures.length > 0 ? null : (spread?.median ?? null);
      const met = value !== null && value <= limit;
      return [{ name: `${group}: ${name}`, figure, unit, value, limit, met }];
    };
    const own = limits[key];
    return [...judge('ms', own?.ms, ms), ...judge(ratio?.title ?? '', own?.ratio, times)];
  });
}
