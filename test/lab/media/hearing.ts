import { labNow } from '../clock.js';
import { levelOf, strongestFrequency } from './frequency.js';
import { SAMPLE_RATE } from './sound-source.js';

/** Sound older than this is not measured any more, in milliseconds. */
const MEASURED_MS = 5000;

/** At most this much is recorded: ten minutes. */
const MOST_RECORDED = SAMPLE_RATE * 600;

/** What an ear has heard. */
export interface Heard {
  /** Strongest frequency in hertz, 0 when there is silence. */
  readonly frequency: number;
  /** Root mean square, 0..1. */
  readonly level: number;
  /** Packets in the window. */
  readonly packets: number;
}

/** Collects received sound: measures the last moments and records the whole. */
export class Hearing {
  readonly #recent: { atMs: number; samples: Int16Array }[] = [];
  readonly #recorded: Int16Array[] = [];
  #recordedSamples = 0;

  /** Takes the samples of one packet. */
  add(samples: Int16Array): void {
    const atMs = labNow();
    this.#recent.push({ atMs, samples });
    while ((this.#recent[0]?.atMs ?? atMs) < atMs - MEASURED_MS) this.#recent.shift();
    if (this.#recordedSamples >= MOST_RECORDED) return;
    this.#recorded.push(samples);
    this.#recordedSamples += samples.length;
  }

  /** What came in the last `windowMs` milliseconds (at most 5000). */
  measure(windowMs: number): Heard {
    const since = labNow() - windowMs;
    const packets = this.#recent.filter((packet) => packet.atMs >= since);
    const samples = join(packets.map((packet) => packet.samples));
    return {
      frequency: strongestFrequency(samples, SAMPLE_RATE),
      level: levelOf(samples),
      packets: packets.length,
    };
  }

  /** Everything so far, 8 kHz mono; the first ten minutes. */
  recording(): Int16Array {
    return join(this.#recorded);
  }
}

function join(parts: readonly Int16Array[]): Int16Array {
  const whole = new Int16Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
