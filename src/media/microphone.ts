import type { Clock, MediaEnvironment } from '../core/environment.js';
import { bounded } from '../core/wait.js';
import { DialerError } from '../errors/dialer-error.js';
import { fromDomException } from '../errors/from-dom-exception.js';

/** What one call did with the microphone, counted on the tracks themselves. */
export interface MicrophoneReceipt {
  /** True when no track is live any more. */
  readonly released: boolean;
  /** Tracks opened for the call; the copies that legs were given are not counted again. */
  readonly tracks: number;
  /** Tracks still live, copies included; 0 when released. */
  readonly liveTracks: number;
}

/** What a {@link CallMicrophone} needs. */
export interface MicrophoneOptions {
  readonly media: MediaEnvironment;
  readonly clock: Clock;
  /** Wishes for echo cancellation and the like. */
  readonly constraints: MediaTrackConstraints;
  /** Longest wait for the browser's question, milliseconds. */
  readonly permissionMs: number;
  /** `'none'` opens nothing; a stream of the application's is used and never stopped. */
  readonly input: 'microphone' | 'none' | MediaStream;
}

/**
 * The one owner of a call's microphone. It asks once; each leg gets copies of the tracks, so that a vendor that stops
 * what it was given neither ends the call's sound nor makes the browser ask again. Whatever happens, {@link release}
 * stops everything, a stream that arrives later included.
 */
export class CallMicrophone {
  readonly #options: MicrophoneOptions;
  readonly #gone = new AbortController();
  readonly #copies: MediaStream[] = [];
  #opened: MediaStream | undefined;
  #opening: Promise<MediaStream | undefined> | undefined;
  #muted = false;

  constructor(options: MicrophoneOptions) {
    this.#options = options;
  }

  /**
   * Opens the microphone, once; later calls share the answer. Resolves with `undefined` when nothing is to be sent.
   * @throws DialerError `media/…`; `state/aborted` after {@link release}.
   */
  open(): Promise<MediaStream | undefined> {
    this.#opening ??= this.#open();
    return this.#opening;
  }

  /** Copies of the tracks for one leg, to be stopped by it at will; `undefined` when nothing is to be sent. */
  copy(): MediaStream | undefined {
    const source = this.#source;
    if (!source || this.#gone.signal.aborted) return undefined;
    const copy = source.clone();
    this.#copies.push(copy);
    setEnabled(copy, !this.#muted);
    return copy;
  }

  /** Silences or restores the legs' copies, now and in future. */
  setMuted(muted: boolean): void {
    this.#muted = muted;
    for (const copy of this.#copies) setEnabled(copy, !muted);
  }

  /** Stops every track, those of a stream that is still to come too, and counts. Idempotent. */
  release(): MicrophoneReceipt {
    this.#gone.abort();
    const opened = this.#opened ? [this.#opened] : [];
    const tracks = [...opened, ...this.#copies].flatMap((stream) => stream.getTracks());
    for (const track of tracks) track.stop();
    const liveTracks = tracks.filter((track) => track.readyState === 'live').length;
    return {
      released: liveTracks === 0,
      tracks: opened.reduce((count, stream) => count + stream.getTracks().length, 0),
      liveTracks,
    };
  }

  get #source(): MediaStream | undefined {
    const { input } = this.#options;
    return typeof input === 'string' ? this.#opened : input;
  }

  async #open(): Promise<MediaStream | undefined> {
    const { media, clock, constraints, permissionMs, input } = this.#options;
    if (input !== 'microphone') return this.#source;
    const onTimeout = () => new DialerError('media/permission-dismissed');
    return bounded(
      { clock, timeoutMs: permissionMs, signal: this.#gone.signal, onTimeout },
      async (signal) => {
        try {
          const stream = await media.getUserMedia({ audio: constraints, video: false });
          // The question was answered after nobody waited for it any more: a live microphone without a call.
          if (signal.aborted) for (const track of stream.getTracks()) track.stop();
          else this.#opened = stream;
          return stream;
        } catch (thrown) {
          throw fromDomException(thrown, {
            permission: await media.microphonePermission(() => undefined),
            secureContext: true,
            allowedByPolicy: true,
          });
        }
      },
    );
  }
}

function setEnabled(stream: MediaStream, enabled: boolean): void {
  for (const track of stream.getAudioTracks()) track.enabled = enabled;
}
