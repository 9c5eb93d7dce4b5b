// @vitest-environment node
import { expect, it } from 'vitest';
import { runScript } from './run-script.js';
import type { Script } from './script.js';
import { ORDERS, pairs, SINGLES, scriptOf } from './small-scope.js';

/** Runs scripts and gathers what breaks an invariant; the first few are enough to see why. */
async function runAll(scripts: Iterable<Script>) {
  const broken: string[] = [];
  let runs = 0;
  let switched = 0;
  let answered = 0;
  for (const script of scripts) {
    const { violations, seen } = await runScript(script);
    runs += 1;
    if (seen.told.some(({ name }) => name === 'switched')) switched += 1;
    if (seen.phone.some(({ answeredAtMs }) => answeredAtMs !== undefined)) answered += 1;
    if (violations.length > 0 && broken.length < 5)
      broken.push(`${violations.join(' | ')} in ${JSON.stringify(script)}`);
  }
  return { broken, runs, switched, answered };
}

it('every single fault, in every phase, with every order of carriers', async () => {
  function* scripts(): Iterable<Script> {
    for (const order of ORDERS)
      for (const fence of ['none', 'works'] as const)
        for (const fault of SINGLES) yield scriptOf(order, [fault], fence);
  }
  const { broken, runs, switched, answered } = await runAll(scripts());
  expect(broken).toEqual([]);
  expect(runs).toBe(SINGLES.length * ORDERS.length * 2);
  expect(switched).toBeGreaterThan(runs / 20);
  expect(answered).toBeGreaterThan(runs / 4);
}, 120_000);

it('every pair of faults on the way to another carrier', async () => {
  const orders = ORDERS.slice(0, 2);
  function* scripts(): Iterable<Script> {
    for (const [index, order] of orders.entries())
      for (const faults of pairs()) yield scriptOf(order, faults, index === 1 ? 'works' : 'none');
  }
  const { broken, runs, switched, answered } = await runAll(scripts());
  expect(broken).toEqual([]);
  expect(runs).toBeGreaterThan(6_000);
  expect(switched).toBeGreaterThan(runs / 10);
  expect(answered).toBeGreaterThan(runs / 10);
}, 180_000);
