// `npm test`: everything. With `--fast` what needs neither build nor browser, with names only those steps.
// The last line is always `N passed, N failed`; the exit code is 0 only when nothing failed.
import { endRunningSteps, runStep, type StepResult } from './run-step.js';
import { STEPS, type Step } from './steps.js';
import { addTotals, noTotals, totalsLine } from './totals.js';

/** How many light steps run side by side. */
const LIGHT_AT_ONCE = 2;

function chosenSteps(args: readonly string[]): readonly Step[] {
  const names = args.filter((arg) => !arg.startsWith('--'));
  const unknown = names.filter((name) => !STEPS.some((step) => step.name === name));
  if (unknown.length > 0) {
    const known = STEPS.map(({ name }) => name).join(' ');
    throw new Error(`No step is called ${unknown.join(', ')}. There are: ${known}`);
  }
  if (names.length > 0) return STEPS.filter(({ name }) => names.includes(name));
  return args.includes('--fast') ? STEPS.filter(({ fast }) => fast) : STEPS;
}

/** Neighbouring light steps in groups, every other step alone. */
function inGroups(steps: readonly Step[]): readonly (readonly Step[])[] {
  const groups: Step[][] = [];
  for (const step of steps) {
    const last = groups.at(-1);
    if (step.light && last?.[0]?.light && last.length < LIGHT_AT_ONCE) last.push(step);
    else groups.push([step]);
  }
  return groups;
}

function print({ step, totals, output, durationMs }: StepResult, withOutput: boolean): void {
  const failed = totals.failed > 0;
  if (failed || withOutput) console.log(output.trimEnd());
  const seconds = `${(durationMs / 1000).toFixed(1)} s`;
  const count = step.kind === 'suite' ? `: ${totalsLine(totals)}` : '';
  console.log(`${failed ? 'FAILED' : 'ok    '} ${step.name} (${seconds})${count}`);
  for (const name of totals.skipped) console.log(`       skipped: ${name}`);
  for (const name of totals.secondTry) console.log(`       at the second try: ${name}`);
}

async function main(args: readonly string[]): Promise<number> {
  const named = args.some((arg) => !arg.startsWith('--'));
  const sum = noTotals();
  for (const group of inGroups(chosenSteps(args))) {
    for (const result of await Promise.all(group.map(runStep))) {
      print(result, named);
      addTotals(sum, result.totals);
    }
  }
  console.log(totalsLine(sum));
  return sum.failed === 0 && sum.passed > 0 ? 0 : 1;
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    endRunningSteps();
    process.exit(1);
  });
}
process.exitCode = await main(process.argv.slice(2));
