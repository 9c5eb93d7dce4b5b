import { createDisposer } from '../../core/disposer.js';
import type { Clock, MediaEnvironment } from '../../core/environment.js';
import { DialerError } from '../../errors/dialer-error.js';
import { createRingback } from '../../media/ringback.js';
import { type MediaStep, watchMedia } from '../../quality/media-watch.js';

/** What a {@link CallSound} needs. */
export interface CallSoundOptions {
  readonly media: MediaEnvironment;
  readonly clock: Clock;
  /** Whether the caller hears a tone of ours while it rings. */
  readonly ringback: boolean;
  /** Told of each step until sound flows. */
  readonly onStep: (step: MediaStep) => void;
  /** Told when the browser refuses to play. */
  readonly onBlocked: (error: DialerError) => void;
}

/** What the caller hears of one call, and whether sound flows. */
export class CallSound {
  readonly #options: CallSoundOptions;
  readonly #ringback;
  readonly #disposer = createDisposer();
  #stopWatch: () => void = () => undefined;
  #stopPlaying: () => void = () => undefined;
  #remote: MediaStream | undefined;

  constructor(options: CallSoundOptions) {
    this.#options = options;
    this.#ringback = createRingback(options.media, options.ringback);
    this.#disposer.add(() => this.#ringback.stop());
    this.#disposer.add(() => this.#stopWatch());
    this.#disposer.add(() => this.#stopPlaying());
  }

  /** What the far side sends; `undefined` until it does. */
  get remoteStream(): MediaStream | undefined {
    return this.#remote;
  }

  /** The phone rings: a tone of ours, unless the far side sends its own. */
  ring(earlyMedia: boolean): void {
    if (this.#disposer.disposed) return;
    if (earlyMedia) this.#ringback.stop();
    else this.#ringback.start();
  }

  /** The phone does not ring any more. */
  stopRinging(): void {
    this.#ringback.stop();
  }

  /** Watches a connection until packets arrive; it takes the place of an earlier one. */
  watch(connection: RTCPeerConnection): void {
    if (this.#disposer.disposed) return;
    this.#stopWatch();
    this.#stopWatch = watchMedia(connection, this.#options.clock, this.#options.onStep);
  }

  /** Plays the far side; it takes the place of an earlier stream. */
  play(stream: MediaStream): void {
    if (this.#disposer.disposed || stream === this.#remote) return;
    this.#remote = stream;
    this.#stopPlaying();
    let stopped = false;
    let stop: () => void = () => undefined;
    this.#stopPlaying = () => {
      stopped = true;
      stop();
    };
    this.#options.media.play(stream, undefined).then(
      (stopElement) => {
        if (stopped) stopElement();
        else stop = stopElement;
      },
      (cause: unknown) => {
        if (!stopped) this.#options.onBlocked(new DialerError('media/playback-blocked', { cause }));
      },
    );
  }

  /** Silence. Idempotent. */
  stop(): void {
    this.#disposer.dispose();
  }
}
