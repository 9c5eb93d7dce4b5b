import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { levelOf, strongestFrequency } from './frequency.js';
import { decodeMuLaw, decodeMuLawSample, encodeMuLaw, encodeMuLawSample } from './g711.js';
import { createOpusCodec } from './opus.js';
import { framesDue } from './pacer.js';
import { candidateAllowed, filterCandidates, readPayloads } from './sdp.js';
import { type SoundSource, soundSource, toneSource } from './sound-source.js';
import { createDigitReceiver } from './telephone-event.js';
import { readWav, writeWav } from './wav.js';

function take(source: SoundSource, frames: number): Int16Array {
  return Int16Array.from(Array.from({ length: frames }, () => [...source()]).flat());
}

describe('µ-law', () => {
  it('has the code words of G.711', () => {
    expect(encodeMuLawSample(0)).toBe(0xff);
    expect(encodeMuLawSample(32767)).toBe(0x80);
    expect(encodeMuLawSample(-32768)).toBe(0x00);
    expect(decodeMuLawSample(0xff)).toBe(0);
    expect(decodeMuLawSample(0x80)).toBe(32124);
    expect(decodeMuLawSample(0x00)).toBe(-32124);
  });

  it('gives back every code word except the negative zero', () => {
    for (let byte = 0; byte < 256; byte += 1) {
      const back = encodeMuLawSample(decodeMuLawSample(byte));
      expect(back).toBe(byte === 0x7f ? 0xff : byte);
    }
  });

  it('keeps a tone within the quantisation of eight bits', () => {
    const tone = take(toneSource(1000), 10);
    decodeMuLaw(encodeMuLaw(tone)).forEach((sample, index) => {
      const original = tone[index] ?? 0;
      expect(Math.abs(sample - original)).toBeLessThanOrEqual(4 + Math.abs(original) / 16);
    });
  });
});

describe('frequency', () => {
  it.each([300, 440, 700, 1004, 1400, 3000])('finds %i Hz', (frequency) => {
    expect(
      Math.abs(strongestFrequency(take(toneSource(frequency), 25), 8000) - frequency),
    ).toBeLessThan(3);
  });

  it('hears nothing in silence and in too little sound', () => {
    expect(strongestFrequency(new Int16Array(4000), 8000)).toBe(0);
    expect(strongestFrequency(take(toneSource(700), 1), 8000)).toBe(0);
    expect(levelOf(new Int16Array())).toBe(0);
  });

  it('measures the level as root mean square', () => {
    expect(levelOf(take(toneSource(1000, 16384), 50))).toBeCloseTo(0.5 / Math.SQRT2, 2);
  });
});

describe('Opus', () => {
  it('keeps a tone, with many codecs at a time', () => {
    const codecs = Array.from({ length: 40 }, createOpusCodec);
    for (const codec of codecs) {
      const source = toneSource(900);
      const frames = Array.from({ length: 25 }, () => codec.decode(codec.encode(source())));
      const heard = Int16Array.from(frames.flatMap((frame) => [...frame]));
      expect(Math.abs(strongestFrequency(heard, 8000) - 900)).toBeLessThan(3);
    }
    for (const codec of codecs) codec.close();
  });
});

describe('wav', () => {
  it('gives back what was written', () => {
    const tone = take(toneSource(500), 5);
    expect(readWav(writeWav(tone))).toEqual(tone);
  });

  it('is brought to 8 kHz and played over and over', () => {
    const fast = Int16Array.from({ length: 16_000 }, (_, index) =>
      Math.round(8000 * Math.sin((2 * Math.PI * 600 * index) / 16_000)),
    );
    const folder = mkdtempSync(join(tmpdir(), 'everdial-lab-'));
    const wav = join(folder, 'tone.wav');
    writeFileSync(wav, writeWav(fast, 16_000));
    const source = soundSource({ wav });
    rmSync(folder, { recursive: true });
    if (source === undefined) throw new Error('No source');
    expect(Math.abs(strongestFrequency(take(source, 100), 8000) - 600)).toBeLessThan(3);
  });

  it('refuses what is no wav', () => {
    expect(() => readWav(Buffer.from('ID3 something else'))).toThrow('Not a wav file');
  });
});

describe('pacer', () => {
  it('is due every 20 ms, however late the timer was', () => {
    expect(framesDue(0, 0)).toEqual({ frames: 1, sent: 1 });
    expect(framesDue(19, 1)).toEqual({ frames: 0, sent: 1 });
    expect(framesDue(45, 1)).toEqual({ frames: 2, sent: 3 });
  });

  it('leaves frames out after a long stall instead of sending a burst', () => {
    expect(framesDue(10_000, 1)).toEqual({ frames: 5, sent: 501 });
  });
});

describe('telephone-event', () => {
  const packet = (event: number, end: boolean): Buffer =>
    Buffer.from([event, end ? 0x8a : 10, 0, 160]);

  it('tells each digit once, though its end comes three times', () => {
    const digits: string[] = [];
    const receiver = createDigitReceiver((digit) => digits.push(digit));
    for (const end of [false, false, true, true, true]) receiver.receive(100, packet(1, end));
    for (const end of [false, true, true, true]) receiver.receive(900, packet(11, end));
    expect(digits).toEqual(['1', '#']);
  });

  it('does not lose a digit whose end was lost', () => {
    const digits: string[] = [];
    const receiver = createDigitReceiver((digit) => digits.push(digit));
    receiver.receive(100, packet(7, false));
    receiver.receive(900, packet(7, true));
    expect(digits).toEqual(['7', '7']);
  });

  it('ignores events that are no digits', () => {
    const digits: string[] = [];
    createDigitReceiver((digit) => digits.push(digit)).receive(100, packet(16, true));
    expect(digits).toEqual([]);
  });
});

describe('description', () => {
  const host = 'candidate:1 1 udp 2130706431 127.0.0.1 50000 typ host';
  const lan = 'candidate:2 1 udp 2130706431 192.168.0.7 50000 typ host';

  it('keeps the loopback candidates alone, unless all are wanted', () => {
    const sdp = ['v=0', `a=${host}`, `a=${lan}`, ''].join('\r\n');
    expect(filterCandidates(sdp, 'loopback')).toBe(['v=0', `a=${host}`, ''].join('\r\n'));
    expect(filterCandidates(sdp, 'all')).toBe(sdp);
    expect(candidateAllowed(lan, 'loopback')).toBe(false);
  });

  it('reads the payload types and which codec comes first', () => {
    const sdp = [
      'm=audio 9 UDP/TLS/RTP/SAVPF 126 0 111',
      'a=rtpmap:111 opus/48000/2',
      'a=rtpmap:126 telephone-event/8000',
      '',
    ].join('\r\n');
    const payloads = readPayloads(sdp);
    expect(payloads.first).toBe('pcmu');
    expect(payloads.kinds.get(111)).toBe('opus');
    expect(payloads.kinds.get(126)).toBe('telephone-event');
    expect(() => readPayloads('m=audio 9 UDP/TLS/RTP/SAVPF 8\r\n')).toThrow(
      'neither Opus nor PCMU',
    );
  });
});
