import { RnnoiseWorkletNode } from '@sapphi-red/web-noise-suppressor';
import { type AudioProcessor, type Call, Dialer } from 'everdial';
import { telnyx } from 'everdial/providers/telnyx';
import { removeNoise } from '../../../examples/noise-suppression/noise-suppression.js';
import { present } from '../../lab/browser/page-side/present.js';

/** What tests reach in the page. */
export interface SuppressionPage {
  /** Makes the Dialer; processors by name. */
  create(telnyxHost: string, processor?: ProcessorName, remoteProcessor?: ProcessorName): void;
  /** Calls. */
  dial(to: string): void;
  /** Another processor for the microphone, or none. */
  process(processor: ProcessorName | undefined): void;
  /** What the microphone hears from now on. */
  hear(sound: { readonly noise: number; readonly voice: number }): void;
  /** Level of what comes from the far side and of what is played of it, root mean square. */
  farLevels(): Promise<{ readonly received: number; readonly played: number }>;
  /** Suppressors that were made, and those that were destroyed. */
  readonly nodes: { made: number; destroyed: number };
  readonly dialer: Dialer;
  readonly call: Call;
}

/** The one of the example, and one that is broken. */
export type ProcessorName = 'remove-noise' | 'broken';

declare global {
  /** Put there by this page. */
  var suppressionPage: SuppressionPage;
}

const nodes = { made: 0, destroyed: 0 };
const { destroy } = RnnoiseWorkletNode.prototype;
RnnoiseWorkletNode.prototype.destroy = function () {
  nodes.destroyed += 1;
  destroy.call(this);
};
const suppress = removeNoise({
  worklet: '/pages/noise/workletProcessor.js',
  wasm: '/pages/noise/rnnoise.wasm',
  simdWasm: '/pages/noise/rnnoise_simd.wasm',
});
const processors: Record<ProcessorName, AudioProcessor> = {
  async 'remove-noise'(track, context) {
    const cleaned = await suppress(track, context);
    nodes.made += 1;
    return cleaned;
  },
  broken() {
    throw new Error('broken on purpose');
  },
};
const named = (name: ProcessorName | undefined) => name && processors[name];

/** The room: white noise, and somebody who speaks: a buzzing larynx through three formants, in syllables. */
const room = new AudioContext();
const output = room.createMediaStreamDestination();
const noiseGain = room.createGain();
const voiceGain = room.createGain();
noiseGain.gain.value = 0;
voiceGain.gain.value = 0;
noiseGain.connect(output);
voiceGain.connect(output);
const noise = room.createBufferSource();
noise.buffer = room.createBuffer(1, room.sampleRate * 2, room.sampleRate);
noise.buffer.getChannelData(0).forEach((_, index, samples) => {
  samples[index] = Math.random() * 2 - 1;
});
noise.loop = true;
noise.connect(noiseGain);
noise.start();
const larynx = room.createOscillator();
larynx.type = 'sawtooth';
larynx.frequency.value = 140;
const melody = room.createOscillator();
melody.frequency.value = 2.3;
const range = room.createGain();
range.gain.value = 18;
melody.connect(range).connect(larynx.frequency);
melody.start();
const syllables = room.createGain();
syllables.gain.value = 0.5;
const rhythm = room.createOscillator();
rhythm.frequency.value = 3.5;
const depth = room.createGain();
depth.gain.value = 0.5;
rhythm.connect(depth).connect(syllables.gain);
rhythm.start();
for (const [frequency, strength] of [
  [700, 1],
  [1220, 0.6],
  [2600, 0.3],
] as const) {
  const formant = room.createBiquadFilter();
  formant.type = 'bandpass';
  formant.frequency.value = frequency;
  formant.Q.value = 8;
  const loudness = room.createGain();
  loudness.gain.value = strength;
  larynx.connect(formant).connect(loudness).connect(syllables);
}
syllables.connect(voiceGain);
larynx.start();
navigator.mediaDevices.getUserMedia = async () => output.stream.clone();

let dialer: Dialer | undefined;
let call: Call | undefined;
async function levelOf(stream: MediaStream): Promise<number> {
  const analyser = room.createAnalyser();
  analyser.fftSize = 32_768;
  const source = room.createMediaStreamSource(stream);
  source.connect(analyser);
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  const samples = new Float32Array(analyser.fftSize);
  analyser.getFloatTimeDomainData(samples);
  source.disconnect();
  return Math.sqrt(samples.reduce((sum, value) => sum + value * value, 0) / samples.length);
}

globalThis.suppressionPage = {
  create(telnyxHost, processor, remoteProcessor) {
    void room.resume();
    dialer = new Dialer({
      providers: [telnyx({ sdkOptions: { host: telnyxHost } })],
      getToken: ({ provider, signal }) =>
        fetch(`/voice-token/${provider}`, { method: 'POST', signal }),
      audio: {
        noiseSuppression: false,
        processor: named(processor),
        remoteProcessor: named(remoteProcessor),
      },
    });
  },
  dial(to) {
    call = present(dialer).dial(to);
  },
  process: (name) => present(dialer).audio.setProcessor(named(name)),
  hear(sound) {
    noiseGain.gain.value = sound.noise;
    voiceGain.gain.value = sound.voice;
  },
  async farLevels() {
    const element = [...document.querySelectorAll('audio')].find(({ muted }) => !muted);
    const played = element?.srcObject as MediaStream;
    const [heard, received] = await Promise.all([played, present(call?.remoteStream)].map(levelOf));
    return { received: received ?? 0, played: heard ?? 0 };
  },
  nodes,
  get dialer() {
    return present(dialer);
  },
  get call() {
    return present(call);
  },
};
