import { type MediaStreamTrack, RtpHeader, RtpPacket } from 'werift';
import { encodeMuLaw } from './g711.js';
import { createOpusCodec, type OpusCodec } from './opus.js';
import type { AudioPayloads } from './sdp.js';

/** Ticks of the RTP clock in 20 ms (RFC 3551 and RFC 7587). */
const FRAME_TICKS = { pcmu: 160, opus: 960 } as const;

/** How a line spoils what it carries. */
export interface Impairment {
  /** Part of the packets that is lost, 0 to 1. */
  readonly loss?: number;
  /** Longest extra delay of a packet, milliseconds; each is delayed by another part of it. */
  readonly jitterMs?: number;
}

/** Writes sound into a track as RTP, in the negotiated codec. */
export class RtpLine {
  #sequence = 1;
  #timestamp = 0;
  #encoder: OpusCodec | undefined;
  #impairment: Impairment = {};
  /** The minimal standard generator: chance that is the same in each run. */
  #chance = 1;

  /** Spoils what is sent from now on. */
  impair(impairment: Impairment): void {
    this.#impairment = impairment;
  }

  /** Sends one frame of 160 samples. */
  sendFrame(track: MediaStreamTrack, samples: Int16Array, codec: AudioPayloads['first']): void {
    if (codec === 'pcmu') {
      this.sendPayload(track, Buffer.from(encodeMuLaw(samples)), codec);
      return;
    }
    this.#encoder ??= createOpusCodec();
    this.sendPayload(track, this.#encoder.encode(samples), codec);
  }

  /** Sends a payload of 20 ms that is encoded already. */
  sendPayload(track: MediaStreamTrack, payload: Buffer, codec: AudioPayloads['first']): void {
    this.#sequence = (this.#sequence + 1) & 0xffff;
    this.#timestamp = (this.#timestamp + FRAME_TICKS[codec]) >>> 0;
    const header = new RtpHeader({
      sequenceNumber: this.#sequence,
      timestamp: this.#timestamp,
      // Payload type and SSRC are put in by the sender.
      payloadType: 0,
      ssrc: 0,
      marker: false,
    });
    const { loss = 0, jitterMs = 0 } = this.#impairment;
    if (this.#random() < loss) return;
    const packet = new RtpPacket(header, payload);
    if (jitterMs === 0) track.writeRtp(packet);
    else setTimeout(() => track.writeRtp(packet), this.#random() * jitterMs);
  }

  #random(): number {
    this.#chance = (this.#chance * 48_271) % 2_147_483_647;
    return this.#chance / 2_147_483_647;
  }

  /** Frees the encoder. */
  close(): void {
    this.#encoder?.close();
    this.#encoder = undefined;
  }
}
