import type { Clock } from '../core/environment.js';
import { bounded } from '../core/wait.js';
import type { QualitySample } from './quality.js';

/** Longest wait for the browser's statistics, milliseconds. */
const WAIT_MS = 2_000;
/** Headers of IPv4 and UDP in each packet, bytes. */
const IP_UDP_BYTES = 28;
/** An RTP header without extensions, bytes, for browsers that do not count it. */
const RTP_BYTES = 12;

/** What a peer connection counted for its audio since it was made; `undefined` where the browser does not tell. */
export interface RawStats {
  /** RTP packets. */
  readonly packetsReceived: number;
  /** RTP packets. */
  readonly packetsSent: number;
  /** With headers, those of UDP and IPv4 too; control packets too where the browser counts them. */
  readonly bytesReceived: number;
  /** With headers, those of UDP and IPv4 too; control packets too where the browser counts them. */
  readonly bytesSent: number;
  /** Of what we should have received. Falls when a packet comes late. */
  readonly packetsLost: number;
  /** Variation of the arrival of packets, milliseconds. */
  readonly jitterMs: number | undefined;
  /** Round-trip time to the gateway, milliseconds. */
  readonly rttMs: number | undefined;
  /** Lost of what we sent, as the far side last reported, percent 0–100. */
  readonly remoteLossPercent: number | undefined;
  /** Samples handed out for playing. */
  readonly samplesPlayed: number | undefined;
  /** Samples made up in place of lost or late ones, without those in silence. */
  readonly samplesConcealed: number;
  /** What we send. */
  readonly input: RawLevel;
  /** What we receive. */
  readonly output: RawLevel;
  /** Id of the track we send. */
  readonly trackId: string | undefined;
  /** For example `opus`. */
  readonly codec: string | undefined;
  /** How our end of the selected path was found. */
  readonly candidateType: QualitySample['candidateType'];
  /** Whether a TURN relay is on the selected path. */
  readonly relayed: boolean | undefined;
  /** DTLS and SRTP. */
  readonly transport: RawTransport;
  /** Our certificate, `algorithm value`. */
  readonly localFingerprint: string | undefined;
  /** The gateway's certificate, `algorithm value`. */
  readonly remoteFingerprint: string | undefined;
}

/** How loud a track is, in the browser's own words. */
export interface RawLevel {
  /** In this moment, 0 to 1. */
  readonly audioLevel?: number;
  /** Sum of level² × seconds. */
  readonly totalAudioEnergy?: number;
  /** Seconds that are in the sum. */
  readonly totalSamplesDuration?: number;
}

/** What protects a connection, in the browser's own words. */
export interface RawTransport {
  /** `connected` when DTLS is up. */
  readonly dtlsState?: string;
  /** Version of DTLS as on the wire, four hexadecimal digits. */
  readonly tlsVersion?: string;
  /** Name of the cipher suite of DTLS. */
  readonly dtlsCipher?: string;
  /** Name of the protection profile of SRTP. */
  readonly srtpCipher?: string;
}

/** The fields that are read, of all types of entry. */
interface Entry extends RawLevel, RawTransport {
  readonly id?: string;
  readonly type?: string;
  readonly kind?: string;
  readonly mediaType?: string;
  readonly packetsReceived?: number;
  readonly packetsSent?: number;
  readonly bytesReceived?: number;
  readonly bytesSent?: number;
  readonly headerBytesReceived?: number;
  readonly headerBytesSent?: number;
  readonly packetsLost?: number;
  readonly jitter?: number;
  readonly roundTripTime?: number;
  readonly currentRoundTripTime?: number;
  readonly fractionLost?: number;
  readonly concealedSamples?: number;
  readonly silentConcealedSamples?: number;
  readonly totalSamplesReceived?: number;
  readonly trackIdentifier?: string;
  readonly codecId?: string;
  readonly mimeType?: string;
  readonly selectedCandidatePairId?: string;
  readonly selected?: boolean;
  readonly nominated?: boolean;
  readonly state?: string;
  readonly localCandidateId?: string;
  readonly remoteCandidateId?: string;
  readonly candidateType?: Exclude<QualitySample['candidateType'], undefined>;
  readonly localCertificateId?: string;
  readonly remoteCertificateId?: string;
  readonly fingerprint?: string;
  readonly fingerprintAlgorithm?: string;
}

/** Reads the statistics of any browser. */
export function readReport(report: Pick<RTCStatsReport, 'forEach'>): RawStats {
  const entries: Entry[] = [];
  report.forEach((entry: Entry) => {
    entries.push(entry);
  });
  const all = (type: string) =>
    entries.filter((entry) => entry.type === type && (entry.kind ?? entry.mediaType) !== 'video');
  // After a renegotiation there may be two; the newer one comes last.
  const last = (type: string): Entry => all(type).at(-1) ?? {};
  const byId = (id: string | undefined): Entry =>
    (id !== undefined && entries.find((entry) => entry.id === id)) || {};

  const transport = last('transport');
  const received = countTraffic(all('inbound-rtp'), transport, 'Received');
  const sent = countTraffic(all('outbound-rtp'), transport, 'Sent');
  const inbound = last('inbound-rtp');
  const far = last('remote-inbound-rtp');
  const source = last('media-source');
  const pair = selectedPair(transport, all('candidate-pair'));
  const local = byId(pair.localCandidateId).candidateType;
  const remote = byId(pair.remoteCandidateId).candidateType;
  const codec = byId(inbound.codecId ?? last('outbound-rtp').codecId).mimeType;
  return {
    packetsReceived: received.packets,
    packetsSent: sent.packets,
    bytesReceived: received.bytes,
    bytesSent: sent.bytes,
    packetsLost: sum(all('inbound-rtp'), 'packetsLost'),
    jitterMs: times(inbound.jitter, 1000),
    rttMs: times(far.roundTripTime ?? pair.currentRoundTripTime, 1000),
    remoteLossPercent: times(far.fractionLost, 100),
    samplesPlayed: inbound.totalSamplesReceived,
    samplesConcealed: (inbound.concealedSamples ?? 0) - (inbound.silentConcealedSamples ?? 0),
    input: source,
    output: inbound,
    trackId: source.trackIdentifier,
    codec: codec?.split('/').at(-1)?.toLowerCase(),
    candidateType: local,
    relayed: local && (local === 'relay' || remote === 'relay'),
    transport,
    localFingerprint: fingerprint(byId(transport.localCertificateId)),
    remoteFingerprint: fingerprint(byId(transport.remoteCertificateId)),
  };
}

/** Reads the statistics of a connection; `undefined` when the browser refuses, or does not answer within 2 s. */
export async function readStats(
  connection: RTCPeerConnection,
  clock: Clock,
  signal?: AbortSignal,
): Promise<RawStats | undefined> {
  try {
    return readReport(
      await bounded({ clock, signal, timeoutMs: WAIT_MS }, () => connection.getStats()),
    );
  } catch {
    return undefined;
  }
}

/** Firefox has no `selectedCandidatePairId` and marks the pair, Safari knows only which one was nominated. */
function selectedPair({ selectedCandidatePairId }: Entry, pairs: readonly Entry[]): Entry {
  return (
    pairs.find(({ id }) => id !== undefined && id === selectedCandidatePairId) ??
    pairs.find(({ selected }) => selected) ??
    pairs.find(({ nominated, state }) => nominated && state === 'succeeded') ??
    {}
  );
}

type Way = 'Received' | 'Sent';

/** All that travels where the browser counts it: control packets and authentication tags are a third of a thin call. */
function countTraffic(streams: readonly Entry[], transport: Entry, way: Way) {
  const packets = sum(streams, `packets${way}`);
  const all = transport[`packets${way}`];
  const bytes = all
    ? (transport[`bytes${way}`] ?? 0) + all * IP_UDP_BYTES
    : sum(streams, `bytes${way}`) +
      (sum(streams, `headerBytes${way}`) || packets * RTP_BYTES) +
      packets * IP_UDP_BYTES;
  return { packets, bytes };
}

const sum = (
  entries: readonly Entry[],
  name: `${'packets' | 'bytes' | 'headerBytes'}${Way}` | 'packetsLost',
): number => entries.reduce((total, entry) => total + (entry[name] ?? 0), 0);

const times = (value: number | undefined, factor: number): number | undefined =>
  value === undefined ? undefined : value * factor;

const fingerprint = (certificate: Entry): string | undefined =>
  certificate.fingerprint && `${certificate.fingerprintAlgorithm} ${certificate.fingerprint}`;
