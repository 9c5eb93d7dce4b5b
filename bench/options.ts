import { parseArgs } from 'node:util';

/** What the command line says. */
export interface Options {
  /** Benches by name; empty: all. */
  readonly names: readonly string[];
  /** Only cases in whose group and name this text stands; `undefined`: all. */
  readonly only: string | undefined;
  /** How often each case is measured; `undefined`: as often as the bench says. */
  readonly runs: number | undefined;
  /** Round trips to measure at, milliseconds. */
  readonly rttsMs: readonly number[];
  /** File for everything that was found. */
  readonly json: string | undefined;
  /** Whether it is shown where the milliseconds of every case went. */
  readonly timeline: boolean;
  /** The short run: a few cases, judged by ratios alone. */
  readonly quick: boolean;
}

/**
 * Reads the command line; `undefined` when it makes no sense, which is then said.
 * @param known - names of the benches
 */
export function readOptions(args: string[], known: readonly string[]): Options | undefined {
  const { values, positionals: names } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      only: { type: 'string' },
      runs: { type: 'string' },
      rtt: { type: 'string', default: '100' },
      json: { type: 'string' },
      timeline: { type: 'boolean', default: false },
      quick: { type: 'boolean', default: false },
    },
  });
  const runs = values.runs === undefined ? undefined : Number(values.runs);
  const rttsMs = values.rtt.split(',').map(Number);
  const isRunsWrong = runs !== undefined && !(Number.isInteger(runs) && runs > 0);
  const isUnknown = names.some((name) => !known.includes(name));
  if (isUnknown || isRunsWrong || rttsMs.some((rttMs) => !(rttMs >= 0))) {
    const usage = `[${known.join(' ')}] [--only TEXT] [--runs N] [--rtt MS,MS] [--json FILE] [--timeline] [--quick]`;
    console.error(`bench: use ${usage}`);
    return undefined;
  }
  const { only, json, timeline, quick } = values;
  return { names, only, runs, rttsMs, json, timeline, quick };
}
