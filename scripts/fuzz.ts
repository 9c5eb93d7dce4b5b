// `npm run fuzz -- --runs 10000 --seed 7`: random scripts over simulated carriers, see test/model/script.ts.
// A run is one complete script, from the press to close(). An interleaving is an order in which everything in a run happened,
// whatever the times were; each order counts once. --path 3:1 replays what a failure has printed.
import fc from 'fast-check';
import { anyScript } from '../test/model/arbitrary.js';
import { runScript } from '../test/model/run-script.js';

/** Scripts between two lines of progress. Each part has a seed of its own: the first one's, the next number, and so on. */
const PART = 2_000;

function option(name: string): string | undefined {
  const index = process.argv.indexOf(`--${name}`);
  return index < 0 ? undefined : process.argv[index + 1];
}

async function main(): Promise<number> {
  const runs = Number(option('runs') ?? 10_000);
  const seed = Number(option('seed') ?? Date.now() % 1_000_000);
  const path = option('path');
  const schedules = new Set<number>();
  const startMs = performance.now();
  let done = 0;
  const property = fc.asyncProperty(anyScript, async (script) => {
    const { schedule, violations } = await runScript(script);
    done += 1;
    schedules.add(schedule);
    if (violations.length > 0) throw new Error(violations.join('\n'));
  });
  for (let part = seed; done < runs; part += 1) {
    const before = done;
    const numRuns = Math.min(PART, runs - done);
    const { failed, counterexample, counterexamplePath, errorInstance } = await fc.check(property, {
      numRuns,
      seed: part,
      ...(path !== undefined && { path }),
    });
    if (failed) {
      console.log(JSON.stringify(counterexample?.[0], null, 2));
      console.log(errorInstance instanceof Error ? errorInstance.message : errorInstance);
      console.log(`again: npm run fuzz -- --runs 1 --seed ${part} --path ${counterexamplePath}`);
      console.log(`fuzz: violation after ${before} runs and more, seed ${part}`);
      return 1;
    }
    if (path !== undefined) break;
    const seconds = (performance.now() - startMs) / 1_000;
    console.log(
      `${done} runs, ${schedules.size} interleavings, ${(done / seconds).toFixed(0)} runs/s`,
    );
  }
  console.log(`fuzz: ${done} runs, ${schedules.size} interleavings, 0 violations, seed ${seed}`);
  return 0;
}

process.exitCode = await main();
