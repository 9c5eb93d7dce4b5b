import { describe, expect, test } from 'vitest';
import { useBrowserLab } from '../lab/browser/browser-lab.js';
import { CELLS, nameOf, runs } from './cells.js';
import { runCell } from './run-cell.js';

describe('the fault matrix, short form (everything: npm run matrix)', () => {
  const it = useBrowserLab('test/matrix/page-side/matrix-page.ts');

  test.each(runs('short').map((run) => [nameOf(run), run] as const))('%s', async (_name, run) => {
    const { problems } = await runCell(run.cell, run.order, it);
    expect(problems).toEqual([]);
  });

  test('each row comes at least once', () => {
    const inShort = new Set(runs('short').map(({ cell }) => cell.id));
    expect([...new Set(CELLS.map(({ id }) => id))].filter((id) => !inShort.has(id))).toEqual([]);
  });

  test('no two cells have one name', () => {
    const names = runs('full').map(nameOf);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });
});
