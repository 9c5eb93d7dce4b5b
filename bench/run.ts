// `npm run bench -- setup`: benches by name, or all of them; see docs/bench.md for the options.
import { writeFile } from 'node:fs/promises';
import type { Bench, CaseResult } from './bench.js';
import { isMissed } from './limits.js';
import { machineFacts, machineLoad } from './machine.js';
import { memory } from './memory.js';
import { type Options, readOptions } from './options.js';
import { page } from './page-cost.js';
import { processor } from './processor.js';
import { resultLine, tableOf, timelineOf } from './report.js';
import { roundTripsOf, roundTripTable } from './round-trips.js';
import { runBench } from './run-bench.js';
import { setup } from './setup.js';
import { sip } from './sip.js';
import { sipNetwork } from './sip-network.js';
import { switching } from './switching.js';

const BENCHES: readonly Bench[] = [setup, switching, page, processor, memory, sip, sipNetwork];

/** Measures one bench at each round trip, as it goes telling what is found. */
async function measure(bench: Bench, options: Options): Promise<readonly CaseResult[]> {
  const { quick, only } = options;
  const runs = options.runs ?? (quick ? bench.quickRuns : undefined) ?? bench.runs;
  const hasRtt = bench.limitsAtRttMs !== undefined;
  const results: CaseResult[] = [];
  for (const rttMs of hasRtt ? options.rttsMs : [0]) {
    const rtt = hasRtt ? `RTT ${rttMs} ms, ` : '';
    console.log(`\n${bench.name}: ${bench.title}; ${rtt}${runs} runs`);
    const onRun = (run: number): void => {
      console.log(run === 0 ? 'getting started' : `run ${run} of ${runs}, load ${machineLoad()}`);
    };
    const found = await runBench(bench, { runs, only, rttMs, quick, onRun });
    results.push(...found);
    console.log(`\n${tableOf(found)}`);
  }
  return results;
}

async function main(): Promise<number> {
  const options = readOptions(
    process.argv.slice(2),
    BENCHES.map(({ name }) => name),
  );
  if (options === undefined) return 2;
  const { names, quick, rttsMs } = options;
  const chosen = BENCHES.filter(
    ({ name, quickRuns }) =>
      (names.length === 0 || names.includes(name)) && (!quick || quickRuns !== undefined),
  );

  const machine = machineFacts();
  const loadBefore = machineLoad();
  console.log(`${Object.values(machine).join(' · ')} · load ${loadBefore}`);
  const results: CaseResult[] = [];
  const leftOut: string[] = [];
  for (const bench of chosen) {
    const reason = bench.reasonToSkip?.();
    if (reason === undefined) {
      results.push(...(await measure(bench, options)));
    } else {
      console.log(`\n${bench.name}: left out, ${reason}`);
      leftOut.push(bench.name);
    }
  }
  const roundTrips = chosen.flatMap((bench) => roundTripsOf(bench, results));
  if (roundTrips.length > 0) console.log(`\nround trips\n${roundTripTable(roundTrips)}`);
  const load = { before: loadBefore, after: machineLoad() };
  const limits = results.flatMap((result) => result.limits);
  const shown = results.filter((result) => options.timeline || result.limits.some(isMissed));
  if (shown.length > 0) console.log('\nwhere the milliseconds went, median sample:');
  for (const result of shown) console.log(timelineOf(result));
  if (options.json !== undefined) {
    const at = new Date().toISOString();
    const report = { at, machine, load, rttsMs, quick, leftOut, limits, roundTrips, results };
    await writeFile(options.json, `${JSON.stringify(report, undefined, 2)}\n`);
  }
  console.log(`\nload after: ${load.after}\n${resultLine(results, leftOut)}`);
  const failed = results.some(({ failures }) => failures.length > 0);
  // Who asks for a bench by its name is not to take its absence for its success.
  const isMissing = leftOut.some((name) => names.includes(name));
  return failed || isMissing || limits.some(isMissed) ? 1 : 0;
}

process.exitCode = await main();
