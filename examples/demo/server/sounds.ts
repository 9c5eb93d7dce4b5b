import { mkdirSync, writeFileSync } from 'node:fs';
import type { PlaySource } from '../../../test/lab/media/sound-source.js';
import { writeWav } from '../../../test/lab/media/wav.js';
import { PROJECT_ROOT } from '../../../test/lab/root.js';
import type { PhoneSound } from '../protocol.js';

const FOLDER = `${PROJECT_ROOT}.cache/demo-sounds/`;
const RATE = 8000;

/** A slow pentatonic line, hertz; 0 is a rest. */
const MELODY = [
  392, 440, 523.3, 587.3, 523.3, 440, 392, 0, 329.6, 392, 440, 392, 329.6, 293.7, 0, 0,
];
const NOTE_MS = 420;

/** Frequencies of a telephone key, hertz (ITU-T Q.23). */
const KEY_ROWS = [697, 770, 852, 941] as const;
const KEY_COLUMNS = [1209, 1336, 1477, 1633] as const;
const KEYS = '123A456B789C*0#D';

/** How long a pressed key sounds, milliseconds. */
export const KEY_MS = 220;

/** What a media peer of the lab has to play. */
export function playSource(sound: PhoneSound): PlaySource {
  if (sound === 'tone') return { tone: 1400 };
  return sound === 'melody' ? { wav: saved('melody', melody()) } : sound;
}

/** The two tones of a key. */
export function keySound(digit: string): PlaySource {
  const at = KEYS.indexOf(digit);
  const row = KEY_ROWS[Math.floor(at / 4)];
  const column = KEY_COLUMNS[at % 4];
  if (at < 0 || row === undefined || column === undefined) return 'silence';
  return { wav: saved(`key-${at}`, sines(KEY_MS, [row, column], 4000)) };
}

function melody(): Int16Array {
  const notes = MELODY.map((frequency) => note(frequency));
  const whole = new Int16Array(notes.reduce((length, samples) => length + samples.length, 0));
  let at = 0;
  for (const samples of notes) {
    whole.set(samples, at);
    at += samples.length;
  }
  return whole;
}

/** One note that dies away like a plucked string. */
function note(frequency: number): Int16Array {
  return sines(NOTE_MS, frequency === 0 ? [] : [frequency, frequency * 2], 4200).map(
    (sample, index) => {
      const seconds = index / RATE;
      return Math.round(sample * Math.min(1, seconds * 80) * Math.exp(-4 * seconds));
    },
  );
}

function sines(durationMs: number, frequencies: readonly number[], amplitude: number): Int16Array {
  return Int16Array.from({ length: (durationMs * RATE) / 1000 }, (_, index) => {
    const waves = frequencies.map((hertz) => Math.sin((2 * Math.PI * hertz * index) / RATE));
    return Math.round(waves.reduce((sum, wave) => sum + wave, 0) * amplitude);
  });
}

function saved(name: string, samples: Int16Array): string {
  const path = `${FOLDER}${name}.wav`;
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(path, writeWav(samples, RATE));
  return path;
}
