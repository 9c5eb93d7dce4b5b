// `npm run soak`: a thousand calls in one page over both carriers, a third of them with faults; then the page must be as before.
// --calls 1000 · --seed N · --only INDEX, one call of that run alone · --json FILE, samples and limits
import { writeFile } from 'node:fs/promises';
import { machineFacts, machineLoad } from '../bench/machine.js';
import { type CallPlan, planCall } from '../test/soak/plan.js';
import { heapSlope, limitsOf, lineOf, tableOf } from '../test/soak/report.js';
import { type CallResult, runCall } from '../test/soak/run-call.js';
import { type Sample, takeSample } from '../test/soak/sample.js';
import { openSoakStage, type SoakStage } from '../test/soak/soak-stage.js';

/** By then all code is loaded and all that is made once has been made. */
const BASELINE_CALLS = 20;
/** Between two samples. */
const SAMPLE_CALLS = 100;

function option(name: string): string | undefined {
  const index = process.argv.indexOf(`--${name}`);
  return index < 0 ? undefined : (process.argv[index + 1] ?? '');
}

const asNumber = (name: string, otherwise: number): number => Number(option(name) ?? otherwise);

const seed = asNumber('seed', Date.now() % 1_000_000);

function describe({ plan, record, findings }: CallResult): string {
  const { index, first, fault = 'no fault', before, page } = plan;
  const visitor =
    page.hangUpMs === undefined ? page.actions.join(', ') : `hang-up at ${page.hangUpMs} ms`;
  const how = record && `${record.cause}; ${record.attempts.join(' | ')}; ${record.states.join()}`;
  return [
    `FINDING in call ${index}: ${first} first, ${fault}, before it ${before}, ${visitor || 'talks'}`,
    ...findings.map((finding) => `  ${finding}`),
    `  ${how ?? 'never ended'}; health ${record?.health.join()}`,
    `  again: npm run soak -- --seed ${seed} --only ${index}`,
  ].join('\n');
}

async function runAll(plans: readonly CallPlan[], stage: SoakStage) {
  const samples: Sample[] = [];
  const findings: string[] = [];
  const report = (finding: string): void => {
    console.log(finding);
    findings.push(finding);
  };
  let rang = 0;
  for (const [done, plan] of plans.entries()) {
    const result = await runCall(plan, stage);
    if (result.rang) rang += 1;
    if (result.findings.length > 0) report(describe(result));
    const calls = done + 1;
    if (calls === BASELINE_CALLS || calls % SAMPLE_CALLS === 0 || calls === plans.length) {
      const sample = await takeSample(calls, stage);
      samples.push(sample);
      for (const restless of sample.restless) report(`FINDING after ${calls}: ${restless}`);
      console.log(lineOf(sample));
    }
  }
  return { samples, rang, findings };
}

async function main(): Promise<number> {
  const only = option('only');
  const count = asNumber('calls', 1_000);
  const plans =
    only === undefined
      ? Array.from({ length: count }, (_, index) => planCall(seed, index))
      : [planCall(seed, Number(only))];
  const startedAt = performance.now();
  const stage = await openSoakStage();
  const { samples, rang, findings: wrong } = await runAll(plans, stage);
  await stage.page.evaluate(() => globalThis.everdialSoak.close());
  const closed = await takeSample(plans.length, stage);
  await stage.close();

  const limits = limitsOf(samples, closed);
  const slope = heapSlope(samples);
  console.log(tableOf(limits, closed));
  if (slope !== undefined) console.log(`heap: ${slope} MB in 100 calls, by all samples`);
  // Once more at the end, where nobody overlooks it.
  for (const finding of wrong) console.log(finding);
  const findings = wrong.length + limits.filter(({ met }) => !met).length;
  const seconds = Math.round((performance.now() - startedAt) / 1_000);
  const file = option('json');
  if (file !== undefined) {
    const machine = { ...machineFacts(), load: machineLoad() };
    const result = { machine, seed, calls: plans.length, rang, findings, seconds, slope };
    await writeFile(file, JSON.stringify({ ...result, limits, samples, closed }, null, 2));
  }
  console.log(
    `soak: ${plans.length} calls, ${rang} rang, ${findings} findings, ${seconds} s, seed ${seed}`,
  );
  return findings === 0 && plans.length > 0 ? 0 : 1;
}

process.exitCode = await main();
