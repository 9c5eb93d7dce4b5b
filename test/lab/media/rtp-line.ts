import { type MediaStreamTrack, RtpHeader, RtpPacket } from 'werift';
import { encodeMuLaw } from './g711.js';
import { createOpusCodec, type OpusCodec } from './opus.js';
import type { AudioPayloads } from './sdp.js';

/** Ticks of the RTP clock in 20 ms (RFC 3551 and RFC 7587). */
const FRAME_TICKS = { pcmu: 160, opus: 960 } as const;

/** Writes sound into a track as RTP, in the negotiated codec. */
export class RtpLine {
  #sequence = 1;
  #timestamp = 0;
  #encoder: OpusCodec | undefined;

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
    track.writeRtp(new RtpPacket(header, payload));
  }

  /** Frees the encoder. */
  close(): void {
    this.#encoder?.close();
    this.#encoder = undefined;
  }
}
