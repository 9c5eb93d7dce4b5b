import type { Tone } from '../../../../src/core/environment.js';
import type { SharedAudio } from '../../../../src/media/shared-audio.js';
import { createTonePlayer } from '../../../../src/media/tone-player.js';

/** A tone as the browser's own audio engine makes it. */
export interface RenderedTone {
  /** Milliseconds of sound, silence, sound …, from the start on. */
  readonly cadenceMs: readonly number[];
  /** Frequencies in the first stretch of sound, hertz. */
  readonly frequenciesHz: readonly number[];
  /** Highest sample. */
  readonly peak: number;
  /** Largest difference of two samples that follow each other: a click is a large one. */
  readonly step: number;
}

const RATE = 16_000;
const WINDOW = 80;

/** Plays a tone with the real player, on a context that computes as fast as it can. */
export async function renderTone(
  tone: Tone,
  seconds: number,
  stopAfter?: number,
): Promise<RenderedTone> {
  const context = new OfflineAudioContext(1, RATE * seconds, RATE);
  const shared = {
    context: () => context,
    hold: () => () => undefined,
    sink: '',
  } as unknown as SharedAudio;
  const stop = createTonePlayer(shared)(tone);
  if (stopAfter !== undefined) {
    void context.suspend(stopAfter).then(() => {
      stop();
      return context.resume();
    });
  }
  const samples = (await context.startRendering()).getChannelData(0);
  const peak = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
  const edges = edgesOf(samples, peak);
  const from = edges[0] ?? 0;
  return {
    cadenceMs: edges.slice(1).map((edge, index) => ((edge - (edges[index] ?? 0)) * 1000) / RATE),
    frequenciesHz: frequenciesOf(samples.subarray(from + 400, (edges[1] ?? samples.length) - 400)),
    peak,
    step: samples.reduce(
      (most, sample, index) => Math.max(most, Math.abs(sample - (samples[index - 1] ?? 0))),
      0,
    ),
  };
}

/** Where sound begins and ends, in samples. A modulated tone has moments of silence: what is shorter than 40 ms is none. */
function edgesOf(samples: Float32Array, peak: number): readonly number[] {
  const loud: boolean[] = [];
  for (let at = 0; at < samples.length; at += WINDOW) {
    loud.push(samples.subarray(at, at + WINDOW).some((sample) => Math.abs(sample) > peak * 0.15));
  }
  const edges: number[] = [];
  let sounding = false;
  for (const [index, isLoud] of loud.entries()) {
    const soundsOn: boolean = isLoud || (sounding && loud.slice(index, index + 8).includes(true));
    if (soundsOn !== sounding) edges.push(index * WINDOW);
    sounding = soundsOn;
  }
  return edges;
}

/** Peaks of the spectrum that are at least half as high as the highest. */
function frequenciesOf(samples: Float32Array): readonly number[] {
  const powers = Array.from({ length: 1700 }, (_, hertz) => {
    let real = 0;
    let imaginary = 0;
    for (let index = 0; index < samples.length; index += 1) {
      const angle = (2 * Math.PI * hertz * index) / RATE;
      // A window without side lobes, as they would look like tones.
      const weight = 0.5 - 0.5 * Math.cos((2 * Math.PI * index) / samples.length);
      real += (samples[index] ?? 0) * weight * Math.cos(angle);
      imaginary += (samples[index] ?? 0) * weight * Math.sin(angle);
    }
    return Math.hypot(real, imaginary);
  });
  const most = Math.max(...powers);
  return powers.flatMap((power, hertz) =>
    power > most / 2 && power > (powers[hertz - 1] ?? 0) && power >= (powers[hertz + 1] ?? 0)
      ? [hertz]
      : [],
  );
}
