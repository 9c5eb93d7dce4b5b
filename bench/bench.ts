import type { RingSample } from './ring-call.js';
import type { Stage } from './stage.js';
import { type Spread, spreadOf } from './statistics.js';

/** One thing that is measured once in each run. */
export interface BenchCase {
  /** What happens, in words; unique in its group. */
  readonly name: string;
  /** What it is compared within, such as the order of the carriers. */
  readonly group: string;
  /** The healthy call of the same group and run that it is compared with; left out: it is a healthy call itself. */
  readonly against?: string | undefined;
  /** Highest medians: milliseconds until the phone rings, and how many times the healthy call. */
  readonly limits?: { readonly ringMs?: number; readonly ratio?: number } | undefined;
  /** Takes one sample. Rejects when what was to be measured did not happen. */
  readonly measure: (stage: Stage) => Promise<RingSample>;
}

/** A set of cases with one subject. */
export interface Bench {
  /** As on the command line. */
  readonly name: string;
  /** What it measures, one line. */
  readonly title: string;
  /** Round trip that the limits are meant for, milliseconds; at any other one nothing is judged. */
  readonly limitsAtRttMs: number;
  readonly cases: readonly BenchCase[];
}

/** What came of a case in all runs. */
export interface CaseResult {
  readonly bench: string;
  readonly group: string;
  readonly name: string;
  readonly against: string | undefined;
  /** One for each run; `undefined` where it failed. */
  readonly samples: readonly (RingSample | undefined)[];
  /** Why samples failed. */
  readonly failures: readonly string[];
  /** From the press to the first ring of the phone, milliseconds. */
  readonly ringMs: Spread | undefined;
  /** From the press to the page's `ringing` event, milliseconds. */
  readonly toldMs: Spread | undefined;
  /** {@link CaseResult.ringMs} divided by that of the healthy call of the same run. */
  readonly ratio: Spread | undefined;
  readonly limits: readonly Limit[];
}

/** A limit, and whether it is kept. */
export interface Limit {
  readonly name: string;
  readonly unit: 'ms' | 'x healthy';
  /** The median; `null` where a sample failed. */
  readonly value: number | null;
  /** Highest value allowed. */
  readonly limit: number;
  readonly met: boolean;
}

/** How to run benches. */
export interface RunOptions {
  readonly stage: Stage;
  /** How often each case is measured. */
  readonly runs: number;
  /** Round trip of the stage, milliseconds. */
  readonly rttMs: number;
  /** Told before each run, from 1; 0 is the one that does not count. */
  readonly onRun: (run: number) => void;
}

/**
 * Runs a bench: every case once in each run, so that a case and its healthy call meet the same machine. Before the first
 * run the healthy calls are made once without being counted.
 */
export async function runBench(
  { name: bench, cases, limitsAtRttMs }: Bench,
  { stage, runs, rttMs, onRun }: RunOptions,
): Promise<readonly CaseResult[]> {
  onRun(0);
  for (const { against, measure } of cases) {
    if (against === undefined) await measure(stage).catch(() => undefined);
  }
  const taken = cases.map((it) => ({
    it,
    samples: [] as (RingSample | undefined)[],
    failures: [] as string[],
  }));
  for (let run = 1; run <= runs; run += 1) {
    onRun(run);
    for (const { it, samples, failures } of taken) {
      try {
        samples.push(await it.measure(stage));
      } catch (error) {
        samples.push(undefined);
        failures.push(`run ${run}: ${String(error).split('\n')[0]}`);
      }
    }
  }
  return taken.map(({ it, samples, failures }) => {
    const { group, name, against, limits = {} } = it;
    const healthy = taken.find(({ it: base }) => base.group === group && base.name === against);
    const ringMs = spreadOf(samples.map((sample) => sample?.ringMs));
    const toldMs = spreadOf(samples.map((sample) => sample?.toldMs));
    const ratio = spreadOf(
      samples.map((sample, run) => {
        const base = healthy?.samples[run];
        return sample && base && sample.ringMs / base.ringMs;
      }),
    );
    const judge = (unit: Limit['unit'], limit: number | undefined, spread: Spread | undefined) => {
      if (limit === undefined || rttMs !== limitsAtRttMs) return [];
      const value = failures.length > 0 ? null : (spread?.median ?? null);
      const met = value !== null && value <= limit;
      return [{ name: `${group}: ${name}`, unit, value, limit, met }];
    };
    return {
      bench,
      group,
      name,
      against,
      samples,
      failures,
      ringMs,
      toldMs,
      ratio,
      limits: [...judge('ms', limits.ringMs, ringMs), ...judge('x healthy', limits.ratio, ratio)],
    };
  });
}
