import OpusScript from 'opusscript';
import { FRAME_SAMPLES, SAMPLE_RATE } from './sound-source.js';

/** Opus between frames of 20 ms mono at 8 kHz and packets. */
export interface OpusCodec {
  /** One packet of a frame of 160 samples. */
  encode(samples: Int16Array): Buffer;
  /** The samples of a packet. */
  decode(packet: Buffer): Int16Array;
  /** Frees its memory. */
  close(): void;
}

/** Makes an encoder and decoder (RFC 6716). */
export function createOpusCodec(): OpusCodec {
  const codec = new OpusScript(SAMPLE_RATE, 1, OpusScript.Application.AUDIO);
  return {
    encode: (samples) =>
      codec.encode(
        Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength),
        FRAME_SAMPLES,
      ),
    decode: (packet) => {
      const bytes = codec.decode(packet);
      return Int16Array.from({ length: bytes.length / 2 }, (_, index) =>
        bytes.readInt16LE(index * 2),
      );
    },
    close: () => codec.delete(),
  };
}
