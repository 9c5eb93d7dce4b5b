import { loadRnnoise, RnnoiseWorkletNode } from '@sapphi-red/web-noise-suppressor';
import type { AudioProcessor } from 'everdial';

/** Where the files of the noise suppressor are, on your own server. */
export interface NoiseSuppressionFiles {
  /** `rnnoise/workletProcessor.js`. */
  readonly worklet: string;
  /** `rnnoise.wasm`, for browsers without SIMD. */
  readonly wasm: string;
  /** `rnnoise_simd.wasm`. */
  readonly simdWasm: string;
}

/**
 * A processor that leaves speech and takes noise away (RNNoise in an AudioWorklet). The same one serves both directions: `processor` and `remoteProcessor`.
 * Whatever fails in it throws, so that the Dialer goes on with the sound as it is.
 */
export function removeNoise(files: NoiseSuppressionFiles): AudioProcessor {
  let loading: Promise<ArrayBuffer> | undefined;
  const load = (): Promise<ArrayBuffer> => {
    loading ??= loadCode(files).catch((error: unknown) => {
      loading = undefined;
      throw error;
    });
    return loading;
  };
  return async (track, { audioContext, signal }) => {
    // A module that was added to this context already is not fetched again.
    const [wasmBinary] = await Promise.all([
      load(),
      audioContext.audioWorklet.addModule(files.worklet),
    ]);
    signal.throwIfAborted();
    const source = audioContext.createMediaStreamSource(new MediaStream([track]));
    const suppressor = new RnnoiseWorkletNode(audioContext, { maxChannels: 1, wasmBinary });
    const target = audioContext.createMediaStreamDestination();
    source.connect(suppressor).connect(target);
    const [cleaned] = target.stream.getAudioTracks();
    if (!cleaned) throw new Error('no track came out');
    signal.addEventListener(
      'abort',
      () => {
        source.disconnect();
        suppressor.disconnect();
        // Frees the memory in the worklet.
        suppressor.destroy();
        cleaned.stop();
      },
      { once: true },
    );
    return cleaned;
  };
}

/** In the worklet a missing file or a policy against WebAssembly would be silence, so it is compiled here once. */
async function loadCode({ wasm, simdWasm }: NoiseSuppressionFiles): Promise<ArrayBuffer> {
  const code = await loadRnnoise({ url: wasm, simdUrl: simdWasm });
  await WebAssembly.compile(code);
  return code;
}
