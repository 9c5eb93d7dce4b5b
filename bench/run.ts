// `npm run bench -- switching`: benches by name, or all of them; see docs/bench.md.
// --runs N · --rtt 100, milliseconds · --json FILE · --timeline, where the milliseconds of every case went
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { type Bench, type CaseResult, runBench } from './bench.js';
import { machineFacts, machineLoad } from './machine.js';
import { resultLine, tableOf, timelineOf } from './report.js';
import { sip } from './sip.js';
import { sipNetwork } from './sip-network.js';
import { switching } from './switching.js';

const BENCHES: readonly Bench[] = [switching, sip, sipNetwork];

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      runs: { type: 'string' },
      rtt: { type: 'string', default: '100' },
      json: { type: 'string' },
      timeline: { type: 'boolean', default: false },
    },
  });
  const runs = values.runs === undefined ? undefined : Number(values.runs);
  const rttMs = Number(values.rtt);
  const unknown = positionals.filter((wanted) => BENCHES.every(({ name }) => name !== wanted));
  const isRunsWrong = runs !== undefined && !(Number.isInteger(runs) && runs > 0);
  if (unknown.length > 0 || isRunsWrong || !(rttMs >= 0)) {
    const names = BENCHES.map(({ name }) => name).join(' ');
    console.error(`bench: use [${names}] [--runs N] [--rtt MS] [--json FILE] [--timeline]`);
    return 2;
  }
  const chosen = BENCHES.filter(
    ({ name }) => positionals.length === 0 || positionals.includes(name),
  );

  const machine = machineFacts();
  const loadBefore = machineLoad();
  console.log(`${Object.values(machine).join(' · ')} · load ${loadBefore}`);
  const results: CaseResult[] = [];
  const leftOut: string[] = [];
  for (const bench of chosen) {
    const reason = bench.reasonToSkip?.();
    if (reason !== undefined) {
      console.log(`\n${bench.name}: left out, ${reason}`);
      leftOut.push(bench.name);
      continue;
    }
    const count = runs ?? bench.runs;
    const rtt = bench.limitsAtRttMs === undefined ? '' : `RTT ${rttMs} ms, `;
    console.log(`\n${bench.name}: ${bench.title}; ${rtt}${count} runs`);
    const onRun = (run: number): void => {
      console.log(run === 0 ? 'getting started' : `run ${run} of ${count}, load ${machineLoad()}`);
    };
    const found = await runBench(bench, { runs: count, rttMs, onRun });
    results.push(...found);
    console.log(`\n${tableOf(found)}`);
  }
  const load = { before: loadBefore, after: machineLoad() };
  const limits = results.flatMap((result) => result.limits);
  const shown = results.filter(
    (result) => values.timeline || result.limits.some(({ met }) => !met),
  );
  if (shown.length > 0) console.log('\nwhere the milliseconds went, median sample:');
  for (const result of shown) console.log(timelineOf(result));
  if (values.json !== undefined) {
    const report = { at: new Date().toISOString(), machine, load, rttMs, leftOut, limits, results };
    await writeFile(values.json, `${JSON.stringify(report, undefined, 2)}\n`);
  }
  console.log(`\nload after: ${load.after}\n${resultLine(results, leftOut)}`);
  const failed = results.some(({ failures }) => failures.length > 0);
  // Who asks for a bench by its name is not to take its absence for its success.
  const isMissing = leftOut.some((name) => positionals.includes(name));
  return failed || isMissing || limits.some(({ met }) => !met) ? 1 : 0;
}

process.exitCode = await main();
