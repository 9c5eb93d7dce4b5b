/** Quality in one word. `unknown` until there is sound. */
export type QualityLevel = 'unknown' | 'good' | 'fair' | 'poor';

/** What makes quality bad: round-trip time, jitter, packet loss, low MOS. */
export type QualityReason = 'rtt' | 'jitter' | 'loss' | 'mos';

/** One measurement. The same formula for every provider, from raw numbers. */
export interface QualitySample {
  /** Milliseconds since the answer. */
  readonly atMs: number;
  /** Estimated mean opinion score, 1.0 (bad) to 4.5 (best). */
  readonly mos: number;
  /** Round-trip time in milliseconds; `undefined` until measured. */
  readonly rttMs: number | undefined;
  /** Variation of the arrival of packets, milliseconds. */
  readonly jitterMs: number;
  /** Lost of what we should have received in this second, percent 0–100. */
  readonly lossPercent: number;
  /** Lost of what we sent, as the far side reports, percent 0–100; `undefined` until reported. */
  readonly remoteLossPercent: number | undefined;
  /** Bits received in this second, kilobits. */
  readonly receivedKbps: number;
  /** Bits sent in this second, kilobits. */
  readonly sentKbps: number;
  /** Codec in use, for example `'opus'`; `undefined` until known. */
  readonly codec: string | undefined;
  /** True when a TURN relay carries the sound; `undefined` until known. */
  readonly relayed: boolean | undefined;
  /** How this browser's end of the path was found (RFC 8445); `undefined` until known. */
  readonly candidateType: 'host' | 'srflx' | 'prflx' | 'relay' | undefined;
  /** Of what was played in this second, percent 0–100 that had to be made up because it was lost or late. */
  readonly concealedPercent: number;
  /** Level of what we send, 0 to 1; `undefined` where the browser does not tell. */
  readonly inputLevel: number | undefined;
  /** Level of what we receive, 0 to 1; `undefined` where the browser does not tell. */
  readonly outputLevel: number | undefined;
  /** Data used by the call so far, sent and received, IP and UDP headers included, megabytes (10⁶ bytes). */
  readonly usedMegabytes: number;
  /** Data used in a minute at the rate of this second, megabytes. */
  readonly megabytesPerMinute: number;
}

/** Quality over a whole call. */
export interface QualitySummary {
  /** Mean MOS, 1.0–4.5. */
  readonly mos: number;
  /** The worst level that was held for 5 samples. */
  readonly worst: QualityLevel;
  /** Mean round-trip time in milliseconds; `undefined` when never measured. */
  readonly rttMs: number | undefined;
  /** Mean jitter in milliseconds. */
  readonly jitterMs: number;
  /** Packets lost over the call, percent 0–100. */
  readonly lossPercent: number;
  /** Milliseconds in which nothing was received although something should have been. */
  readonly silentMs: number;
}

/** What protects the sound on the way between this browser and the provider's gateway, as negotiated. */
export interface SecurityReport {
  /** True only when DTLS is connected and a cipher is known. */
  readonly verified: boolean;
  /** For example `'DTLS 1.2'`. */
  readonly dtlsVersion: string | undefined;
  /** For example `'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256'`. */
  readonly dtlsCipher: string | undefined;
  /** For example `'AES_CM_128_HMAC_SHA1_80'`. */
  readonly srtpCipher: string | undefined;
  /** Fingerprint of our certificate, `algorithm value`. */
  readonly localFingerprint: string | undefined;
  /** Fingerprint of the gateway's certificate, `algorithm value`. */
  readonly remoteFingerprint: string | undefined;
  /** How the packets travel. */
  readonly path: 'direct' | 'relayed' | 'unknown';
  /** Codec in use, for example `'opus'`; `undefined` until known. */
  readonly codec: string | undefined;
}

/** Sound levels right now, 0 (silence) to 1. */
export interface SoundLevels {
  /** What we send, after mute and processor. */
  readonly input: number;
  /** What we hear. */
  readonly output: number;
}

/** What is known of a call without a connection: nothing. */
export const NO_SECURITY: SecurityReport = Object.freeze({
  verified: false,
  dtlsVersion: undefined,
  dtlsCipher: undefined,
  srtpCipher: undefined,
  localFingerprint: undefined,
  remoteFingerprint: undefined,
  path: 'unknown',
  codec: undefined,
});
