import type { DialerError } from '../errors/dialer-error.js';
import { type ProcessingOptions, processTrack, withTrack } from './process-track.js';

/** One opened microphone, and what is sent of it. */
export class Capture {
  /** As the browser gave it. */
  readonly raw: MediaStream;
  #sent: MediaStream;
  readonly #gone = new AbortController();

  constructor(raw: MediaStream) {
    this.raw = raw;
    this.#sent = raw;
  }

  /** Aborts when it is stopped. */
  get gone(): AbortSignal {
    return this.#gone.signal;
  }

  /** What is sent: the microphone itself, or what a processor makes of it. */
  get sent(): MediaStream {
    return this.#sent;
  }

  /** The microphone's track. */
  get track(): MediaStreamTrack | undefined {
    return this.raw.getAudioTracks()[0];
  }

  /** Sends what the processor makes of it. When that fails, the microphone itself is sent, and the error comes back. */
  async process(options: Omit<ProcessingOptions, 'signal'>): Promise<DialerError | undefined> {
    const { track } = this;
    if (!track) return undefined;
    const processing = processTrack(track, { ...options, signal: this.#gone.signal });
    return processing.then(
      (processed) => {
        if (processed !== track) this.#sent = withTrack(this.raw, processed);
        if (this.#gone.signal.aborted) this.stop();
        return undefined;
      },
      (error: DialerError) => error,
    );
  }

  /** Ends every track and frees the processor. Idempotent. */
  stop(): void {
    this.#gone.abort();
    for (const track of this.tracks) track.stop();
  }

  /** Every track there is. */
  get tracks(): readonly MediaStreamTrack[] {
    const raw = this.raw.getTracks();
    return this.#sent === this.raw ? raw : [...raw, ...this.#sent.getTracks()];
  }
}
