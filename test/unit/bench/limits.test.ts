import { describe, expect, it } from 'vitest';
import { isMissed, limitsOf } from '../../../bench/limits.js';
import { resultLine, tableOf } from '../../../bench/report.js';
import { spreadOf } from '../../../bench/statistics.js';
import { caseResult, figure } from './results.js';

const ratio = { title: 'x raw', of: 'runs' } as const;
const told = figure([300, 200, 250], { ratio, times: spreadOf([0.3, 0.2, 0.31]) });
const ran = { failed: false, quick: false };
const judge = (limits: Parameters<typeof limitsOf>[0]['limits'], how = ran, figures = [told]) =>
  limitsOf({ group: 'warm', name: 'Dialer', limits }, figures, how);

describe('limits', () => {
  it('are of the median, in the unit of the figure, and of the ratio', () => {
    const heap = figure([0.4, 1.5, 0.6], { key: 'heap', title: 'heap', unit: 'MB' });
    const found = judge({ told: { value: 250, ratio: 0.25 }, heap: { value: 0.5 } }, ran, [
      told,
      heap,
    ]);
    expect(found).toEqual([
      { name: 'warm: Dialer', figure: 'page told', unit: 'ms', value: 250, limit: 250, met: true },
      {
        name: 'warm: Dialer',
        figure: 'page told',
        unit: 'x raw',
        value: 0.3,
        limit: 0.25,
        met: false,
      },
      { name: 'warm: Dialer', figure: 'heap', unit: 'MB', value: 0.6, limit: 0.5, met: false },
    ]);
    expect(found.map(isMissed)).toEqual([false, true, true]);
  });

  it('that are missed and explained do not fail the run, those that are met need no explanation', () => {
    const explained = 'the SDK waits, see docs';
    const [missed, met] = judge({ told: { value: 249, ratio: 0.4, explained } });
    expect(missed).toMatchObject({ met: false, explained });
    expect(met).not.toHaveProperty('explained');
    expect([missed, met].map((limit) => limit && isMissed(limit))).toEqual([false, false]);
  });

  it('are missed when a sample failed, whatever explains them', () => {
    const [limit] = judge({ told: { value: 999, explained: 'known' } }, { ...ran, failed: true });
    expect(limit).toMatchObject({ value: null, met: false });
    expect(limit && isMissed(limit)).toBe(true);
  });

  it('in the short run are ratios alone, a quarter wider', () => {
    const found = judge({ told: { value: 10, ratio: 0.25 } }, { ...ran, quick: true });
    expect(found).toMatchObject([{ unit: 'x raw', value: 0.3, limit: 0.3125, met: true }]);
  });
});

describe('the report', () => {
  const explained = 'the SDK waits';
  const limits = [
    ...judge({ told: { value: 400 } }),
    ...judge({ told: { value: 100 } }),
    ...judge({ told: { value: 200, explained } }),
  ];

  it('counts met, missed and explained limits in its last line', () => {
    const line = resultLine([caseResult(100, [1], { limits, failures: ['run 2'] })], ['sip']);
    expect(line).toBe(
      'bench: 3 limits, 1 met, 1 missed, 1 explained, 1 samples failed, sip left out',
    );
  });

  it('shows each figure in its unit, and why a limit is missed', () => {
    const heap = figure([0.4], { key: 'heap', title: 'heap', unit: 'MB', digits: 1 });
    const table = tableOf([caseResult(100, [250], { limits, figures: [told, heap] })]);
    const [head, , row] = table.split('\n');
    expect(head).toMatch(/^ +page told, ms +heap, MB +page told, x raw +limit$/);
    expect(row).toContain('250 (200-300)');
    expect(row).toContain('0.4 (0.4-0.4)');
    expect(row).toContain('page told 100 ms MISSED');
    expect(row).toContain(`page told 200 ms missed (explained: ${explained})`);
  });
});
