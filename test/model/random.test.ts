// @vitest-environment node
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { CALL_TRANSITIONS } from '../../src/core/call-state.js';
import { anyScript } from './arbitrary.js';
import { runScript } from './run-script.js';

const RUNS = 500;
/** Fixed, so that a build fails for what was changed and not for bad luck; `npm run fuzz` takes any. */
const SEED = 20;

it('whatever happens over whichever carriers, every invariant holds', async () => {
  const states = new Set<string>();
  const schedules = new Set<number>();
  const reached = { switched: 0, answered: 0, answeredAfterSwitch: 0, proofByServer: 0 };
  await fc.assert(
    fc.asyncProperty(anyScript, async (script) => {
      const { seen, violations, schedule } = await runScript(script);
      expect(violations).toEqual([]);
      schedules.add(schedule);
      for (const { state } of seen.told) if (state) states.add(state);
      const has = (name: string) => seen.told.some((event) => event.name === name);
      if (has('switched')) reached.switched += 1;
      if (has('answered')) reached.answered += 1;
      if (has('switched') && has('answered')) reached.answeredAfterSwitch += 1;
      if (seen.journal.proofs.some(({ by }) => by === 'server')) reached.proofByServer += 1;
    }),
    { numRuns: RUNS, seed: SEED },
  );
  // Otherwise it would hold because little was tried.
  expect(schedules.size).toBeGreaterThan(0.95 * RUNS);
  expect(states).toEqual(new Set(Object.keys(CALL_TRANSITIONS).slice(1)));
  expect(reached.switched).toBeGreaterThan(RUNS / 20);
  expect(reached.answered).toBeGreaterThan(RUNS / 20);
  expect(reached.answeredAfterSwitch).toBeGreaterThan(5);
  expect(reached.proofByServer).toBeGreaterThan(5);
}, 60_000);

it('the same script gives the same history (I16)', async () => {
  for (const script of fc.sample(anyScript, { numRuns: 60, seed: SEED })) {
    const [first, second] = [await runScript(script), await runScript(script)];
    expect(second.history).toEqual(first.history);
    expect(second.schedule).toBe(first.schedule);
  }
}, 60_000);
