import { describe, expect, it } from 'vitest';
import { busyTone, congestionTone, digitTone, ringbackTone } from '../../../src/media/tones.js';

/** ITU-T E.180 supplement 2, written down by hand: ringback, busy, congestion as [hertz, seconds on, off, on …]. */
const RECOMMENDED = {
  US: [
    [[440, 480], 2, 4],
    [[480, 620], 0.5, 0.5],
    [[480, 620], 0.25, 0.25],
  ],
  CA: [
    [[440, 480], 2, 4],
    [[480, 620], 0.5, 0.5],
    [[480, 620], 0.25, 0.25],
  ],
  GB: [
    [[400, 450], 0.4, 0.2, 0.4, 2],
    [[400], 0.375, 0.375],
    [[400], 0.4, 0.35, 0.225, 0.525],
  ],
  DE: [
    [[425], 1, 4],
    [[425], 0.48, 0.48],
    [[425], 0.24, 0.24],
  ],
  FR: [
    [[440], 1.5, 3.5],
    [[440], 0.5, 0.5],
    [[440], 0.25, 0.25],
  ],
  ES: [
    [[425], 1.5, 3],
    [[425], 0.2, 0.2],
    [[425], 0.2, 0.2, 0.2, 0.2, 0.2, 0.6],
  ],
  IT: [
    [[425], 1, 4],
    [[425], 0.5, 0.5],
    [[425], 0.2, 0.2],
  ],
  NL: [
    [[425], 1, 4],
    [[425], 0.5, 0.5],
    [[425], 0.25, 0.25],
  ],
  AU: [
    [[413, 438], 0.4, 0.2, 0.4, 2],
    [[425], 0.375, 0.375],
    [[425], 0.375, 0.375],
  ],
  JP: [
    [[384, 400, 416], 1, 2],
    [[400], 0.5, 0.5],
    [[400], 0.5, 0.5],
  ],
  IN: [
    [[375, 400, 425], 0.4, 0.2, 0.4, 2],
    [[400], 0.75, 0.75],
    [[400], 0.25, 0.25],
  ],
  BR: [
    [[425], 1, 4],
    [[425], 0.25, 0.25],
    [[425], 0.25, 0.25, 0.75, 0.25],
  ],
  MX: [
    [[425], 1, 4],
    [[425], 0.25, 0.25],
    [[425], 0.25, 0.25],
  ],
  CH: [
    [[425], 1, 4],
    [[425], 0.5, 0.5],
    [[425], 0.2, 0.2],
  ],
} as const;

const asWritten = ({ frequenciesHz, cadenceMs }: ReturnType<typeof ringbackTone>) => [
  frequenciesHz,
  ...cadenceMs.map((ms) => ms / 1000),
];

describe('the tones of a country', () => {
  it.each(Object.entries(RECOMMENDED))('%s', (country, [ringback, busy, congestion]) => {
    expect(asWritten(ringbackTone(country))).toEqual(ringback);
    expect(asWritten(busyTone(country))).toEqual(busy);
    expect(asWritten(congestionTone(country))).toEqual(congestion);
    expect(ringbackTone(country).cycles).toBeUndefined();
  });

  it('are those of North America where the country is unknown, and are found in any case', () => {
    for (const country of [undefined, '', 'XX', 'constructor', 'toString', '__proto__']) {
      expect(ringbackTone(country)).toEqual(ringbackTone('US'));
    }
    expect(ringbackTone('gb')).toEqual(ringbackTone('GB'));
  });

  it.each(Object.keys(RECOMMENDED))('%s: busy and congestion end by themselves', (country) => {
    for (const { cadenceMs, cycles = Number.NaN } of [busyTone(country), congestionTone(country)]) {
      const ms = cycles * cadenceMs.reduce((sum, part) => sum + part, 0);
      expect(ms).toBeGreaterThanOrEqual(3_000);
      expect(ms).toBeLessThan(5_000);
    }
  });
});

describe('the tone of a key', () => {
  /** ITU-T Q.23, figure 1. */
  const KEYPAD = { 697: '123A', 770: '456B', 852: '789C', 941: '*0#D' };
  const COLUMNS = [1209, 1336, 1477, 1633];

  it('is a pair of frequencies, by row and column', () => {
    for (const [row, keys] of Object.entries(KEYPAD)) {
      for (const [index, key] of [...keys].entries()) {
        const tone = digitTone(key);
        expect([key, tone?.frequenciesHz]).toEqual([key, [Number(row), COLUMNS[index]]]);
        expect(digitTone(key.toLowerCase())).toEqual(tone);
        expect(tone?.cycles).toBe(1);
      }
    }
  });

  it.each(['', ',', 'w', 'W', '12', 'E', ' '])('is none for "%s"', (text) => {
    expect(digitTone(text)).toBeUndefined();
  });
});
