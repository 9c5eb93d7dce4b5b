// `npm run bench -- switching`: benches by name, or all of them; see docs/bench.md.
// --runs 5 · --rtt 100, milliseconds · --json FILE · --timeline, where the milliseconds of every case went
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { type CaseResult, runBench } from './bench.js';
import { machineFacts, machineLoad } from './machine.js';
import { resultLine, tableOf, timelineOf } from './report.js';
import { openStage } from './stage.js';
import { switching } from './switching.js';

const BENCHES = [switching];

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      runs: { type: 'string', default: '5' },
      rtt: { type: 'string', default: '100' },
      json: { type: 'string' },
      timeline: { type: 'boolean', default: false },
    },
  });
  const runs = Number(values.runs);
  const rttMs = Number(values.rtt);
  const unknown = positionals.filter((wanted) => BENCHES.every(({ name }) => name !== wanted));
  if (unknown.length > 0 || !(Number.isInteger(runs) && runs > 0) || !(rttMs >= 0)) {
    const names = BENCHES.map(({ name }) => name).join(' ');
    console.error(`bench: use [${names}] [--runs N] [--rtt MS] [--json FILE] [--timeline]`);
    return 2;
  }
  const chosen = BENCHES.filter(
    ({ name }) => positionals.length === 0 || positionals.includes(name),
  );

  const stage = await openStage(rttMs);
  const machine = machineFacts(`Chromium ${stage.browser.version()}`);
  const loadBefore = machineLoad();
  console.log(`${Object.values(machine).join(' · ')} · load ${loadBefore}`);
  const results: CaseResult[] = [];
  try {
    for (const bench of chosen) {
      console.log(`\n${bench.name}: ${bench.title}; RTT ${rttMs} ms, ${runs} runs`);
      const onRun = (run: number): void => {
        console.log(run === 0 ? 'getting started' : `run ${run} of ${runs}, load ${machineLoad()}`);
      };
      const found = await runBench(bench, { stage, runs, rttMs, onRun });
      results.push(...found);
      console.log(`\n${tableOf(found)}`);
    }
  } finally {
    await stage.close();
  }
  const load = { before: loadBefore, after: machineLoad() };
  const limits = results.flatMap((result) => result.limits);
  const shown = results.filter(
    (result) => values.timeline || result.limits.some(({ met }) => !met),
  );
  if (shown.length > 0) console.log('\nwhere the milliseconds went, median sample:');
  for (const result of shown) console.log(timelineOf(result));
  if (values.json !== undefined) {
    const report = { at: new Date().toISOString(), machine, load, rttMs, runs, limits, results };
    await writeFile(values.json, `${JSON.stringify(report, undefined, 2)}\n`);
  }
  console.log(`\nload after: ${load.after}\n${resultLine(results)}`);
  const failed = results.some(({ failures }) => failures.length > 0);
  return failed || limits.some(({ met }) => !met) ? 1 : 0;
}

process.exitCode = await main();
