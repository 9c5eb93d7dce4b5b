import { describe, expect, it } from 'vitest';
import type { QualitySample } from '../../../src/quality/quality.js';
import { createLevelGauge, type LevelChange } from '../../../src/quality/quality-level.js';
import { createSummary } from '../../../src/quality/summary.js';

const GOOD = { rttMs: 80, jitterMs: 5, lossPercent: 0, mos: 4.4 };
const FAIR = { ...GOOD, rttMs: 300 };
const POOR = { ...GOOD, lossPercent: 4 };

type Values = Partial<QualitySample>;
const sample = (values: Values, atMs: number) => ({ ...GOOD, ...values, atMs }) as QualitySample;

/** Takes one sample a second, the first at 5 s; gives the changes with the number of the sample that made them. */
function run(...samples: readonly Values[]): readonly (LevelChange & { readonly at: number })[] {
  const gauge = createLevelGauge();
  return samples.flatMap((values, index) => {
    const change = gauge.add(sample(values, 5_000 + index * 1_000));
    return change ? [{ ...change, at: index + 1 }] : [];
  });
}
const times = (count: number, values: Values): readonly Values[] => Array(count).fill(values);

describe('the level of quality', () => {
  it('is unknown for the first 5 s, then good with the first good sample', () => {
    const gauge = createLevelGauge();
    expect(gauge.add(sample(POOR, 1_000))).toBeUndefined();
    expect(gauge.add(sample(GOOD, 4_999))).toBeUndefined();
    expect(gauge.level).toBe('unknown');
    expect(gauge.add(sample(GOOD, 5_000))).toEqual({
      level: 'good',
      previous: 'unknown',
      reasons: [],
    });
  });

  it.each<readonly [string, Values, 'fair' | 'poor' | undefined]>([
    ['rtt', { rttMs: 250 }, undefined],
    ['rtt', { rttMs: 251 }, 'fair'],
    ['rtt', { rttMs: 400 }, 'fair'],
    ['rtt', { rttMs: 401 }, 'poor'],
    ['jitter', { jitterMs: 20 }, undefined],
    ['jitter', { jitterMs: 21 }, 'fair'],
    ['jitter', { jitterMs: 30 }, 'fair'],
    ['jitter', { jitterMs: 31 }, 'poor'],
    ['loss', { lossPercent: 1 }, undefined],
    ['loss', { lossPercent: 1.1 }, 'fair'],
    ['loss', { lossPercent: 3 }, 'fair'],
    ['loss', { lossPercent: 3.1 }, 'poor'],
    ['mos', { mos: 3.5 }, undefined],
    ['mos', { mos: 3.49 }, 'poor'],
  ])('%s: %o is %s', (reason, values, level) => {
    const changes = run(GOOD, ...times(3, values));
    expect(changes.slice(1)).toEqual(
      level ? [{ level, previous: 'good', reasons: [reason], at: 4 }] : [],
    );
  });

  it('gets worse with 3 bad ones of 5, not with 2', () => {
    expect(run(GOOD, POOR, GOOD, POOR, GOOD, GOOD, POOR, GOOD, POOR)).toHaveLength(1);
    expect(run(GOOD, POOR, GOOD, POOR, GOOD, POOR).at(-1)).toMatchObject({ level: 'poor', at: 6 });
  });

  it('gets better after 5 better ones, not after 4', () => {
    const bad = run(GOOD, ...times(5, POOR), ...times(4, GOOD), POOR, ...times(4, GOOD));
    expect(bad.map(({ level }) => level)).toEqual(['good', 'poor']);
    expect(run(GOOD, ...times(5, POOR), ...times(5, GOOD)).at(-1)).toEqual({
      level: 'good',
      previous: 'poor',
      reasons: [],
      at: 11,
    });
  });

  it('goes from poor to fair, from fair to poor, and from unknown to poor', () => {
    expect(run(...times(3, POOR), ...times(5, FAIR), ...times(3, POOR))).toEqual([
      { level: 'poor', previous: 'unknown', reasons: ['loss'], at: 3 },
      { level: 'fair', previous: 'poor', reasons: ['rtt'], at: 8 },
      { level: 'poor', previous: 'fair', reasons: ['loss'], at: 11 },
    ]);
  });

  it('names every reason', () => {
    const all = { rttMs: 500, jitterMs: 40, lossPercent: 9, mos: 2 };
    expect(run(...times(3, all))[0]?.reasons).toEqual(['rtt', 'jitter', 'loss', 'mos']);
  });
});

describe('the summary of a call', () => {
  const add = (
    summary: ReturnType<typeof createSummary>,
    level: 'good' | 'fair' | 'poor' | 'unknown',
    count: number,
  ) => {
    for (let index = 0; index < count; index += 1) summary.add(sample({}, 0), level, 50, 0);
  };

  it('is there after the first sample', () => {
    const summary = createSummary();
    summary.addSilence(3_000);
    expect(summary.read()).toBeUndefined();
  });

  it('has means, loss over all packets, and the time without sound', () => {
    const summary = createSummary();
    summary.add(sample({ mos: 4, rttMs: 100, jitterMs: 10 }, 0), 'unknown', 90, 10);
    summary.add(sample({ mos: 3, rttMs: undefined, jitterMs: 20 }, 0), 'unknown', 300, 0);
    summary.addSilence(1_000);
    summary.addSilence(500);
    expect(summary.read()).toEqual({
      mos: 3.5,
      worst: 'unknown',
      rttMs: 100,
      jitterMs: 15,
      lossPercent: 2.5,
      silentMs: 1_500,
    });
  });

  it('has no round-trip time when none was measured', () => {
    const summary = createSummary();
    summary.add(sample({ rttMs: undefined }, 0), 'good', 50, 0);
    expect(summary.read()?.rttMs).toBeUndefined();
  });

  it('takes the worst level that was held for 5 samples', () => {
    const summary = createSummary();
    add(summary, 'good', 5);
    add(summary, 'poor', 4);
    expect(summary.read()?.worst).toBe('good');
    // Fair or worse for 5 in a row.
    add(summary, 'fair', 1);
    expect(summary.read()?.worst).toBe('fair');
    add(summary, 'poor', 5);
    add(summary, 'good', 20);
    expect(summary.read()?.worst).toBe('poor');
  });
});
