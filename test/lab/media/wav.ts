/** Reads a PCM wav file (8 or 16 bit, any rate, any number of channels) as mono at 8 kHz, by nearest sample. */
export function readWav(file: Buffer): Int16Array {
  if (file.toString('latin1', 0, 4) !== 'RIFF' || file.toString('latin1', 8, 12) !== 'WAVE') {
    throw new Error('Not a wav file');
  }
  let format: { channels: number; rate: number; bits: number } | undefined;
  for (let at = 12; at + 8 <= file.length; ) {
    const name = file.toString('latin1', at, at + 4);
    const size = file.readUInt32LE(at + 4);
    const start = at + 8;
    if (name === 'fmt ') {
      if (file.readUInt16LE(start) !== 1) throw new Error('Only PCM wav files can be played');
      format = {
        channels: file.readUInt16LE(start + 2),
        rate: file.readUInt32LE(start + 4),
        bits: file.readUInt16LE(start + 14),
      };
    }
    if (name === 'data' && format !== undefined) {
      return resample(file.subarray(start, Math.min(start + size, file.length)), format);
    }
    at = start + size + (size % 2);
  }
  throw new Error('The wav file has no sound in it');
}

/** Writes mono 16-bit PCM as a wav file. */
export function writeWav(samples: Int16Array, sampleRate = 8000): Buffer {
  const file = Buffer.alloc(44 + samples.length * 2);
  file.write('RIFF', 0, 'latin1');
  file.writeUInt32LE(36 + samples.length * 2, 4);
  file.write('WAVEfmt ', 8, 'latin1');
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(sampleRate, 24);
  file.writeUInt32LE(sampleRate * 2, 28);
  file.writeUInt16LE(2, 32);
  file.writeUInt16LE(16, 34);
  file.write('data', 36, 'latin1');
  file.writeUInt32LE(samples.length * 2, 40);
  samples.forEach((sample, index) => {
    file.writeInt16LE(sample, 44 + index * 2);
  });
  return file;
}

function resample(
  data: Buffer,
  format: { channels: number; rate: number; bits: number },
): Int16Array {
  const bytes = format.bits / 8;
  const frames = Math.floor(data.length / (bytes * format.channels));
  const length = Math.floor((frames * 8000) / format.rate);
  return Int16Array.from({ length }, (_, index) => {
    const at = Math.floor((index * format.rate) / 8000) * bytes * format.channels;
    return format.bits === 8 ? (data.readUInt8(at) - 128) * 256 : data.readInt16LE(at);
  });
}
