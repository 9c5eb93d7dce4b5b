import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { difference } from '../../../src/quality/difference.js';
import { estimateMos } from '../../../src/quality/mos.js';
import type { RawLevel, RawStats } from '../../../src/quality/read-stats.js';
import { createSample } from '../../../src/quality/sample.js';
import { read, recorded } from './recorded.js';

const raw = (more: Partial<RawStats> = {}): RawStats => ({ ...read([]), ...more });
const moment = { atMs: 7_000, elapsedMs: 1_000, usedBytes: 2_500_000 };

const before = raw({
  packetsReceived: 100,
  packetsSent: 100,
  bytesReceived: 10_000,
  bytesSent: 20_000,
  packetsLost: 4,
  samplesPlayed: 96_000,
  samplesConcealed: 960,
  input: { totalAudioEnergy: 1, totalSamplesDuration: 2 },
  output: { totalAudioEnergy: 1, totalSamplesDuration: 2 },
});
const now = raw({
  packetsReceived: 148,
  packetsSent: 150,
  bytesReceived: 16_250,
  bytesSent: 22_500,
  packetsLost: 6,
  samplesPlayed: 144_000,
  samplesConcealed: 1_440,
  jitterMs: 12,
  rttMs: 90,
  remoteLossPercent: 1.5,
  input: { audioLevel: 0.9, totalAudioEnergy: 1.04, totalSamplesDuration: 3 },
  output: { audioLevel: 0.9, totalAudioEnergy: 1.25, totalSamplesDuration: 3 },
  codec: 'opus',
  candidateType: 'srflx',
  relayed: false,
});

describe('a sample', () => {
  it('tells what happened in its second', () => {
    const sample = createSample(now, difference(before, now), moment);
    expect(sample).toEqual({
      atMs: 7_000,
      mos: estimateMos({ rttMs: 90, jitterMs: 12, lossPercent: 4 }),
      rttMs: 90,
      jitterMs: 12,
      lossPercent: 4,
      remoteLossPercent: 1.5,
      receivedKbps: 50,
      sentKbps: 20,
      codec: 'opus',
      relayed: false,
      candidateType: 'srflx',
      concealedPercent: 1,
      inputLevel: expect.closeTo(0.2),
      outputLevel: expect.closeTo(0.5),
      usedMegabytes: 2.5,
      // 8750 bytes in a second.
      megabytesPerMinute: expect.closeTo(0.525),
    });
  });

  it('takes the level of the moment where the browser counts no energy', () => {
    const { input, output } = { input: { audioLevel: 0.3 }, output: {} };
    expect(difference(before, raw({ input, output }))).toMatchObject({
      inputLevel: 0.3,
      outputLevel: undefined,
    });
  });

  it('hears nothing where nothing is decoded, whatever the browser remembers', () => {
    const [first, second] = recorded.noPlayer.map(read);
    expect(second?.output.audioLevel).toBeGreaterThan(0.05);
    expect(difference(first, second as RawStats).outputLevel).toBe(0);
  });

  it('begins anew when counters do', () => {
    const restarted = raw({ packetsReceived: 20, bytesReceived: 3_000, packetsLost: 1 });
    expect(difference(before, restarted)).toMatchObject({
      received: 20,
      bytesReceived: 3_000,
      lost: 0,
      sent: 0,
      played: undefined,
      concealed: 0,
    });
  });

  it('loses nothing when a late packet is taken back', () => {
    const late = raw({ ...now, packetsLost: 3 });
    expect(difference(before, late).lost).toBe(0);
  });

  it('fits a real second', () => {
    const [first, second] = recorded.talking.map(read) as [RawStats, RawStats];
    const sample = createSample(second, difference(first, second), moment);
    expect(sample.mos).toBeGreaterThan(4.3);
    expect(sample.lossPercent).toBe(0);
    // Opus with 32 kbit/s at most: B.5 reckons 55 each way, and a beep now and then takes less.
    expect(sample.receivedKbps).toBeGreaterThan(20);
    expect(sample.receivedKbps).toBeLessThan(90);
    expect(sample.megabytesPerMinute).toBeGreaterThan(0.4);
    expect(sample.megabytesPerMinute).toBeLessThan(1.3);
    expect(sample.outputLevel).toBeGreaterThan(0.05);
  });

  const count = fc.double({ min: 0, max: 1e9, noNaN: true });
  const maybe = fc.option(count, { nil: undefined });
  const level = fc.record(
    { audioLevel: count, totalAudioEnergy: count, totalSamplesDuration: count },
    { requiredKeys: [] },
  ) as fc.Arbitrary<RawLevel>;
  const stats = fc
    .record({
      packetsReceived: count,
      packetsSent: count,
      bytesReceived: count,
      bytesSent: count,
      packetsLost: fc.double({ min: -1_000, max: 1e9, noNaN: true }),
      samplesPlayed: maybe,
      samplesConcealed: fc.double({ min: -1_000, max: 1e9, noNaN: true }),
      jitterMs: maybe,
      rttMs: maybe,
      input: level,
      output: level,
    })
    .map(raw);

  it('is never negative and never NaN, whatever two reports say', () => {
    fc.assert(
      fc.property(
        fc.option(stats, { nil: undefined }),
        stats,
        fc.nat(5_000),
        (one, two, elapsedMs) => {
          const sample = createSample(two, difference(one, two), { ...moment, elapsedMs });
          for (const value of Object.values(sample)) {
            if (typeof value === 'number') expect(value).toBeGreaterThanOrEqual(0);
          }
          for (const share of [sample.lossPercent, sample.concealedPercent]) {
            expect(share).toBeLessThanOrEqual(100);
          }
        },
      ),
    );
  });
});
