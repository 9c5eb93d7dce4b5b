import {
  MediaStreamTrack,
  RTCPeerConnection,
  RTCRtpCodecParameters,
  type RTCRtpTransceiver,
  type RtpPacket,
} from 'werift';
import type { MediaPeer, MediaPeerFactory } from '../types.js';
import { decodeMuLaw } from './g711.js';
import { Hearing } from './hearing.js';
import { createOpusCodec, type OpusCodec } from './opus.js';
import { startPacer } from './pacer.js';
import { loseAllPackets } from './packet-loss.js';
import { type Impairment, RtpLine } from './rtp-line.js';
import {
  type AudioPayloads,
  type CandidateScope,
  candidateAllowed,
  filterCandidates,
  readPayloads,
} from './sdp.js';
import { type PlaySource, type SoundSource, soundSource } from './sound-source.js';
import { createDigitReceiver } from './telephone-event.js';

/** How a media peer is reached. */
export interface MediaPeerOptions {
  /**
   * `loopback` offers 127.0.0.1 alone: for a browser that may use it. `all` offers every address of this machine: for a
   * developer's own browser.
   * @defaultValue 'loopback'
   */
  readonly addresses?: CandidateScope | undefined;
}

/** Makes media peers. */
export function createMediaPeerFactory(options: MediaPeerOptions = {}): MediaPeerFactory {
  return () => new WeriftPeer(options.addresses ?? 'loopback');
}

const CODECS = [
  new RTCRtpCodecParameters({
    mimeType: 'audio/opus',
    clockRate: 48000,
    channels: 2,
    payloadType: 111,
    parameters: 'minptime=10;useinbandfec=1',
  }),
  new RTCRtpCodecParameters({
    mimeType: 'audio/PCMU',
    clockRate: 8000,
    channels: 1,
    payloadType: 0,
  }),
  // One for each clock: a digit has the right length only on the clock of the codec beside it.
  new RTCRtpCodecParameters({
    mimeType: 'audio/telephone-event',
    clockRate: 48000,
    channels: 1,
    payloadType: 110,
  }),
  new RTCRtpCodecParameters({
    mimeType: 'audio/telephone-event',
    clockRate: 8000,
    channels: 1,
    payloadType: 126,
  }),
];

/** One connection with the track it sends. A peer gets a second one when it makes a new offer. */
interface Connection {
  readonly pc: RTCPeerConnection;
  readonly track: MediaStreamTrack;
  payloads: AudioPayloads | undefined;
}

class WeriftPeer implements MediaPeer {
  onDigit: ((digit: string) => void) | undefined;
  readonly #scope: CandidateScope;
  readonly #hearing = new Hearing();
  readonly #line = new RtpLine();
  readonly #digits = createDigitReceiver((digit) => this.onDigit?.(digit));
  #connection: Connection | undefined;
  #replaced: Connection | undefined;
  #decoder: OpusCodec | undefined;
  #source: PlaySource | undefined;
  #frames: SoundSource | undefined;
  #stopPacer: (() => void) | undefined;
  #blocked: 'to-browser' | 'from-browser' | 'both' | 'none' = 'none';
  #packetsReceived = 0;
  #restorePackets: (() => void) | undefined;
  #closed = false;

  constructor(scope: CandidateScope) {
    this.#scope = scope;
  }

  get packetsReceived(): number {
    return this.#packetsReceived;
  }

  get connected(): boolean {
    return this.#connection?.pc.connectionState === 'connected';
  }

  async answer(offer: string): Promise<string> {
    // Werift answers in the order of its own list, so the browser's order becomes its list.
    this.#connection ??= this.#open(readPayloads(offer).first);
    this.#restorePackets?.();
    this.#restorePackets = undefined;
    const { pc, track } = this.#connection;
    await pc.setRemoteDescription({ type: 'offer', sdp: filterCandidates(offer, this.#scope) });
    const transceiver = pc.getTransceivers()[0];
    if (transceiver === undefined) throw new Error('The offer has no audio section');
    // Before createAnswer: it reads both.
    transceiver.setDirection('sendrecv');
    if (transceiver.sender.track !== track) await transceiver.sender.replaceTrack(track);
    const answer = await pc.createAnswer();
    await pc.setLocalDescription(answer);
    return this.#described(this.#connection);
  }

  async offer(): Promise<string> {
    this.#replaced = this.#connection;
    this.#connection = this.#open(this.#replaced?.payloads?.first ?? 'opus');
    const { pc, track } = this.#connection;
    pc.addTransceiver(track, { direction: 'sendrecv' });
    const offer = await pc.createOffer();
    await pc.setLocalDescription(offer);
    return this.#described(this.#connection);
  }

  async accept(answer: string): Promise<void> {
    const connection = this.#connection;
    if (connection === undefined) throw new Error('There is no offer to accept');
    connection.payloads = readPayloads(answer);
    await connection.pc.setRemoteDescription({
      type: 'answer',
      sdp: filterCandidates(answer, this.#scope),
    });
    await this.#replaced?.pc.close();
    this.#replaced = undefined;
  }

  async addCandidate(
    candidate: { candidate: string; sdpMid: string; sdpMLineIndex: number } | undefined,
  ): Promise<void> {
    const pc = this.#connection?.pc;
    if (pc === undefined || this.#closed) return;
    if (candidate === undefined || candidate.candidate === '') return;
    if (!candidateAllowed(candidate.candidate, this.#scope)) return;
    await pc.addIceCandidate(candidate);
  }

  play(source: PlaySource): void {
    this.#source = source;
    this.#frames = soundSource(source);
    if (!this.#closed) this.#stopPacer ??= startPacer(() => this.#sendFrame());
  }

  block(direction: 'to-browser' | 'from-browser' | 'both' | 'none'): void {
    this.#blocked = direction;
  }

  impair(impairment: Impairment): void {
    this.#line.impair(impairment);
  }

  vanish(): void {
    const pc = this.#connection?.pc;
    if (pc !== undefined && !this.#closed) this.#restorePackets ??= loseAllPackets(pc);
  }

  heard(windowMs = 500): { frequency: number; level: number; packets: number } {
    return this.#hearing.measure(windowMs);
  }

  recording(): Int16Array {
    return this.#hearing.recording();
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#stopPacer?.();
    this.#line.close();
    this.#decoder?.close();
    this.#decoder = undefined;
    await Promise.all([this.#connection?.pc.close(), this.#replaced?.pc.close()]);
  }

  #open(first: AudioPayloads['first']): Connection {
    const preferred = CODECS.filter((codec) => codec.mimeType.toLowerCase() === `audio/${first}`);
    const others = CODECS.filter((codec) => !preferred.includes(codec));
    const pc = new RTCPeerConnection({
      codecs: { audio: [...preferred, ...others], video: [] },
      iceServers: [],
      iceAdditionalHostAddresses: ['127.0.0.1'],
      iceUseIpv6: false,
      iceUseTcp: false,
    });
    const track = new MediaStreamTrack({ kind: 'audio' });
    const connection: Connection = { pc, track, payloads: undefined };
    const listen = (transceiver: RTCRtpTransceiver): void => {
      transceiver.onTrack.subscribe((remote) => {
        remote.onReceiveRtp.subscribe((packet) => this.#receive(connection, packet));
      });
    };
    pc.onRemoteTransceiverAdded.subscribe(listen);
    pc.onTransceiverAdded.subscribe(listen);
    return connection;
  }

  #described(connection: Connection): string {
    const sdp = connection.pc.localDescription?.sdp ?? '';
    connection.payloads = readPayloads(sdp);
    return filterCandidates(sdp, this.#scope);
  }

  #receive(connection: Connection, packet: RtpPacket): void {
    if (this.#closed || connection !== this.#connection) return;
    if (this.#blocked === 'from-browser' || this.#blocked === 'both') return;
    this.#packetsReceived += 1;
    const kind = connection.payloads?.kinds.get(packet.header.payloadType);
    if (kind === 'telephone-event') {
      this.#digits.receive(packet.header.timestamp, packet.payload);
      return;
    }
    if (kind === undefined || packet.payload.length === 0) return;
    this.#hearing.add(this.#decode(kind, packet.payload));
    if (this.#source === 'echo' && kind === connection.payloads?.first && this.#maySend()) {
      this.#line.sendPayload(connection.track, packet.payload, kind);
    }
  }

  #decode(kind: 'opus' | 'pcmu', payload: Buffer): Int16Array {
    if (kind === 'pcmu') return decodeMuLaw(payload);
    this.#decoder ??= createOpusCodec();
    return this.#decoder.decode(payload);
  }

  #sendFrame(): void {
    const connection = this.#connection;
    if (connection?.payloads === undefined || !this.connected || !this.#maySend()) return;
    const samples = this.#frames?.();
    if (samples !== undefined) {
      this.#line.sendFrame(connection.track, samples, connection.payloads.first);
    }
  }

  #maySend(): boolean {
    return this.#blocked === 'none' || this.#blocked === 'from-browser';
  }
}
