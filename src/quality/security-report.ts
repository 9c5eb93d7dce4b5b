import type { Clock } from '../core/environment.js';
import type { SecurityReport } from './quality.js';
import { readStats } from './read-stats.js';

/** Names of the versions of DTLS, which count down on the wire. */
const DTLS_VERSIONS: Readonly<Record<string, string>> = {
  FEFF: 'DTLS 1.0',
  FEFD: 'DTLS 1.2',
  FEFC: 'DTLS 1.3',
};

/**
 * Reads what protects the sound between this browser and the gateway. Never rejects: what is not known, or not within
 * 2 s, is `undefined`.
 */
export async function readSecurity(
  connection: RTCPeerConnection | undefined,
  clock: Clock,
  signal?: AbortSignal,
): Promise<SecurityReport> {
  const stats = connection && (await readStats(connection, clock, signal));
  const { dtlsState, tlsVersion = '', dtlsCipher, srtpCipher } = stats?.transport ?? {};
  return {
    verified: dtlsState === 'connected' && Boolean(srtpCipher),
    dtlsVersion: DTLS_VERSIONS[tlsVersion.toUpperCase()],
    // Some browsers write an empty word until it is negotiated.
    dtlsCipher: dtlsCipher || undefined,
    srtpCipher: srtpCipher || undefined,
    localFingerprint: stats?.localFingerprint ?? fingerprintIn(connection?.localDescription),
    remoteFingerprint: stats?.remoteFingerprint ?? fingerprintIn(connection?.remoteDescription),
    path: stats?.relayed === undefined ? 'unknown' : stats.relayed ? 'relayed' : 'direct',
    codec: stats?.codec,
  };
}

/** The certificate that a side announced (RFC 8122). */
function fingerprintIn(description: RTCSessionDescription | null | undefined): string | undefined {
  return description?.sdp.match(/^a=fingerprint:(\S+ \S+)/m)?.[1];
}
