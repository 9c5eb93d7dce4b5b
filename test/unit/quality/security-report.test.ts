import { describe, expect, it } from 'vitest';
import { NO_SECURITY } from '../../../src/quality/quality.js';
import { readSecurity } from '../../../src/quality/security-report.js';
import { createSimulatedClock } from '../../../src/testing/simulated-clock.js';
import { recorded } from './recorded.js';

const SDP = (fingerprint: string) =>
  `v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=fingerprint:${fingerprint}\r\n`;

const report = (entries: readonly object[], more: object = {}) =>
  readSecurity(
    {
      getStats: async () => new Map(entries.map((entry, index) => [index, entry])),
      localDescription: null,
      remoteDescription: null,
      ...more,
    } as unknown as RTCPeerConnection,
    createSimulatedClock(),
  );
const transport = (more: object) => [
  { type: 'transport', dtlsState: 'connected', srtpCipher: 'AES_CM_128_HMAC_SHA1_80', ...more },
];

describe('the security report', () => {
  it('reads what Chromium negotiated', async () => {
    const { localFingerprint, remoteFingerprint, ...rest } = await report(recorded.talking[1]);
    expect(rest).toEqual({
      verified: true,
      dtlsVersion: 'DTLS 1.3',
      dtlsCipher: 'TLS_AES_128_GCM_SHA256',
      srtpCipher: 'SRTP_AES128_CM_HMAC_SHA1_80',
      path: 'direct',
      codec: expect.any(String),
    });
    expect(localFingerprint).toMatch(/^sha-256 ([0-9A-F]{2}:){31}[0-9A-F]{2}$/);
    expect(remoteFingerprint).toMatch(/^sha-256 ([0-9A-F]{2}:){31}[0-9A-F]{2}$/);
    expect(localFingerprint).not.toBe(remoteFingerprint);
  });

  it.each([
    ['FEFF', 'DTLS 1.0'],
    ['FEFD', 'DTLS 1.2'],
    ['fefd', 'DTLS 1.2'],
    ['FEFC', 'DTLS 1.3'],
    ['0304', undefined],
    [undefined, undefined],
  ])('version %s is %s', async (tlsVersion, name) => {
    expect((await report(transport({ tlsVersion }))).dtlsVersion).toBe(name);
  });

  it.each([
    ['DTLS is not up', transport({ dtlsState: 'connecting' })],
    ['no cipher is known', transport({ srtpCipher: undefined })],
    ['the cipher is empty', transport({ srtpCipher: '' })],
    ['there is no transport', []],
  ])('is not verified when %s', async (_, entries) => {
    expect((await report(entries)).verified).toBe(false);
    expect((await report(transport({}))).verified).toBe(true);
  });

  it('takes fingerprints from the SDP where statistics have none, and is not verified by it', async () => {
    const more = {
      localDescription: { sdp: SDP('sha-256 AA:BB') },
      remoteDescription: { sdp: SDP('sha-384 CC:DD') },
    };
    const expected = { localFingerprint: 'sha-256 AA:BB', remoteFingerprint: 'sha-384 CC:DD' };
    expect(await report([], more)).toMatchObject({ ...expected, verified: false });
    const rejects = { ...more, getStats: () => Promise.reject(new Error('closed')) };
    expect(await report([], rejects)).toMatchObject({ ...expected, verified: false });
  });

  it('tells when a relay carries it', async () => {
    const relay = [
      { type: 'candidate-pair', selected: true, localCandidateId: 'a' },
      { id: 'a', type: 'local-candidate', candidateType: 'relay' },
    ];
    expect((await report(relay)).path).toBe('relayed');
  });

  it('knows nothing, and does not reject, without a connection', async () => {
    expect(await readSecurity(undefined, createSimulatedClock())).toEqual(NO_SECURITY);
  });
});
