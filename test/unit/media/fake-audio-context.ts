import { vi } from 'vitest';

/** What a test sees of the contexts that were made. */
export interface FakeAudio {
  /** Every context, oldest first. */
  readonly contexts: readonly FakeAudioContext[];
  /** The newest context. */
  readonly newest: FakeAudioContext;
}

/** As much of an AudioContext as its life needs. What is heard is tested in a browser. */
export class FakeAudioContext extends EventTarget {
  state = 'suspended';
  sinkId = '';
  currentTime = 10;
  readonly destination = {};
  readonly openNodes = new Set<object>();
  allowed = true;
  /** Speakers that are there; others are refused. */
  readonly sinks = ['', 'headset'];

  resume(): Promise<void> {
    // As Chromium: without a gesture there is no answer at all.
    if (!this.allowed) return new Promise(() => undefined);
    if (this.state === 'closed') return Promise.reject(new DOMException('', 'InvalidStateError'));
    this.state = 'running';
    return Promise.resolve();
  }
  async suspend(): Promise<void> {
    this.state = 'suspended';
  }
  async close(): Promise<void> {
    this.state = 'closed';
  }
  async setSinkId(id: string): Promise<void> {
    if (!this.sinks.includes(id)) throw new DOMException('', 'NotFoundError');
    this.sinkId = id;
  }
  createGain() {
    const gain = { value: 1, setTargetAtTime() {}, cancelScheduledValues() {} };
    return Object.assign(this.#node(), { gain });
  }
  createOscillator() {
    return Object.assign(this.#node(), { frequency: { value: 0 }, start() {}, stop() {} });
  }
  createAnalyser() {
    return Object.assign(this.#node(), {
      fftSize: 0,
      context: this,
      getFloatTimeDomainData: (samples: Float32Array) => samples.fill(0.5),
    });
  }
  createMediaStreamSource() {
    return this.#node();
  }
  #node() {
    const node = {
      connect: () => void this.openNodes.add(node),
      disconnect: () => void this.openNodes.delete(node),
    };
    return node;
  }
}

/** Puts fake contexts in the place of the browser's, until `vi.unstubAllGlobals`. */
export function stubAudio(options: { readonly allowed?: boolean } = {}): FakeAudio {
  const contexts: FakeAudioContext[] = [];
  vi.stubGlobal(
    'AudioContext',
    class extends FakeAudioContext {
      constructor() {
        super();
        this.allowed = options.allowed ?? true;
        contexts.push(this);
      }
    },
  );
  vi.stubGlobal('MediaStream', class {});
  return {
    contexts,
    get newest() {
      const newest = contexts.at(-1);
      if (!newest) throw new Error('no context was made');
      return newest;
    },
  };
}
