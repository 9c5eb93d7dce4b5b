import { describe, expect, it } from 'vitest';
import { readStats } from '../../../src/quality/read-stats.js';
import { createSimulatedClock } from '../../../src/testing/simulated-clock.js';
import { type RecordedEntry, read, recorded } from './recorded.js';

const [, talking] = recorded.talking;
const entry = (type: string, more: (one: RecordedEntry) => boolean = () => true): RecordedEntry => {
  const found = talking.find((one) => one.type === type && more(one));
  if (!found) throw new Error(`no ${type} was recorded`);
  return found;
};

/** Field names of Firefox: no counters of the transport, the pair in use is marked, no level of the microphone. */
const FIREFOX = [
  {
    id: 'in',
    type: 'inbound-rtp',
    kind: 'audio',
    codecId: 'codec',
    packetsReceived: 100,
    bytesReceived: 8_000,
    headerBytesReceived: 2_000,
    packetsLost: 3,
    jitter: 0.004,
    audioLevel: 0.2,
    totalAudioEnergy: 1.5,
    totalSamplesDuration: 2,
    totalSamplesReceived: 96_000,
    concealedSamples: 700,
    silentConcealedSamples: 200,
  },
  { id: 'out', type: 'outbound-rtp', kind: 'audio', packetsSent: 90, bytesSent: 7_200 },
  {
    id: 'far',
    type: 'remote-inbound-rtp',
    kind: 'audio',
    roundTripTime: 0.12,
    fractionLost: 0.05,
  },
  { id: 'codec', type: 'codec', mimeType: 'audio/PCMU' },
  { id: 'other', type: 'candidate-pair', nominated: true, state: 'succeeded' },
  {
    id: 'pair',
    type: 'candidate-pair',
    selected: true,
    nominated: true,
    state: 'succeeded',
    localCandidateId: 'local',
    remoteCandidateId: 'remote',
  },
  { id: 'local', type: 'local-candidate', candidateType: 'srflx' },
  { id: 'remote', type: 'remote-candidate', candidateType: 'relay' },
];

/** Field names of older Safari: `mediaType`, and no word about which pair is in use but the nomination. */
const SAFARI = [
  { id: 'in', type: 'inbound-rtp', mediaType: 'audio', packetsReceived: 10, bytesReceived: 1_000 },
  { id: 'film', type: 'inbound-rtp', mediaType: 'video', packetsReceived: 900 },
  { id: 'failed', type: 'candidate-pair', nominated: true, state: 'failed' },
  {
    id: 'pair',
    type: 'candidate-pair',
    nominated: true,
    state: 'succeeded',
    currentRoundTripTime: 0.08,
    localCandidateId: 'local',
  },
  { id: 'local', type: 'local-candidate', candidateType: 'relay' },
  { id: 'microphone', type: 'media-source', kind: 'audio', audioLevel: 0.3 },
];

describe('reading statistics', () => {
  it('reads a real report of Chromium', () => {
    const inbound = entry('inbound-rtp');
    const outbound = entry('outbound-rtp');
    const transport = entry('transport');
    const [ours, theirs] = ['localCertificateId', 'remoteCertificateId'].map((name) => {
      const certificate = entry('certificate', ({ id }) => id === transport[name]);
      return `sha-256 ${certificate['fingerprint']}`;
    });
    const stats = read(talking);
    expect(stats).toMatchObject({
      packetsReceived: inbound['packetsReceived'],
      packetsSent: outbound['packetsSent'],
      packetsLost: 0,
      jitterMs: (inbound['jitter'] as number) * 1000,
      remoteLossPercent: 0,
      samplesPlayed: inbound['totalSamplesReceived'],
      samplesConcealed:
        (inbound['concealedSamples'] as number) - (inbound['silentConcealedSamples'] as number),
      trackId: entry('media-source')['trackIdentifier'],
      codec: 'opus',
      candidateType: 'host',
      relayed: false,
      transport: {
        dtlsState: 'connected',
        tlsVersion: 'FEFC',
        dtlsCipher: 'TLS_AES_128_GCM_SHA256',
        srtpCipher: 'SRTP_AES128_CM_HMAC_SHA1_80',
      },
      localFingerprint: ours,
      remoteFingerprint: theirs,
    });
    expect(ours).not.toBe(theirs);
    expect(stats.input.totalAudioEnergy).toBeGreaterThan(0);
    expect(stats.output.audioLevel).toBeGreaterThan(0.05);
    expect(stats.rttMs).toBe((entry('remote-inbound-rtp')['roundTripTime'] as number) * 1000);
    expect(stats.bytesSent).toBe(
      (transport['bytesSent'] as number) + 28 * (transport['packetsSent'] as number),
    );
    expect(stats.bytesReceived).toBe(
      (transport['bytesReceived'] as number) + 28 * (transport['packetsReceived'] as number),
    );
  });

  it('reads what Firefox tells', () => {
    expect(read(FIREFOX)).toMatchObject({
      packetsReceived: 100,
      bytesReceived: 8_000 + 2_000 + 100 * 28,
      // It counted no headers of what it sent: 12 bytes each at least.
      bytesSent: 7_200 + 90 * 12 + 90 * 28,
      packetsLost: 3,
      jitterMs: 4,
      rttMs: 120,
      remoteLossPercent: 5,
      samplesPlayed: 96_000,
      samplesConcealed: 500,
      input: {},
      output: { audioLevel: 0.2, totalAudioEnergy: 1.5, totalSamplesDuration: 2 },
      codec: 'pcmu',
      candidateType: 'srflx',
      relayed: true,
      transport: {},
      localFingerprint: undefined,
    });
  });

  it('reads what Safari tells, and no video', () => {
    expect(read(SAFARI)).toMatchObject({
      packetsReceived: 10,
      rttMs: 80,
      jitterMs: undefined,
      remoteLossPercent: undefined,
      samplesPlayed: undefined,
      input: { audioLevel: 0.3 },
      candidateType: 'relay',
      relayed: true,
      codec: undefined,
    });
  });

  it('knows nothing of an empty report', () => {
    expect(read([])).toMatchObject({
      packetsReceived: 0,
      bytesSent: 0,
      rttMs: undefined,
      candidateType: undefined,
      relayed: undefined,
      remoteFingerprint: undefined,
    });
  });

  it.each([
    [
      'throws',
      () => {
        throw new Error('closed');
      },
    ],
    ['rejects', () => Promise.reject(new Error('closed'))],
    ['never answers', () => new Promise<never>(() => undefined)],
  ])('is undefined within 2 s when getStats %s', async (_, getStats) => {
    const clock = createSimulatedClock();
    let stats: unknown = 'none yet';
    void readStats({ getStats } as never, clock).then((result) => {
      stats = result;
    });
    await clock.advance(2_000);
    expect(stats).toBeUndefined();
    expect(clock.pendingTimers).toBe(0);
  });
});
