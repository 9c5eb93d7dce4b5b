import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  delayImpairment,
  estimateMos,
  lossImpairment,
  type MosInput,
  mosOfR,
} from '../../../src/quality/mos.js';

describe('the E-model', () => {
  it.each([
    // G.107: all parameters at their defaults.
    [93.2, 4.41],
    // G.107 Annex B, lower limits of the classes of satisfaction.
    [90, 4.34],
    [80, 4.03],
    [70, 3.6],
    [60, 3.1],
    [50, 2.58],
    // Its ends.
    [0, 1],
    [100, 4.5],
  ])('R %d is MOS %d', (r, mos) => {
    // The table rounds up: R 80 gives 4.024.
    expect(Math.abs(mosOfR(r) - mos)).toBeLessThan(0.01);
  });

  it('never praises what is off the scale', () => {
    expect(mosOfR(-50)).toBe(1);
    expect(mosOfR(-1000)).toBe(1);
    expect(mosOfR(3)).toBe(1);
    expect(mosOfR(150)).toBe(4.5);
  });

  it.each([
    // Worked out by hand from the formula of G.107: X is 0, log2(1.5), 1, 2, log2(8), log2(10).
    [100, 0],
    [150, 0.16],
    [200, 3.04],
    [400, 24.07],
    [800, 40.83],
    [1_000, 43.79],
  ])('a delay of %d ms impairs by %d', (delayMs, impairment) => {
    expect(delayImpairment(delayMs)).toBeCloseTo(impairment, 1);
  });

  it.each([
    // G.113 Appendix I: G.729A with VAD, Ie 11 and Bpl 19, measured over random loss.
    [0, 11],
    [1, 15],
    [2, 19],
    [3, 23],
    [4, 26],
    [8, 36],
    [16, 49],
  ])('G.729A with %d %% loss impairs by %d', (lossPercent, impairment) => {
    expect(Math.abs(lossImpairment(lossPercent, 11, 19) - impairment)).toBeLessThan(0.7);
  });

  it('gives Opus Ie 0 and Bpl 20', () => {
    expect(lossImpairment(0)).toBe(0);
    expect(lossImpairment(20)).toBe(47.5);
  });
});

describe('the mean opinion score of a connection', () => {
  it.each<readonly [string, MosInput, number]>([
    ['the best', { rttMs: 20, jitterMs: 2, lossPercent: 0 }, 4.41],
    // Ta = 150 + 60 + 26.5 ms: Idd 6.26; 2 % of Bpl 20: 8.64. R 78.3.
    ['300 ms, 30 ms, 2 %', { rttMs: 300, jitterMs: 30, lossPercent: 2 }, 3.96],
    ['all lost', { rttMs: 2_000, jitterMs: 100, lossPercent: 100 }, 1],
    ['unknown round trip', { rttMs: undefined, jitterMs: 0, lossPercent: 0 }, 4.41],
  ])('%s', (_, input, mos) => {
    expect(estimateMos(input)).toBeCloseTo(mos, 1);
  });

  it('counts the round trip half, the jitter twice and the codec once', () => {
    // 147 / 2 + 26.5 = 100 ms: the last that costs nothing.
    expect(estimateMos({ rttMs: 147, jitterMs: 0, lossPercent: 0 })).toBeCloseTo(mosOfR(93.2), 9);
    const late = mosOfR(93.2 - delayImpairment(426.5));
    expect(estimateMos({ rttMs: 800, jitterMs: 0, lossPercent: 0 })).toBeCloseTo(late, 9);
    expect(estimateMos({ rttMs: 0, jitterMs: 200, lossPercent: 0 })).toBeCloseTo(late, 9);
  });

  const anyInput = fc.record({
    rttMs: fc.double({ min: 0, max: 10_000, noNaN: true }),
    jitterMs: fc.double({ min: 0, max: 2_000, noNaN: true }),
    lossPercent: fc.double({ min: 0, max: 100, noNaN: true }),
  });

  it('stays within 1.0 and 4.5', () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        const mos = estimateMos(input);
        expect(mos).toBeGreaterThanOrEqual(1);
        expect(mos).toBeLessThanOrEqual(4.5);
      }),
    );
  });

  it.each(['rttMs', 'jitterMs', 'lossPercent'] as const)('never rises with more %s', (name) => {
    fc.assert(
      fc.property(anyInput, fc.double({ min: 0, max: 2_000, noNaN: true }), (input, more) => {
        const worst = name === 'lossPercent' ? 100 : Number.POSITIVE_INFINITY;
        const worse = { ...input, [name]: Math.min(worst, input[name] + more) };
        expect(estimateMos(worse)).toBeLessThanOrEqual(estimateMos(input) + 1e-9);
      }),
      { numRuns: 1_000 },
    );
  });
});
