// @vitest-environment node
import { expect, it } from 'vitest';
import { REGRESSIONS } from './regressions.js';
import { runScript } from './run-script.js';

it.each(REGRESSIONS)('$invariant stays mended: $was', async ({ script }) => {
  expect((await runScript(script)).violations).toEqual([]);
});
