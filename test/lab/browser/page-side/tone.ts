import type { PageTone } from './probe-types.js';

/** Below this there is silence, in decibels of full scale. */
const SILENCE_DB = -70;

/** Listens to a stream and tells its strongest frequency. */
export async function measureTone(
  AudioContextClass: typeof AudioContext,
  stream: MediaStream,
  durationMs: number,
): Promise<PageTone> {
  const context = new AudioContextClass();
  // Chromium decodes a remote stream for Web Audio only while an element plays it, muted or not.
  const element = new Audio();
  element.muted = true;
  element.srcObject = stream;
  const source = context.createMediaStreamSource(stream);
  const analyser = context.createAnalyser();
  analyser.fftSize = 8192;
  analyser.smoothingTimeConstant = 0;
  source.connect(analyser);
  try {
    await Promise.all([element.play(), context.resume()]);
    await new Promise((resolve) => setTimeout(resolve, durationMs));
    return strongest(analyser);
  } finally {
    element.srcObject = null;
    await context.close();
  }
}

function strongest(analyser: AnalyserNode): PageTone {
  const bins = new Float32Array(analyser.frequencyBinCount);
  analyser.getFloatFrequencyData(bins);
  let peak = 1;
  // Bin 0 and 1 hold the direct current.
  for (let index = 2; index < bins.length; index += 1) {
    if ((bins[index] ?? -200) > (bins[peak] ?? -200)) peak = index;
  }
  const decibels = Math.max(bins[peak] ?? -200, -200);
  if (decibels < SILENCE_DB) return { frequency: 0, decibels };
  return {
    frequency: Math.round((peak * analyser.context.sampleRate) / analyser.fftSize),
    decibels,
  };
}
