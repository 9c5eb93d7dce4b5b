// @vitest-environment node
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { anyScript } from './arbitrary.js';
import { WORKING } from './carriers/behaviour.js';
import { dialNaively, rangTwice } from './naive-dialer.js';
import { runScript } from './run-script.js';
import type { Script } from './script.js';

/** One press over two carriers, of which the first has any fault; the callee can be reached. */
const faults = anyScript.map(
  ({ carriers, taking, seed, steps: [click, ...steps] }): Script => ({
    carriers: [carriers[0] ?? WORKING, WORKING],
    taking: { ...taking, callee: 'answers' },
    fence: 'none',
    microphone: 'granted',
    policy: 'standard',
    seed,
    steps: [
      ...(click ? [click] : []),
      ...steps.filter((step) => typeof step.do === 'object' && step.do.carrier === 0).slice(0, 1),
    ],
  }),
);

/** How often it rang twice and how often somebody answered, in per cent. */
async function measure(
  scripts: readonly Script[],
  play: (script: Script) => Promise<Awaited<ReturnType<typeof dialNaively>>>,
) {
  let twice = 0;
  let answered = 0;
  for (const script of scripts) {
    const legs = await play(script);
    if (rangTwice(legs)) twice += 1;
    if (legs.some(({ answeredAtMs }) => answeredAtMs !== undefined)) answered += 1;
  }
  const share = (count: number) => Math.round((1_000 * count) / scripts.length) / 10;
  return { twice: share(twice), answered: share(answered) };
}

it('a dialer that retries without proof rings the callee twice, and this harness sees it', async () => {
  const scripts = fc.sample(faults, { numRuns: 400, seed: 3 });
  const fenced = scripts.map((script): Script => ({ ...script, fence: 'works' }));
  const any = await measure(scripts, (script) => dialNaively(script, 'retries on any error'));
  const silent = await measure(scripts, (script) =>
    dialNaively(script, 'retries while it does not ring'),
  );
  const ours = await measure(scripts, async (script) => (await runScript(script)).seen.phone);
  const withServer = await measure(fenced, async (script) => (await runScript(script)).seen.phone);
  console.info('rang twice and answered, per cent of the scripts:', {
    any,
    silent,
    ours,
    withServer,
  });
  expect(any.twice).toBeGreaterThan(10);
  expect(silent.twice).toBeGreaterThan(5);
  expect(any.twice).toBeGreaterThan(silent.twice);
  expect(ours.twice).toBe(0);
  expect(withServer.twice).toBe(0);
  expect(withServer.answered).toBeGreaterThanOrEqual(ours.answered);
}, 60_000);
