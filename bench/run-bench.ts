import type { Bench, BenchCase, CaseResult, Figure, FigureResult, Sample } from './bench.js';
import { limitsOf } from './limits.js';
import { spreadOf } from './statistics.js';

/** How to run a bench. */
export interface RunOptions {
  /** How often each case is measured. */
  readonly runs: number;
  /** Only cases in whose group and name this text stands; `undefined`: all. */
  readonly only?: string | undefined;
  /** Round trip, milliseconds. */
  readonly rttMs: number;
  /** Only the cases of the short run, judged by ratios alone. */
  readonly quick: boolean;
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
  const { runs, only = '', rttMs, quick, onRun } = options;
  const { cases, close } = await bench.open(rttMs, quick);
  const taken = cases
    .filter((it) => (!quick || it.quick) && `${it.group}: ${it.name}`.includes(only))
    .map((it): Taken => ({ it, samples: [], failures: [] }));
  try {
    if (!bench.startsAtOnce) onRun(0);
    for (const { it } of bench.startsAtOnce ? [] : taken) {
      if (it.against === undefined) await it.measure().catch(() => undefined);
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
  const hasRtt = bench.limitsAtRttMs !== undefined;
  const isJudged = !hasRtt || bench.limitsAtRttMs === rttMs;
  return taken.map((one) => {
    const { it, samples, failures } = one;
    const { group, name, against, roundTrips } = it;
    const base = taken.find((other) => other.it.group === group && other.it.name === against);
    const figures = bench.figures.map((figure) => figureOf(figure, one, base));
    return {
      bench: bench.name,
      rttMs: hasRtt ? rttMs : undefined,
      group,
      name,
      against,
      roundTrips,
      samples,
      failures,
      figures,
      limits: isJudged ? limitsOf(it, figures, { failed: failures.length > 0, quick }) : [],
    };
  });
}

function figureOf(figure: Figure, one: Taken, base: Taken | undefined): FigureResult {
  const of = (taken: Taken | undefined) =>
    taken?.samples.map((sample) => sample?.figures[figure.key]) ?? [];
  const bases = of(base);
  const values = spreadOf(of(one));
  const timesOf = (value: number | undefined, base: number | undefined) =>
    value === undefined || !base ? undefined : value / base;
  const times = spreadOf(of(one).map((value, run) => timesOf(value, bases[run])));
  const baseValues = spreadOf(bases);
  if (!figure.ratio || !values || !times || !baseValues) {
    return { ...figure, values, times: undefined };
  }
  const { of: kind } = figure.ratio;
  const median = kind === 'medians' ? values.median / baseValues.median : times.median;
  return { ...figure, values, times: { ...times, median } };
}
