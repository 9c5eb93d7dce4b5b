import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { PROJECT_ROOT } from './root.js';
import type { Step } from './steps.js';
import { noTotals, type Totals } from './totals.js';

/** How a step ended. */
export interface StepResult {
  /** The step. */
  readonly step: Step;
  /** What it adds to the sum. */
  readonly totals: Totals;
  /** What it printed, both streams. */
  readonly output: string;
  /** Milliseconds it took. */
  readonly durationMs: number;
}

const DEFAULT_TIMEOUT_MS = 300_000;

/** Leaders of the process groups that run now. */
const running = new Set<number>();

/** Ends whatever runs: steps are not reached by the Ctrl-C that reaches us. */
export function endRunningSteps(): void {
  for (const pid of running) endGroup(pid);
}

/** Runs a step to its end. Never rejects: what goes wrong is a failure with its output. */
export async function runStep(step: Step): Promise<StepResult> {
  const startedAt = performance.now();
  const totalsFile = join(PROJECT_ROOT, '.cache/totals', `${step.name}.json`);
  rmSync(totalsFile, { force: true });
  const { succeeded, output } = await run(step, totalsFile);
  const totals = step.kind === 'suite' ? readTotals(totalsFile) : noTotals();
  if (step.kind !== 'suite' && succeeded) totals.passed += 1;
  // A suite that fails, or runs nothing, without a failed test has failed all the same.
  const ranNothing = totals.passed + totals.failed === 0;
  if (totals.failed === 0 && (!succeeded || ranNothing)) totals.failed += 1;
  return { step, totals, output, durationMs: performance.now() - startedAt };
}

function run(step: Step, totalsFile: string): Promise<{ succeeded: boolean; output: string }> {
  const [program, ...args] = step.command;
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: PROJECT_ROOT,
      // Its own process group, so that a step which hangs takes its children along.
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        EVERDIAL_TOTALS: totalsFile,
        NO_COLOR: '1',
        FORCE_COLOR: '0',
        PATH: [join(PROJECT_ROOT, 'node_modules/.bin'), process.env['PATH'] ?? ''].join(delimiter),
      },
    });
    const { pid } = child;
    if (pid !== undefined) running.add(pid);
    let output = '';
    const timeoutMs = step.timeoutMs ?? DEFAULT_TIMEOUT_MS;
    const timer = setTimeout(() => {
      output += `\nNot finished after ${timeoutMs / 1000} s.\n`;
      if (pid !== undefined) endGroup(pid);
    }, timeoutMs);
    const finish = (succeeded: boolean): void => {
      clearTimeout(timer);
      if (pid !== undefined) running.delete(pid);
      resolve({ succeeded, output });
    };
    child.stdout.on('data', (chunk) => {
      output += chunk;
    });
    child.stderr.on('data', (chunk) => {
      output += chunk;
    });
    child.on('error', (error) => {
      output += `${error.message}\n`;
      finish(false);
    });
    child.on('close', (code) => finish(code === 0));
  });
}

function endGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It ended in this moment.
  }
}

function readTotals(file: string): Totals {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Totals;
  } catch {
    return noTotals();
  }
}
