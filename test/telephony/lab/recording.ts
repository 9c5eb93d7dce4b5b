import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { levelOf, strongestFrequency } from '../../lab/media/frequency.js';
import { readWav } from '../../lab/media/wav.js';

const RATE = 8_000;
const WINDOW = RATE / 5;
/** Root mean square below which a window is silence. */
const SILENCE = 0.003;
/** A window of 200 ms tells a frequency to about this, hertz. */
const TOLERANCE = 15;

/** What a phone heard in one call: mono, 8 kHz. */
export interface Recording {
  /** When it was last written to, milliseconds of `Date.now()`. */
  readonly at: number;
  readonly samples: Int16Array;
}

/** Reads what baresip heard, oldest call first. Its files have one second each: calls answered in the same one share it. */
export function readRecordings(folder: string): readonly Recording[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('-dec.wav'))
    .map((name) => join(folder, name))
    .map((file) => ({ at: statSync(file).mtimeMs, samples: readWav(withLength(file)) }))
    .sort((one, other) => one.at - other.at);
}

/** Until the call is over the header says that there is nothing. */
function withLength(file: string): Buffer {
  const bytes = readFileSync(file);
  const data = bytes.indexOf('data', 12, 'latin1');
  if (data > 0 && data + 8 <= bytes.length) bytes.writeUInt32LE(bytes.length - data - 8, data + 4);
  return bytes;
}

/** Of the fifths of a second that are not silent: the share in which this frequency is the strongest, 0..1. */
export function toneShare(samples: Int16Array, frequency: number): number {
  let sounding = 0;
  let found = 0;
  for (let at = 0; at + WINDOW <= samples.length; at += WINDOW) {
    const window = samples.subarray(at, at + WINDOW);
    if (levelOf(window) < SILENCE) continue;
    sounding += 1;
    if (Math.abs(strongestFrequency(window, RATE) - frequency) < TOLERANCE) found += 1;
  }
  return sounding === 0 ? 0 : found / sounding;
}
